import { expect, test } from 'vitest'
import { earlier, nextMidnight } from './day'

test.each([
  ['2026-11-24T10:00:00Z', 'UTC', '2026-11-25T00:00:00.000Z'],
  ['2026-11-24T23:59:59.999Z', 'UTC', '2026-11-25T00:00:00.000Z'],
  ['2026-11-24T10:00:00Z', 'America/New_York', '2026-11-25T05:00:00.000Z'],
  ['2026-10-24T22:30:00Z', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-03-28T23:30:00Z', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
])('after %s the next day in %s begins at %s', (now, timeZone, midnight) => {
  expect(nextMidnight(new Date(now), timeZone).toISOString()).toBe(midnight)
})

test('the earlier of two moments, where there are any', () => {
  const [one, two] = [new Date(1), new Date(2)]
  expect(earlier(two, one)).toBe(one)
  expect(earlier(null, two)).toBe(two)
  expect(earlier(null, null)).toBeNull()
})
