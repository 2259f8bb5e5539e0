import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'

/** Linux counts processor time in hundredths of a second, wherever Node runs. */
const TICKS_IN_A_SECOND = 100

/** The processor time of a process so far, in seconds; null outside Linux. */
export function cpuSeconds(pid: number): number | null {
  const fields = statOf(pid)
  return fields === null ? null : (Number(fields[11]) + Number(fields[12])) / TICKS_IN_A_SECOND
}

export function postmasterOf(dataDir: string): number {
  return Number.parseInt(readFileSync(`${dataDir}/postgres/cluster/postmaster.pid`, 'utf8'), 10)
}

/** The running child processes of a process whose command line matches. */
export function childrenOf(pid: number, command = /(?:)/u): number[] {
  return everyProcess().flatMap((one) => (one.parent === pid && command.test(one.command) ? [one.pid] : []))
}

type Process = { pid: number; parent: number; command: string }

/** From /proc, since a slim container has no `ps`; from `ps` where there is no /proc. */
function everyProcess(): Process[] {
  if (statOf(process.pid) === null) {
    const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    return Array.from(listed.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gmu), ([, pid, parent, command = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      command,
    }))
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name))
  return pids.flatMap((name) => {
    const fields = statOf(Number(name))
    return fields === null ? [] : [{ pid: Number(name), parent: Number(fields[1]), command: commandOf(name) }]
  })
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
