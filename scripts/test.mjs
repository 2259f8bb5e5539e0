// `npm test`: installs packages and a browser, then runs the linters and all tests, with folders, ports and databases of its own.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, writeLine, assertSupportedNode } from './prepare.mjs'

/** Settings of the caller's own server, removed from the environment of the tests. */
const SERVER_SETTINGS =
  /^(?:DATABASE_URL|DATA_DIR|PORT|HOST|SITE_URL|SITE_NAME|SITE_LANGUAGE|NEWSROOM_TIME_ZONE|TRUST_PROXY|ADMIN_EMAIL|ADMIN_PASSWORD|SESSION_SECRET|NEXTAUTH_.*|METRICS_TOKEN|PAGE_MEMORY_MB|RENDERER_MEMORY_MB|LOG_LEVEL|NODE_ENV)$/u

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SERVER_SETTINGS.test(name)))
const reports = '.test/reports'
const local = (program) => `node_modules/.bin/${program}${process.platform === 'win32' ? '.cmd' : ''}`

try {
  assertSupportedNode()
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  await installIfNeeded()
  const checks = [
    check('Lint', local('eslint'), ['.', '--max-warnings', '0']),
    check('Format', local('prettier'), ['--check', '--log-level', 'warn', '.']),
  ]
  const { findOrInstallBrowser } = await import('./chromium.mjs')
  const browser = await findOrInstallBrowser(writeLine)

  await stage('Types of the pages', local('next'), ['typegen'])
  await buildIfNeeded({ portal: true })
  checks.push(check('Types', local('tsc'), ['--noEmit']))
  await stage('Tests without a database', local('vitest'), vitest('unit'))
  await stage('Tests on Postgres', local('vitest'), vitest('database'))
  await stage('Tests of the editor in a browser', local('vitest'), vitest('editor'), { CHROMIUM_PATH: browser })
  await Promise.all(checks)
  await stage('Browser tests', local('playwright'), ['test', '--reporter=list,json'], {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/browser.json`,
  })
  const { passed, failed, skipped } = countTests()
  writeLine(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
} catch (error) {
  writeLine(error.message)
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

/** Runs one stage and shows its output; the first failure ends the run. */
async function stage(name, program, options, more = {}) {
  writeLine(`\n── ${name}`)
  const startedAt = performance.now()
  const code = await exitCode(start(program, options, ['ignore', 'inherit', 'inherit'], more))
  report(name, code, startedAt)
}

/** Runs a check at low priority in parallel to the stages; its output is shown at its end. */
function check(name, program, options) {
  const checking = runCheck(name, program, options)
  checking.catch(() => undefined)
  return checking
}

async function runCheck(name, program, options) {
  const startedAt = performance.now()
  const child = start(program, options, ['ignore', 'pipe', 'pipe'])
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  process.once('exit', () => child.kill())
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const code = await exitCode(child)
  writeLine(`\n── ${name}\n${output}`.trimEnd())
  report(name, code, startedAt)
}

function start(program, options, stdio, more = {}) {
  const shell = process.platform === 'win32'
  return spawn(program, options, { stdio, shell, env: { ...env, ...more, NEXT_TELEMETRY_DISABLED: '1' } })
}

function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

/** @throws Error when the exit code is not 0 */
function report(name, code, startedAt) {
  writeLine(
    `── ${name}: ${code === 0 ? 'passed' : 'failed'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  )
  if (code !== 0) throw new Error(`The tests stopped at “${name}”.`)
}

/** The number of tests over all runners, from their reports. */
function countTests() {
  const read = (name) => JSON.parse(readFileSync(`${reports}/${name}.json`, 'utf8'))
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const project of ['unit', 'database', 'editor']) {
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
