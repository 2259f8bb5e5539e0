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

const loud = (lines: { line: string; loud: boolean }[]) => lines.filter(({ loud }) => loud).map(({ line }) => line)

test('of a database that is away, one sentence is said, and again only after half a minute', () => {
  const log = new RendererLog()
  const full = nextError('53100', 'could not extend file "base/5/16740": No space left on device')
  const sentence =
    'The database cannot do what it is asked (could not extend file "base/5/16740": No space left on device). Pages and forms answer 503 until it can.'
  expect(loud(log.write(full + full, 0))).toEqual([sentence])
  expect(loud(log.write(full, 29_000))).toEqual([])
  expect(loud(log.write(full, 31_000))).toEqual([sentence])
})

test('another failure is one entry with its place, and without what somebody wrote', () => {
  const [entry = '', ...others] = loud(new RendererLog().write(nextError('42703', 'column "headline" does not exist')))
  expect(others).toEqual([])
  expect(entry).toContain('_0mif5-81h59h3._.js:1:15177')
  expect(entry).toContain('column "headline" does not exist')
  expect(entry).toContain('"headline" = $1')
  expect(entry).not.toMatch(/resigns|tomorrow/u)
})

test('of a failure that is written without its question, the reason is said as well', () => {
  const bare = "⨯ j: could not write: No space left on device\n    at x.js:1:2 {\n  code: '53100'\n}\n"
  expect(loud(new RendererLog().write(bare, 0))).toEqual([
    'The database cannot do what it is asked (could not write: No space left on device). Pages and forms answer 503 until it can.',
  ])
})

test('a long failure that comes in pieces is one all the same', () => {
  const log = new RendererLog()
  const complete = nextError('53100', 'No space left on device')
  const pieces = [complete.slice(0, 120), complete.slice(120, 300), complete.slice(300)]
  expect(pieces.map((piece) => loud(log.write(piece, 0)).length)).toEqual([0, 0, 1])
  expect(loud(log.write('Next line\n', 0))).toEqual(['Next line'])
})

test('what is no failure is said line by line', () => {
  expect(loud(new RendererLog().write('(node:1) Warning: one\n\n  two\n'))).toEqual(['(node:1) Warning: one', '  two'])
})
