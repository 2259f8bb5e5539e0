// `npm run bench`: installs, builds and runs run.ts.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, writeLine, assertSupportedNode } from '../scripts/prepare.mjs'

try {
  assertSupportedNode()
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await installIfNeeded()
  await buildIfNeeded({ portal: true })
} catch (error) {
  writeLine(error.message)
  process.exit(1)
}

const { register } = await import('tsx/esm/api')
register()
await import('./run.ts')
