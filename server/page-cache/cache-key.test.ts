import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress } from '../http/address'
import { readerPaths } from '@/lib/addresses'
import { cacheKey } from './cache-key'

const keyOf = (target: string) => {
  const address = readAddress(target)
  return address && cacheKey(address)
}

const cursor = 'before=20260101100000123456-7'

test('only declared query parameters are kept, and only valid ones', () => {
  const keys: [string, string | null][] = [
    ['/?utm_source=x&fbclid=y', '/'],
    [`/europe?${cursor}&x=1`, `/europe?${cursor}`],
    [`/topics/salt?${cursor}&x=1`, `/topics/salt?${cursor}`],
    [`/authors/ann/feed.json?${cursor}`, '/authors/ann/feed.json'],
    ['/europe?q=ferry', '/europe'],
    ['/europe/ferry-1?before=x', '/europe/ferry-1'],
    ['/feed.xml?before=x', '/feed.xml'],
    ['/search?x=1&q=moon+ferry&q=other', '/search?q=moon%20ferry'],
    ['/search?q=%20%20', '/search'],
    // An invalid cursor is dropped, a search text is cut, and a malformed parameter has no key.
    ['/latest?before=../admin', '/latest'],
    [`/latest?before=${'9'.repeat(61)}`, '/latest'],
    [`/search?q=${'a'.repeat(500)}`, `/search?q=${'a'.repeat(200)}`],
    ['/search?q=%', null],
    ['/search?q=%00', null],
  ]
  for (const [target, key] of keys) expect([target, keyOf(target)]).toEqual([target, key])
})

test('a fixed address keeps the parameters that it declares, whatever other addresses declare', () => {
  for (const { path, query = [] } of readerPaths)
    if (!path.includes(':'))
      expect(keyOf(`${path}?before=x&q=y`)).toBe(query[0] ? `${path}?${query[0] === 'q' ? 'q=y' : 'before=x'}` : path)
})

test('a key is an address whose key is itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('/', '/search', '/europe', '/a/b-1'),
      fc.string({ unit: 'binary', maxLength: 230 }),
      (path, text) => {
        const encoded = encodeURIComponent(text.toWellFormed())
        for (const query of [`q=${encoded}`, `before=${encoded}`, `x=${encoded}&q=${encoded}`]) {
          const key = keyOf(`${path}?${query}`)
          if (key !== null) expect(keyOf(key)).toBe(key)
        }
      },
    ),
  )
})
