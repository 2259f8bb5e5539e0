// `npm run build`: builds the portal and the server, whether or not their sources have changed.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, writeLine } from './prepare.mjs'
import { rmSync } from 'node:fs'

try {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await installIfNeeded()
  rmSync('dist', { recursive: true, force: true })
  await buildIfNeeded({ portal: true })
} catch (error) {
  writeLine(error.message)
  process.exit(1)
}
