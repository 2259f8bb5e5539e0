import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { COMPILE_HINT, addCompileHints, fillScriptList } from './admin-chunks.mjs'

const worker = readFileSync('public/newsroom-worker.js', 'utf8')

function scripts(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'scripts-'))
  writeFileSync(path.join(folder, 'b.js'), "say('b')")
  writeFileSync(path.join(folder, 'a.js'), 'say("$&")')
  writeFileSync(path.join(folder, 'old-browsers.js'), '1')
  writeFileSync(path.join(folder, 'look.css'), 'p{}')
  return folder
}

test('a script gets the compile hint, and nothing else does', () => {
  const folder = scripts()
  addCompileHints(folder)
  expect(readFileSync(path.join(folder, 'b.js'), 'utf8')).toBe(`${COMPILE_HINT}say('b')`)
  expect(readFileSync(path.join(folder, 'look.css'), 'utf8')).toBe('p{}')
})

test('the worker lists every script of the build with its integrity, but not those for browsers without workers', () => {
  const filled = fillScriptList(worker, scripts(), { at: '/_next/', except: ['old-browsers.js'] })
  const [, list = ''] = /^const SCRIPTS = (.*)$/mu.exec(filled) ?? []
  expect(JSON.parse(list)).toEqual([
    // printf 'say("$&")' | openssl dgst -sha256 -binary | base64
    ['/_next/a.js', 'sha256-YxhbzZW6P7sF03LNTvRPbatPYeZZ3ydPiN/SZxpOMVw='],
    ['/_next/b.js', 'sha256-JcoIzwUOSfpsyU4FnBa+YzA+Wl5T1XB8SroG3qpFiV4='],
  ])
})

test('a worker without an empty list fails the build', () => {
  expect(() => fillScriptList('const SCRIPTS = [1]\n', scripts(), { at: '/', except: [] })).toThrow(
    'newsroom-worker.js',
  )
})
