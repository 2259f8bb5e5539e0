import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { OperatorError } from '../operator-error'
import { linkLibraries, type PackagedPostgres } from './binaries'
import { exists, type PostgresFolders } from './folders'

const run = promisify(execFile)

/** The programs of a Postgres, with their version like 18.4. */
export type Program = { postgres: string; initdb: string; version: string }

const suffix = process.platform === 'win32' ? '.exe' : ''
const programIn = (root: string, version: string): Program => ({
  postgres: path.join(root, 'bin', `postgres${suffix}`),
  initdb: path.join(root, 'bin', `initdb${suffix}`),
  version,
})

/** Which package a program was copied from. Written before the folder gets its name. */
const VERSION_FILE = 'package-version'

/**
 * The Postgres beside the data, copied from the package at the first start and whenever the package has another release of the same major. Data
 * of another major go on with the program beside them.
 * @param isRunning whether a Postgres runs on the data: then its program is not replaced
 * @throws OperatorError where the data are of another major than the package, and there is no program beside them; nothing is changed
 */
export async function ensureProgram(
  { major, cluster, program }: PostgresFolders,
  packaged: PackagedPostgres | null,
  isRunning: boolean,
  log: (sentence: string) => void,
): Promise<Program> {
  const copied = await readFile(path.join(program, VERSION_FILE), 'utf8').then(
    (version) => version.trim(),
    () => null,
  )
  const mayCopy = packaged?.major === major
  if (copied === null && !mayCopy)
    throw new OperatorError(
      `The data in ${cluster} are of Postgres ${major}, this Broadsheet brings ${packaged ? `Postgres ${packaged.major}` : 'none for this machine'}, and there is no Postgres ${major} in ${program}. Nothing was changed: start the former Broadsheet, or set DATABASE_URL.`,
    )
  if (mayCopy && copied !== packaged.version && !(isRunning && copied !== null)) await copyProgram(packaged, program)
  else if (packaged && !mayCopy)
    log(`The data are of Postgres ${major} and go on with it; this Broadsheet brings Postgres ${packaged.major} too.`)
  const own = await runnable(program, major)
  if (own) return own
  // A data folder on a file system without execution.
  const other = mayCopy ? await runnable(path.join(packaged.root, 'native'), major) : null
  if (other) return other
  throw new OperatorError(`${program} is no Postgres ${major} that runs here. Remove that folder and start again.`)
}

/** Under another name until it is complete: a start that was killed leaves nothing unfinished in its place. */
async function copyProgram({ root, version }: PackagedPostgres, program: string) {
  const [unfinished, former] = [`${program}.unfinished`, `${program}.former`]
  try {
    await linkLibraries(root)
    await mkdir(path.dirname(program), { recursive: true, mode: 0o755 })
    await rm(unfinished, { recursive: true, force: true })
    await cp(path.join(root, 'native'), unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !/(?:\.a|[/\\](?:include|pkgconfig))$/u.test(source),
    })
    await writeFile(path.join(unfinished, VERSION_FILE), `${version}\n`)
    await rm(former, { recursive: true, force: true })
    if (await exists(program)) await rename(program, former)
    await rename(unfinished, program)
    await rm(former, { recursive: true, force: true })
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined)
    const { code, message } = error as NodeJS.ErrnoException
    throw new OperatorError(`Postgres could not be copied to ${program}: ${code ?? message}.`)
  }
}

/** The program in a folder if it runs and is of the major. */
async function runnable(root: string, major: string): Promise<Program | null> {
  const version = await run(programIn(root, '').postgres, ['--version'], { cwd: '/' }).then(
    ({ stdout }) => /\) (\d+(?:\.\d+)*)/u.exec(stdout)?.[1] ?? '',
    () => '',
  )
  return version.split('.')[0] === major ? programIn(root, version) : null
}
