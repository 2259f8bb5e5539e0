import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { OperatorError } from '../operator-error'

/**
 * Where the embedded database lies. The major is in the path, so that a Broadsheet with a newer Postgres finds the program for the data beside them:
 *
 *     postgres/current        the major in use
 *     postgres/18/cluster     the data
 *     postgres/18/program     the Postgres that reads them
 */
export type PostgresFolders = { home: string; major: string; cluster: string; program: string; log: string }

type FoundFolders = PostgresFolders & { moveFrom: string | null; leftAlone: string | null }

const foldersOf = (home: string, major: string): PostgresFolders => ({
  home,
  major,
  cluster: path.join(home, major, 'cluster'),
  program: path.join(home, major, 'program'),
  log: path.join(home, major, 'postgres.log'),
})

/**
 * The folders of the database in use, or those of a new one. Changes nothing on disk.
 * @param packagedMajor of the Postgres that Broadsheet brings; null where there is none for this machine, and then `noPackage` says so
 * @returns `moveFrom`: the data of a Broadsheet before majors were in the path, to be moved to `cluster`; `leftAlone`: such data beside those in use,
 * made by a former Broadsheet that was started meanwhile
 * @throws OperatorError where something else lies there
 */
export async function findFolders(
  home: string,
  packagedMajor: string | null,
  noPackage: () => Error,
): Promise<FoundFolders> {
  const former = path.join(home, 'cluster')
  const formerMajor = await majorOf(former)
  const major = (await currentMajor(home)) ?? (await onlyMajor(home)) ?? formerMajor ?? packagedMajor
  if (major === null) throw noPackage()
  const folders = foldersOf(home, major)
  const found = await majorOf(folders.cluster)
  if (found !== null && found !== major)
    throw new OperatorError(
      `The data in ${folders.cluster} are of Postgres ${found}, not ${major}. Nothing was changed: move them to where they belong.`,
    )
  return {
    ...folders,
    moveFrom: found === null && formerMajor === major ? former : null,
    leftAlone: found !== null && formerMajor !== null ? former : null,
  }
}

/** Moves the data of a former Broadsheet and names the major in use. Repeated after a kill at any moment, it ends in the same state. */
export async function settleFolders({ home, major, cluster, moveFrom }: FoundFolders) {
  await mkdir(path.dirname(cluster), { recursive: true, mode: 0o755 })
  if (moveFrom !== null) await rename(moveFrom, cluster)
  const file = path.join(home, 'current')
  if ((await readFile(file, 'utf8').catch(() => '')).trim() === major) return
  await writeFile(`${file}.new`, `${major}\n`, { mode: 0o644 })
  await rename(`${file}.new`, file)
}

/** What `current` says; null where there is no such file. */
async function currentMajor(home: string): Promise<string | null> {
  const file = path.join(home, 'current')
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new OperatorError(`${file} cannot be read (${error.code ?? error.message}).`)
  })
  if (content === null) return null
  if (!/^[1-9]\d?$/u.test(content.trim()))
    throw new OperatorError(`${file} should have the major of Postgres in it, like 18, and has something else.`)
  return content.trim()
}

/** The only major with data, after a kill between the move of the data and the writing of `current`. */
async function onlyMajor(home: string): Promise<string | null> {
  const names = await readdir(home).catch(() => [])
  const majors: string[] = []
  for (const name of names)
    if (/^[1-9]\d?$/u.test(name) && (await majorOf(path.join(home, name, 'cluster'))) !== null) majors.push(name)
  if (majors.length > 1)
    throw new OperatorError(
      `There are databases of Postgres ${majors.join(' and ')} in ${home}. Write the major of the one in use into ${path.join(home, 'current')}.`,
    )
  return majors[0] ?? null
}

/**
 * The major of the data in a folder; null where there is no folder, or an empty one.
 * @throws OperatorError where it is no data folder of Postgres, or belongs to another account
 */
async function majorOf(cluster: string): Promise<string | null> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(
    async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw foreign(cluster, error.code)
      const names = await readdir(cluster).catch((reason: NodeJS.ErrnoException) => {
        if (reason.code === 'ENOENT') return []
        throw foreign(cluster, reason.code)
      })
      if (names.length > 0)
        throw new OperatorError(`${cluster} is no data folder of Postgres. Nothing was changed: move it away.`)
      return null
    },
  )
  if (version === null) return null
  if (!/^[1-9]\d?$/u.test(version.trim()))
    throw new OperatorError(`${cluster} is no data folder of Postgres 10 or newer. Nothing was changed: move it away.`)
  return version.trim()
}

const foreign = (folder: string, code = 'unknown') =>
  new OperatorError(
    `${folder} belongs to another account (${code}). Start Broadsheet as that account, or give it DATA_DIR with everything inside (chown -R).`,
  )

/** Whether there is a file or a folder. */
export const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )
