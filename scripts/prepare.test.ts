import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

test.skipIf(process.platform === 'win32')('the build tools are installed also with NODE_ENV=production', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'install-'))
  writeFileSync(path.join(folder, 'package-lock.json'), '{}')
  mkdirSync(path.join(folder, 'node_modules'))
  writeFileSync(path.join(folder, 'npm'), '#!/bin/sh\necho "$@" > arguments\n')
  chmodSync(path.join(folder, 'npm'), 0o755)
  const install = `import { installIfNeeded } from '${pathToFileURL('scripts/prepare.mjs').href}'; await installIfNeeded()`
  execFileSync(process.execPath, ['--input-type=module', '--eval', install], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` },
  })
  expect(readFileSync(path.join(folder, 'arguments'), 'utf8')).toContain('ci --include=dev')
})
