// What `npm start` and `npm run dev` run on a machine with only Node and npm: install, build, and hand over to the server.
// It may import nothing that is not part of Node: packages may not be there yet.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { buildIfNeeded, installIfNeeded, say, supportedNode } from './prepare.mjs'

const dev = process.argv.includes('--dev')

try {
  supportedNode()
  process.chdir(new URL('..', import.meta.url).pathname)
  await installIfNeeded()
  await buildIfNeeded({ portal: !dev })
} catch (error) {
  say(error.message)
  process.exit(1)
}

const server = spawn(process.execPath, ['--enable-source-maps', 'dist/main.mjs', ...(dev ? ['--dev'] : [])], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
