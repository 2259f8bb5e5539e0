import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hitsIn } from './find-text'

const loose = { matchCase: false, exact: false }
const found = (text: string, query: string, options = loose) =>
  hitsIn(text, query, options).map(({ from, to }) => text.slice(from, to))

test('a query finds what looks the same: quotes, apostrophes, dashes, spaces, composed and decomposed letters', () => {
  const cases: [text: string, query: string][] = [
    ['He isn’t “here”, Müller–Maier said', "isn't"],
    ["He isn't here", 'isn’t'],
    ['the kites´ club', "kites'"],
    ['the kites` club', 'kites’'],
    ['He isn’t “here”, Müller–Maier said', '"here"'],
    ['„hier“ sagte er', '"hier"'],
    ['»her« sagde han', '“her”'],
    ['« ici » dit-il', '" ici "'],
    ['‹ici›', "'ici'"],
    ['Müller–Maier', 'Müller-Maier'],
    ['Müller‑Maier', 'Müller—Maier'],
    ['minus −5', '-5'],
    ['Müller-Maier', 'Müller–Maier'],
    ['12\u00a0km', '12 km'],
    ['12\u202fkm', '12\u00a0km'],
    ['12\u2009km', '12 km'],
    ['12 km', '12\u3000km'],
    ['caf\u0065\u0301', 'caf\u00e9'],
    ['caf\u00e9', 'caf\u0065\u0301'],
    ['Vi\u00ea\u0323t', 'Vi\u1ec7t'],
    ['\u1100\u1161', '\uac00'],
    ['\u0438\u0306', '\u0439'],
    ['fer\u00adry', 'ferry'],
    ['fer\u200bry', 'ferry'],
    ['ferry', 'fer\u00adry'],
    ['of\ufb01ce', 'office'],
    ['ＫＩＴＥ', 'kite'],
    ['and so on…', 'on...'],
    ['and so on...', 'on…'],
    ['ΟΔΟΣ', 'οδος'],
    ['FERRY', 'ferry'],
    ['❤\ufe0f', '❤'],
  ]
  for (const [text, query] of cases) expect([text, query, found(text, query).length]).toEqual([text, query, 1])
})

test('what looks different is not found, and a hit never cuts a character', () => {
  const cases: [text: string, query: string][] = [
    ['café', 'cafe'],
    ['cafe\u0301', 'cafe'],
    ['cafe\u0301', '\u0301'],
    ['10⁶', '106'],
    ['½', '12'],
    ['on…', '.'],
    ['👩‍👩‍👧', '👩'],
    ['👍🏽', '👍'],
    ['🇩🇰', '🇩'],
    ['Straße', 'Strasse'],
    ['kite', '\u200b'],
    ['kite', ''],
    ['İ', 'i'],
  ]
  for (const [text, query] of cases) expect([text, query, found(text, query)]).toEqual([text, query, []])
})

test('the exact mode tells signs apart, and case is told apart only when it is asked for', () => {
  const exact = { matchCase: false, exact: true }
  expect(found('"a" “a” "A"', '"a"', exact)).toEqual(['"a"', '"A"'])
  expect(found('"a" “a” "A"', '"a"', { matchCase: true, exact: true })).toEqual(['"a"'])
  expect(found('"a" “a” "A"', '"a"', { matchCase: true, exact: false })).toEqual(['"a"', '“a”'])
  expect(found('cafe\u0301 caf\u00e9', 'caf\u00e9', exact)).toEqual(['caf\u00e9'])
})

test('hits do not overlap, and each of them is the query again', () => {
  expect(found('aaaaa', 'aa')).toEqual(['aa', 'aa'])
  const signs = fc.string({
    unit: fc.constantFrom('a', 'é', 'e\u0301', '’', "'", '–', '-', ' ', '\u00a0', '\u00ad', '…'),
  })
  fc.assert(
    fc.property(signs, signs, (text, query) => {
      let end = 0
      for (const { from, to } of hitsIn(text, query, loose)) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(found(text.slice(from, to), query)).toEqual([text.slice(from, to)])
        end = to
      }
      // A text that holds the query is found somewhere.
      if (query.replaceAll('\u00ad', '') !== '') expect(found(`kite ${query} kite`, query).length).toBeGreaterThan(0)
    }),
  )
})
