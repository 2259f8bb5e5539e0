import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { COMPILE_AT_ONCE, compiledAsTheyCome, keepingReady } from './admin-chunks.mjs'

const worker = readFileSync('public/newsroom-worker.js', 'utf8')

function scripts(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'scripts-'))
  writeFileSync(path.join(folder, 'b.js'), "say('b')")
  writeFileSync(path.join(folder, 'a.js'), 'say("$&")')
  writeFileSync(path.join(folder, 'old-browsers.js'), '1')
  writeFileSync(path.join(folder, 'look.css'), 'p{}')
  return folder
}

test('a browser is told to compile a script whole, and nothing else', () => {
  const folder = scripts()
  compiledAsTheyCome(folder)
  expect(readFileSync(path.join(folder, 'b.js'), 'utf8')).toBe(`${COMPILE_AT_ONCE}say('b')`)
  expect(readFileSync(path.join(folder, 'look.css'), 'utf8')).toBe('p{}')
})

test('the worker keeps every script of the build by its bytes, but those for browsers without workers', () => {
  const kept = keepingReady(worker, scripts(), { at: '/_next/', except: ['old-browsers.js'] })
  const [, list = ''] = /^const SCRIPTS = (.*)$/mu.exec(kept) ?? []
  expect(JSON.parse(list)).toEqual([
    // printf 'say("$&")' | openssl dgst -sha256 -binary | base64
    ['/_next/a.js', 'sha256-YxhbzZW6P7sF03LNTvRPbatPYeZZ3ydPiN/SZxpOMVw='],
    ['/_next/b.js', 'sha256-JcoIzwUOSfpsyU4FnBa+YzA+Wl5T1XB8SroG3qpFiV4='],
  ])
})

test('a worker without a place for the scripts ends the build', () => {
  expect(() => keepingReady('const SCRIPTS = [1]\n', scripts(), { at: '/', except: [] })).toThrow('newsroom-worker.js')
})
