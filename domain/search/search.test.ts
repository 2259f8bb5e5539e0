import { expect, test } from 'vitest'
import { hitsIn, parseSearch, wordsAsked } from './search'

const readers = { prefixes: false }

test('the words that were asked are told without excluded ones', () => {
  expect(wordsAsked('kite “the singing ferry” -club or kite')).toEqual(['kite', 'the singing ferry'])
  expect(wordsAsked('?!')).toEqual([])
})

test('there is nothing to look for where there is no word', () => {
  for (const typed of ['', '   ', '?!', '“”', '-', '---', "'''"]) expect(parseSearch(typed, readers).loose).toBeNull()
})

test('stop words are left out where there are others, and alone they are a name', () => {
  expect(parseSearch('the ferry', readers)).toEqual(parseSearch('ferry', readers))
  expect(parseSearch('The Who', readers)).toEqual({ strict: "'the who'", loose: "('the' & 'who')" })
  expect(parseSearch('WHO', readers)).toEqual({ strict: "'WHO'", loose: "'who'" })
  expect(parseSearch('to be or not to be', readers).strict).toBe(
    "(('to be') <1> ('be or') <1> ('or not') <1> ('not to') <1> ('to be'))",
  )
})

test('hits are marked where they are seen', () => {
  const marked = (text: string, typed: string) => hitsIn(text, typed).map(([start, end]) => text.slice(start, end))
  for (const [text, typed, hits] of [
    ['The kite club’s ferries, and a ferry', 'FERRY', ['ferries', 'ferry']],
    ['今日は東京の公園', '東京 公園', ['東京', '公園']],
    ['Müller–Maier isn’t “here”', "muller-maier isn't", ['Müller–Maier', 'isn’t']],
    ['Overley’s bell', 'overley', ['Overley']],
    ['The Who played', 'the who', ['The', 'Who']],
    ['Cafe\u0301 AT&T', 'café "at&t"', ['Cafe\u0301', 'AT&T']],
    ['The ferry of the club', 'the ferry', ['ferry']],
    ['F-16 and F16', 'f16', ['F-16', 'F16']],
    ['A ferry', 'kite -ferry', []],
  ] as const)
    expect(marked(text, typed), typed).toEqual(hits)
})
