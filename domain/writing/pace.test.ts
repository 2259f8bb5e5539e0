import { expect, test } from 'vitest'
import { take, type Allowance } from './pace'

const pace = { atOnce: 3, perSecond: 2 }

/** How often one is let, one try after the other at the given times. */
function letThrough(times: number[]): boolean[] {
  let allowance: Allowance | null = null
  return times.map((now) => {
    const next = take(allowance, pace, now)
    if (typeof next === 'number') return false
    allowance = next
    return true
  })
}

test('so many go at once, and then as many as the time that passed allows', () => {
  expect(letThrough([0, 0, 0, 0, 400, 500, 600, 1000])).toEqual([true, true, true, false, false, true, false, true])
})

test('whoever must wait is told for how many seconds', () => {
  expect(take({ left: 0, at: 0 }, { atOnce: 3, perSecond: 0.2 }, 1000)).toBe(4)
})

test('a clock that goes back gives nothing and takes nothing', () => {
  expect(take({ left: 1.5, at: 10_000 }, pace, 0)).toEqual({ left: 0.5, at: 0 })
})
