// What `npm start` and `npm run dev` run on a machine with only Node and npm: install, build, and hand over to the server.
// It may import nothing that is not part of Node: packages may not be there yet.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, say, supportedNode } from './prepare.mjs'

try {
  supportedNode()
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await installIfNeeded()
  await buildIfNeeded({ portal: !process.argv.includes('--dev') })
} catch (error) {
  say(error.message)
  process.exit(1)
}

// npm's shell does not pass a signal on: whoever stops npm means the newspaper. When the shell that started us is gone, we end as told to.
if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 500).unref()
}

// In this very process, so that a signal to it reaches the server, and a kill -9 leaves nothing in between alive.
process.setSourceMapsEnabled(true)
await import('../dist/main.mjs')
