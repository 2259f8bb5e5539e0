// Installs and builds only what has changed, by a hash of the lockfile and of the sources.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { addCompileHints, fillScriptList } from './admin-chunks.mjs'

/** The oldest Node we support, as [major, minor]. */
const OLDEST_NODE = [20, 19]

/** The inputs of the build. */
const SOURCES = [
  'app',
  'components',
  'db',
  'domain',
  'lib',
  'public',
  'reading',
  'scripts',
  'server',
  'instrumentation-client.ts',
  'next.config.ts',
  'package.json',
  'tsconfig.json',
  'package-lock.json',
]

/**
 * The salt of Next's server action ids, 32 bytes in base64. The same for every build, so that a form opened before an upgrade, or on another server,
 * can still be sent (docs/decisions/0007). It protects no secret: our actions close over nothing.
 */
const ACTION_ID_SALT = Buffer.from('broadsheet: names of its actions').toString('base64')

const SCRIPTS = '.next/static/chunks'
const WORKER = 'public/newsroom-worker.js'

const INSTALLED = 'node_modules/.broadsheet-installed'
const BUILT = 'dist/built'
const BUNDLED = 'dist/bundled'

export function writeLine(sentence) {
  process.stdout.write(`${sentence}\n`)
}

/** @throws Error when this Node is too old */
export function assertSupportedNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new Error(
    `Broadsheet needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Node 24 is a good choice.`,
  )
}

/** Runs `npm ci` when the lockfile has changed since. `--include=dev`: with NODE_ENV=production npm leaves out the build tools. */
export async function installIfNeeded() {
  const wanted = hashOf(['package-lock.json'])
  if (readOrNull(INSTALLED) === wanted) return
  await timed('Installed packages', () =>
    run(
      'npm',
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      'Packages could not be installed',
    ),
  )
  writeFileSync(INSTALLED, wanted)
}

/** Builds the portal and bundles the server when their sources have changed since. */
export async function buildIfNeeded({ portal }) {
  const wanted = hashOf(SOURCES)
  mkdirSync('dist', { recursive: true })
  if (readOrNull(BUNDLED) !== wanted) {
    await timed('Bundled the server', bundleServer)
    writeFileSync(BUNDLED, wanted)
  }
  if (!portal || (readOrNull(BUILT) === wanted && existsSync('.next/standalone/server.js'))) return
  rmSync(BUILT, { force: true })
  await timed('Built the portal', buildPortal)
  writeFileSync(BUILT, wanted)
}

async function buildPortal() {
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], 'The portal could not be built', {
    NODE_ENV: 'production',
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? ACTION_ID_SALT,
  })
  addCompileHints(SCRIPTS)
  // The standalone server serves these folders, but Next does not copy them.
  cpSync('.next/static', '.next/standalone/.next/static', { recursive: true })
  cpSync('public', '.next/standalone/public', { recursive: true })
  const { polyfillFiles } = JSON.parse(readFileSync('.next/build-manifest.json', 'utf8'))
  const except = polyfillFiles.map((file) => path.basename(file))
  const worker = fillScriptList(readFileSync(WORKER, 'utf8'), SCRIPTS, { at: '/_next/static/chunks/', except })
  writeFileSync(`.next/standalone/${WORKER}`, worker)
}

async function bundleServer() {
  const { build, stop } = await import('esbuild')
  await build({
    // The decoder of pictures is a process of its own.
    entryPoints: { main: 'server/supervisor/main.ts', decoder: 'server/pictures/decoder/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    splitting: true,
    sourcemap: true,
    logLevel: 'error',
  })
  // Ends esbuild's helper process.
  await stop()
}

/** Runs a program to its end; its output is shown only when it fails. */
function run(program, options, failure, env = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && program === 'npm'
    const child = spawn(program, options, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`${output.trim()}\n${failure} (see above).`)),
    )
  })
}

/** Runs `work` and writes how long it took. */
export async function timed(done, work) {
  const startedAt = performance.now()
  const value = await work()
  writeLine(`${done} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
  return value
}

function hashOf(names) {
  const hash = createHash('sha256')
  const add = (name) => {
    if (!existsSync(name)) return
    const entry = readdirOrNull(name)
    if (entry === null) hash.update(`${name}\0`).update(readFileSync(name))
    else
      for (const inside of entry.sort()) if (!/\.test(?:-support)?\.tsx?$/u.test(inside)) add(path.join(name, inside))
  }
  for (const name of names) add(name)
  return hash.update(process.versions.node).digest('hex')
}

function readdirOrNull(name) {
  try {
    return readdirSync(name)
  } catch {
    return null
  }
}

function readOrNull(name) {
  try {
    return readFileSync(name, 'utf8')
  } catch {
    return null
  }
}
