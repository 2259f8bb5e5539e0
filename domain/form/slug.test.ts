import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isReserved, slugOf, slugPattern } from './slug'

test.each([
  ['Ukraine’s NATO Concession', 'ukraines-nato-concession'],
  ['Grüße aus Ærø: 100 %!', 'grusse-aus-r-100'],
  ['  ', 'story'],
  ['日本語', 'story'],
  ['U.S. Special Forces', 'us-special-forces'],
  ['U.S.-Led Planning a.m. 4.5', 'us-led-planning-am-4-5'],
])('%j has the slug %j', (headline, slug) => {
  expect(slugOf(headline)).toBe(slug)
})

test('a long headline is cut at a word', () => {
  const slug = slugOf('singing '.repeat(40))
  expect(slug.length).toBeLessThanOrEqual(80)
  expect(slug.endsWith('singing')).toBe(true)
})

test('any headline has a valid slug, and the slug of a slug is itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (headline) => {
      const slug = slugOf(headline)
      expect(slug).toMatch(slugPattern)
      expect(slug.length).toBeLessThanOrEqual(80)
      expect(slugOf(slug)).toBe(slug)
    }),
  )
})

test('addresses of the portal and years are reserved', () => {
  expect(isReserved('admin')).toBe(true)
  expect(isReserved('2026')).toBe(true)
  expect(isReserved('europe')).toBe(false)
})
