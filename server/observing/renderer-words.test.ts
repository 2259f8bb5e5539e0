import { expect, test } from 'vitest'
import { RendererWords } from './renderer-words'

/** As Next writes it (shortened). */
const failure = (
  code: string,
  why: string,
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
  [cause]: j: ${why}
      at Socket.aS (.next/server/chunks/ssr/_1mavxb51ce6sa._.js:4:3221) {
    severity: 'ERROR',
    code: '${code}',
  }
}
`

const loud = (said: { line: string; loud: boolean }[]) => said.filter(({ loud }) => loud).map(({ line }) => line)

test('of a database that is away, one sentence is said, and again only after half a minute', () => {
  const words = new RendererWords()
  const full = failure('53100', 'could not extend file "base/5/16740": No space left on device')
  const sentence =
    'The database cannot do what it is asked (could not extend file "base/5/16740": No space left on device). Pages and forms answer 503 until it can.'
  expect(loud(words.hear(full + full, 0))).toEqual([sentence])
  expect(loud(words.hear(full, 29_000))).toEqual([])
  expect(loud(words.hear(full, 31_000))).toEqual([sentence])
})

test('another failure is one entry with its place, and without what somebody wrote', () => {
  const [entry = '', ...others] = loud(new RendererWords().hear(failure('42703', 'column "headline" does not exist')))
  expect(others).toEqual([])
  expect(entry).toContain('_0mif5-81h59h3._.js:1:15177')
  expect(entry).toContain('column "headline" does not exist')
  expect(entry).toContain('"headline" = $1')
  expect(entry).not.toMatch(/resigns|tomorrow/u)
})

test('of a failure that is written without its question, the reason is said as well', () => {
  const bare = "⨯ j: could not write: No space left on device\n    at x.js:1:2 {\n  code: '53100'\n}\n"
  expect(loud(new RendererWords().hear(bare, 0))).toEqual([
    'The database cannot do what it is asked (could not write: No space left on device). Pages and forms answer 503 until it can.',
  ])
})

test('a long failure that comes in pieces is one all the same', () => {
  const words = new RendererWords()
  const whole = failure('53100', 'No space left on device')
  const pieces = [whole.slice(0, 120), whole.slice(120, 300), whole.slice(300)]
  expect(pieces.map((piece) => loud(words.hear(piece, 0)).length)).toEqual([0, 0, 1])
  expect(loud(words.hear('Next line\n', 0))).toEqual(['Next line'])
})

test('what is no failure is said line by line', () => {
  expect(loud(new RendererWords().hear('(node:1) Warning: one\n\n  two\n'))).toEqual(['(node:1) Warning: one', '  two'])
})
