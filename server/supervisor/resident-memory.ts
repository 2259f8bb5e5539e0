import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The resident memory of a process in bytes: from /proc, since a slim container has no `ps`, else from `ps`. Null where neither tells it. */
export async function residentMemory(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null)
  const kilobytes = status === null ? await listedByPs(pid) : /^VmRSS:\s*(\d+) kB$/mu.exec(status)?.[1]
  return kilobytes ? Number(kilobytes) * 1024 : null
}

const listedByPs = (pid: number) =>
  promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).then(
    ({ stdout }) => /\d+/u.exec(stdout)?.[0],
    () => undefined,
  )
