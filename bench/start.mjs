// What `npm run bench` runs on a machine with only Node and npm: installs, builds, and hands over to run.ts.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded, installIfNeeded, say, supportedNode } from '../scripts/prepare.mjs'

try {
  supportedNode()
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await installIfNeeded()
  await buildIfNeeded({ portal: true })
} catch (error) {
  say(error.message)
  process.exit(1)
}

const { register } = await import('tsx/esm/api')
register()
await import('./run.ts')
