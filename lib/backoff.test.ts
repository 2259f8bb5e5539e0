import { expect, test } from 'vitest'
import { Backoff } from './backoff'

const delays = (backoff: Backoff, count: number) => Array.from({ length: count }, () => backoff.next())

test('each delay is twice the one before, up to the last, also after thousands of attempts', () => {
  const backoff = new Backoff({ first: 100, last: 1000 })
  expect(delays(backoff, 6)).toEqual([100, 200, 400, 800, 1000, 1000])
  expect(delays(backoff, 3000).at(-1)).toBe(1000)
})

test('after a reset it starts over', () => {
  const backoff = new Backoff({ first: 100, last: 300 })
  expect(delays(backoff, 3)).toEqual([100, 200, 300])
  backoff.reset()
  expect(delays(backoff, 2)).toEqual([100, 200])
})

test('a limit for one delay does not change the following ones', () => {
  const backoff = new Backoff({ first: 100, last: 1000 })
  expect([backoff.next(), backoff.next(150), backoff.next()]).toEqual([100, 150, 400])
})

test('jitter takes away up to half of a delay', () => {
  const found = Array.from({ length: 500 }, () => delays(new Backoff({ first: 100, last: 200, jitter: true }), 3))
  for (const [at, full] of [100, 200, 200].entries()) {
    const column = found.map((row) => row[at] ?? NaN)
    expect(Math.min(...column)).toBeGreaterThanOrEqual(full / 2)
    expect(Math.max(...column)).toBeLessThanOrEqual(full)
    expect(new Set(column).size).toBeGreaterThan(100)
  }
})
