import { readFileSync } from 'node:fs'

/** Whether a process runs. One that has exited and was not reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a process has exited and was not reaped; in some containers no process does that. False outside Linux. */
export const isZombie = (pid: number): boolean => statOf(pid)?.[0] === 'Z'

/** The start time of a process in clock ticks since boot; null where there is none, and outside Linux. */
export const processStartTime = (pid: number): string | null => statOf(pid)?.[19] ?? null

/** The fields of /proc/<pid>/stat from the third on: the second, the name, may have spaces. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
