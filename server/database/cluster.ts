import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, lchown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { OperatorError } from '../operator-error'
import type { RunAs } from './binaries'
import type { Program } from './program'

/** A data directory of the embedded Postgres, and how its programs run. */
export type Cluster = { folder: string; log: string; binaries: Program; runAs: RunAs; password: string; port: number }

const passwordFileIn = (dataDir: string) => path.join(dataDir, 'postgres-password')

/** The password of the database, readable by this account only; null when there is none yet. */
export async function readPassword(dataDir: string): Promise<string | null> {
  return (await readFile(passwordFileIn(dataDir), 'utf8').catch(() => '')).trim() || null
}

export const newPassword = () => randomBytes(24).toString('base64url')

/** Call it after the database has the password: a server killed before that leaves no file, and the next start sets a new password. */
export async function writePassword(dataDir: string, { password }: Cluster) {
  await writeFile(passwordFileIn(dataDir), `${password}\n`, { mode: 0o600 })
}

/** Sets the password in single-user mode, which does not require the former one. */
async function changePassword({ folder, binaries, runAs, password }: Cluster) {
  const alter = `alter role broadsheet password '${password}'\n`
  const result = await runToExit(binaries.postgres, ['--single', '-D', folder, 'postgres'], runAs, alter)
  if (result.code !== 0)
    throw new OperatorError(
      `Postgres in ${folder} could not be given a password: ${failureReason(result.output, 'first')}`,
    )
}

/**
 * Creates the cluster if there is none: under another name, renamed when it is complete, so a killed first start leaves nothing unfinished in its place.
 * @param hasOurPassword whether an existing cluster has our password; a data directory that was restored without the password file has not
 */
export async function ensureCluster(cluster: Cluster, home: string, hasOurPassword: boolean) {
  const { folder, binaries, runAs, password } = cluster
  await chmod(home, 0o755).catch(rejectForeignOwner(home))
  if ((await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(rejectForeignOwner(folder))) !== undefined) {
    await changeOwner(folder, runAs)
    if (!hasOurPassword) await changePassword(cluster)
    return
  }
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const passwordFile = `${folder}.password`
  await writeFile(passwordFile, password + '\n', { mode: 0o600 })
  await changeOwner(unfinished, runAs)
  if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(passwordFile, runAs.uid, runAs.gid)
  const options = [
    '--pgdata',
    unfinished,
    '--username=broadsheet',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ]
  const locale = [
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--lc-collate=C',
    '--lc-ctype=C',
    '--data-checksums',
    '--no-instructions',
  ]
  const result = await runToExit(binaries.initdb, [...options, ...locale], runAs)
  await rm(passwordFile, { force: true })
  if (result.code !== 0)
    throw new OperatorError(
      `Postgres could not create its data folder ${unfinished}: ${failureReason(result.output, 'first')}`,
    )
  await rename(unfinished, folder)
}

/** A folder that does not exist may be created; one that we may not open belongs to another account and is left alone. */
function rejectForeignOwner(folder: string) {
  return ({ code }: NodeJS.ErrnoException): undefined => {
    if (code === 'ENOENT') return
    throw new OperatorError(
      `${folder} belongs to another account (${code ?? 'unknown'}). Start Broadsheet as that account, or give it DATA_DIR with everything inside (chown -R).`,
    )
  }
}

/** Gives a folder to the account that runs Postgres; in a user namespace that is root, to which other accounts' files are closed there. */
async function changeOwner(folder: string, runAs: RunAs) {
  if (process.getuid?.() !== 0) return
  const { uid = 0, gid = 0 } = runAs
  await chown(folder, uid, gid)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    await lchown(path.join(entry.parentPath, entry.name), uid, gid)
}

function runToExit(
  program: string,
  options: string[],
  runAs: RunAs,
  input = '',
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawnAs(runAs, program, options, ['pipe', 'pipe', 'pipe'])
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stdin?.on('error', () => undefined).end(input)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

export function spawnAs(
  runAs: RunAs,
  program: string,
  options: string[],
  stdio: ('ignore' | 'pipe' | number)[],
): ChildProcess {
  const [first, ...rest] = [...runAs.prefix, program, ...options]
  const { uid, gid } = runAs
  const env = { PATH: process.env.PATH, HOME: '/', TZ: 'UTC', LANG: 'C', LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv
  // Detached: Ctrl-C reaches only the server, which stops its database last.
  return spawn(first ?? program, rest, {
    ...(uid === undefined ? {} : { uid, gid }),
    cwd: '/',
    env,
    stdio,
    detached: true,
  })
}

/**
 * The line of Postgres' output with the reason why it ended; lines about the shutdown follow it (`removing contents of …`, `database system is shut down`).
 * @param which `first` in the output of one run, where later errors are consequences; `last` in a log that continues from start to start
 */
export function failureReason(output: string, which: 'first' | 'last'): string {
  const lines = output.trim().split('\n')
  const failures = lines.filter((line) => /\b(?:FATAL|PANIC|ERROR|error):/u.test(line))
  return failures.at(which === 'first' ? 0 : -1) ?? lines.at(-1) ?? ''
}
