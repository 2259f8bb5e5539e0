import { expect, test } from 'vitest'
import { RendererLog } from './renderer-log'

/** As Next writes it (shortened). */
const nextError = (
  code: string,
  message: string,
) => `⨯ Error: Failed query: update "drafts" set "headline" = $1 where "story_id" = $2
params: Minister resigns
tomorrow,7
    at be.queryWithCache (.next/server/chunks/ssr/_1mavxb51ce6sa._.js:21:26972)
    at async g (.next/server/chunks/_0mif5-81h59h3._.js:1:15177) {
  query: 'update "drafts" set "headline" = $1 where "story_id" = $2',
  params: [
    'Minister resigns\\ntomorrow',
    7
  ],
  [cause]: j: ${message}
      at Socket.aS (.next/server/chunks/ssr/_1mavxb51ce6sa._.js:4:3221) {
    severity: 'ERROR',
    code: '${code}',
  }
}
`

const warnings = (lines: { line: string; isWarning: boolean }[]) =>
  lines.filter(({ isWarning }) => isWarning).map(({ line }) => line)

test('an unavailable database is logged in one sentence, and again only after half a minute', () => {
  const log = new RendererLog()
  const full = nextError('53100', 'could not extend file "base/5/16740": No space left on device')
  const sentence =
    'The database is unavailable (could not extend file "base/5/16740": No space left on device). Pages and forms return 503 until it recovers.'
  expect(warnings(log.write(full + full, 0))).toEqual([sentence])
  expect(warnings(log.write(full, 29_000))).toEqual([])
  expect(warnings(log.write(full, 31_000))).toEqual([sentence])
})

test('any other failure is one entry with its stack, and without query parameters', () => {
  const [entry = '', ...others] = warnings(
    new RendererLog().write(nextError('42703', 'column "headline" does not exist')),
  )
  expect(others).toEqual([])
  expect(entry).toContain('_0mif5-81h59h3._.js:1:15177')
  expect(entry).toContain('column "headline" does not exist')
  expect(entry).toContain('"headline" = $1')
  expect(entry).not.toMatch(/resigns|tomorrow/u)
})

test('the reason of a failure that is written without its query is logged as well', () => {
  const bare = "⨯ j: could not write: No space left on device\n    at x.js:1:2 {\n  code: '53100'\n}\n"
  expect(warnings(new RendererLog().write(bare, 0))).toEqual([
    'The database is unavailable (could not write: No space left on device). Pages and forms return 503 until it recovers.',
  ])
})

test('a failure that arrives in several chunks is one entry', () => {
  const log = new RendererLog()
  const complete = nextError('53100', 'No space left on device')
  const pieces = [complete.slice(0, 120), complete.slice(120, 300), complete.slice(300)]
  expect(pieces.map((piece) => warnings(log.write(piece, 0)).length)).toEqual([0, 0, 1])
  expect(warnings(log.write('Next line\n', 0))).toEqual(['Next line'])
})

test('any other output is logged line by line', () => {
  expect(warnings(new RendererLog().write('(node:1) Warning: one\n\n  two\n'))).toEqual([
    '(node:1) Warning: one',
    '  two',
  ])
})

test('a client that has closed its connection is no lost database, whose connection may end with the same code', () => {
  const gone =
    "⨯ Error: aborted\n    at abortIncoming (node:_http_server:838:17)\n    at socketOnClose (node:_http_server:832:3)\n    at Socket.emit (node:events:531:35) {\n  code: 'ECONNRESET'\n}\n"
  expect(warnings(new RendererLog().write(gone, 0))).toEqual([])
  const lost =
    "⨯ Error: read ECONNRESET\n    at TCP.onStreamRead (node:internal/stream_base_commons:216:20) {\n  code: 'ECONNRESET'\n}\n"
  expect(warnings(new RendererLog().write(lost, 0))).toEqual([
    'The database is unavailable (read ECONNRESET). Pages and forms return 503 until it recovers.',
  ])
})
