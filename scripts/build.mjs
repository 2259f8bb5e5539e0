// What `npm run build` runs: the portal and the server, whether or not their sources changed.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, say } from './prepare.mjs'
import { rmSync } from 'node:fs'

try {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await installIfNeeded()
  rmSync('dist', { recursive: true, force: true })
  await buildIfNeeded({ portal: true })
} catch (error) {
  say(error.message)
  process.exit(1)
}
