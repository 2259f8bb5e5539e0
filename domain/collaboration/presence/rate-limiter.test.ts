import { expect, test } from 'vitest'
import { takeToken, type TokenBucket } from './rate-limiter'

const limit = { burst: 3, perSecond: 2 }

/** Whether each attempt, at the given times, gets a token. */
function admitted(times: number[]): boolean[] {
  let bucket: TokenBucket | null = null
  return times.map((now) => {
    const next = takeToken(bucket, limit, now)
    if (typeof next === 'number') return false
    bucket = next
    return true
  })
}

test('the burst is admitted at once, and then as many as the elapsed time allows', () => {
  expect(admitted([0, 0, 0, 0, 400, 500, 600, 1000])).toEqual([true, true, true, false, false, true, false, true])
})

test('an empty bucket returns the seconds until the next token', () => {
  expect(takeToken({ tokens: 0, updatedAt: 0 }, { burst: 3, perSecond: 0.2 }, 1000)).toBe(4)
})

test('a clock that goes back adds and removes no tokens', () => {
  expect(takeToken({ tokens: 1.5, updatedAt: 10_000 }, limit, 0)).toEqual({ tokens: 0.5, updatedAt: 0 })
})
