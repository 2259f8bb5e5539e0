import { expect, test } from 'vitest'
import { takeToken, type TokenBucket } from './rate-limiter'

const limit = { atOnce: 3, perSecond: 2 }

/** How often one is let, one try after the other at the given times. */
function admitted(times: number[]): boolean[] {
  let bucket: TokenBucket | null = null
  return times.map((now) => {
    const next = takeToken(bucket, limit, now)
    if (typeof next === 'number') return false
    bucket = next
    return true
  })
}

test('so many go at once, and then as many as the time that passed allows', () => {
  expect(admitted([0, 0, 0, 0, 400, 500, 600, 1000])).toEqual([true, true, true, false, false, true, false, true])
})

test('whoever must wait is told for how many seconds', () => {
  expect(takeToken({ tokens: 0, updatedAt: 0 }, { atOnce: 3, perSecond: 0.2 }, 1000)).toBe(4)
})

test('a clock that goes back gives nothing and takes nothing', () => {
  expect(takeToken({ tokens: 1.5, updatedAt: 10_000 }, limit, 0)).toEqual({ tokens: 0.5, updatedAt: 0 })
})
