// What `npm test` runs on a machine with only Node and npm: installs what it needs, a browser too, then everything that can be wrong.
// It uses nothing of the caller's: its own folders, ports and databases.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, say, supportedNode } from './prepare.mjs'

/** What the caller may have set for their own newspaper, and tests must not meet. */
const CALLERS =
  /^(?:DATABASE_URL|DATA_DIR|PORT|HOST|SITE_URL|SITE_NAME|NEWSROOM_TIME_ZONE|TRUST_PROXY|ADMIN_EMAIL|ADMIN_PASSWORD|SESSION_SECRET|NEXTAUTH_.*|METRICS_TOKEN|PAGE_MEMORY_MB|LOG_LEVEL|NODE_ENV)$/u

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CALLERS.test(name)))
const reports = '.test/reports'
const local = (program) => `node_modules/.bin/${program}${process.platform === 'win32' ? '.cmd' : ''}`

try {
  supportedNode()
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  await installIfNeeded()
  const looks = [
    look('Lint', local('eslint'), ['.', '--max-warnings', '0']),
    look('Format', local('prettier'), ['--check', '--log-level', 'warn', '.']),
  ]
  const { findOrInstallBrowser } = await import('./chromium.mjs')
  const browser = await findOrInstallBrowser(say)

  await stage('Types of the pages', local('next'), ['typegen'])
  await buildIfNeeded({ portal: true })
  looks.push(look('Types', local('tsc'), ['--noEmit']))
  await stage('Nouns', local('vitest'), vitest('nouns'))
  await stage('Operations, on Postgres', local('vitest'), vitest('operations'))
  await Promise.all(looks)
  await stage('The whole newspaper, in a browser', local('playwright'), ['test', '--reporter=list,json'], {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/browser.json`,
  })
  const { passed, failed, skipped } = counted()
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
} catch (error) {
  say(error.message)
  process.exit(1)
}

function vitest(project) {
  return [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reports}/${project}.json`,
  ]
}

/** Runs one stage with its output shown; the first that fails ends the run. */
async function stage(name, program, options, more = {}) {
  say(`\n── ${name}`)
  const began = performance.now()
  const code = await ended(begin(program, options, ['ignore', 'inherit', 'inherit'], more))
  conclude(name, code, began)
}

/** The same beside other stages, on what these leave of the processors; its output is shown when it has ended, and whoever waits for it hears how. */
function look(name, program, options) {
  const looking = looked(name, program, options)
  looking.catch(() => undefined)
  return looking
}

async function looked(name, program, options) {
  const began = performance.now()
  const child = begin(program, options, ['ignore', 'pipe', 'pipe'])
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  process.once('exit', () => child.kill())
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const code = await ended(child)
  say(`\n── ${name}\n${said}`.trimEnd())
  conclude(name, code, began)
}

function begin(program, options, stdio, more = {}) {
  const shell = process.platform === 'win32'
  return spawn(program, options, { stdio, shell, env: { ...env, ...more, NEXT_TELEMETRY_DISABLED: '1' } })
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

/** @throws Error when it failed */
function conclude(name, code, began) {
  say(`── ${name}: ${code === 0 ? 'passed' : 'failed'} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  if (code !== 0) throw new Error(`The tests stopped at “${name}”.`)
}

/** How many tests ran, over all runners, from their own reports. */
function counted() {
  const read = (name) => JSON.parse(readFileSync(`${reports}/${name}.json`, 'utf8'))
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const project of ['nouns', 'operations']) {
    const { numPassedTests, numFailedTests, numPendingTests } = read(project)
    total.passed += numPassedTests
    total.failed += numFailedTests
    total.skipped += numPendingTests
  }
  const { expected, unexpected, flaky, skipped } = read('browser').stats
  total.passed += expected
  total.failed += unexpected + flaky
  total.skipped += skipped
  return total
}
