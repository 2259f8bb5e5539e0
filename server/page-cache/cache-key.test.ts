import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress } from '../http/address'
import { readerPaths } from '@/lib/addresses'
import { cacheKey } from './cache-key'

const keyOf = (target: string) => {
  const address = readAddress(target)
  return address && cacheKey(address)
}

test('only declared query parameters are kept', () => {
  expect(keyOf('/?utm_source=x&fbclid=y')).toBe('/')
  expect(keyOf('/europe?before=20260101100000123456-7&x=1')).toBe('/europe?before=20260101100000123456-7')
  expect(keyOf('/topics/salt?before=20260101100000123456-7&x=1')).toBe('/topics/salt?before=20260101100000123456-7')
  expect(keyOf('/authors/ann/feed.json?before=20260101100000123456-7')).toBe('/authors/ann/feed.json')
  expect(keyOf('/europe?q=ferry')).toBe('/europe')
  expect(keyOf('/europe/ferry-1?before=x')).toBe('/europe/ferry-1')
  expect(keyOf('/feed.xml?before=x')).toBe('/feed.xml')
  expect(keyOf('/search?x=1&q=moon+ferry&q=other')).toBe('/search?q=moon%20ferry')
  expect(keyOf('/search?q=%20%20')).toBe('/search')
})

test('a fixed address keeps the parameters that it declares, whatever other addresses declare', () => {
  for (const { path, query = [] } of readerPaths)
    if (!path.includes(':'))
      expect(keyOf(`${path}?before=x&q=y`)).toBe(query[0] ? `${path}?${query[0] === 'q' ? 'q=y' : 'before=x'}` : path)
})

test('an invalid cursor is dropped, and a search text is cut', () => {
  expect(keyOf('/latest?before=../admin')).toBe('/latest')
  expect(keyOf(`/latest?before=${'9'.repeat(61)}`)).toBe('/latest')
  expect(keyOf(`/search?q=${'a'.repeat(500)}`)).toBe(`/search?q=${'a'.repeat(200)}`)
})

test('a malformed parameter has no key', () => {
  expect(keyOf('/search?q=%')).toBeNull()
  expect(keyOf('/search?q=%00')).toBeNull()
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
