// `npm start` and `npm run dev`: installs, builds and starts the server. Imports only Node's own modules: packages may not be installed yet.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, writeLine, assertSupportedNode } from './prepare.mjs'

try {
  assertSupportedNode()
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await installIfNeeded()
  await buildIfNeeded({ portal: !process.argv.includes('--dev') })
} catch (error) {
  writeLine(error.message)
  process.exit(1)
}

// npm's shell does not forward signals: when it has exited, so does the server.
if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 500).unref()
}

// In this process, so that signals reach the server, and a kill -9 leaves no process in between.
process.setSourceMapsEnabled(true)
await import('../dist/main.mjs')
