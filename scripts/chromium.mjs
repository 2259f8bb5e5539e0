// Finds a Chromium for the browser tests, or installs one.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const SYSTEM_PATHS = [
  // The headless shell draws no browser window: the tests take a third of the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * @returns the path of a Chromium that starts
 * @throws Error when there is none and none can be installed
 */
export async function findOrInstallBrowser(writeLine) {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (starts(given)) return given
    throw new Error(`CHROMIUM_PATH is ${given}, and that does not start. Correct it, or leave it unset.`)
  }
  const found = await findWorking()
  if (found) return found
  writeLine('There is no browser for the tests yet; installing one.')
  install(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
  const downloaded = await findWorking()
  if (downloaded) return downloaded
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    install('apt-get', ['update', '-qq'])
    const packages = ['install', '-y', '-qq', '--no-install-recommends', 'fonts-liberation']
    install('apt-get', [...packages, 'chromium-headless-shell'])
    if (!(await findWorking())) install('apt-get', [...packages, 'chromium'])
    const installed = await findWorking()
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need Chromium and it could not be installed: install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run npm test again.',
  )
}

async function findWorking() {
  const { chromium } = await import('@playwright/test')
  const own = chromium.executablePath()
  return [...shellsBeside(own), own, ...SYSTEM_PATHS].find((path) => path && existsSync(path) && starts(path))
}

/** Playwright's headless shell, installed beside its Chromium under a path that its API does not give. */
function shellsBeside(own) {
  const home = path.resolve(own, '../../..')
  const build = /chromium-(\d+)/u.exec(own)?.[1]
  const folder = path.join(home, `chromium_headless_shell-${build}`)
  if (!existsSync(folder)) return []
  const names = ['chrome-headless-shell', 'headless_shell', 'chrome-headless-shell.exe', 'headless_shell.exe']
  return readdirSync(folder).flatMap((inside) => names.map((name) => path.join(folder, inside, name)))
}

function starts(path) {
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

function install(program, options) {
  try {
    execFileSync(program, options, {
      stdio: ['ignore', 'ignore', 'ignore'],
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch {
    // The next way is tried; the last one reports what to do.
  }
}
