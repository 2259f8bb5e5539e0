/** How often something may be done: so many times at once, and so many a second in the long run. */
export type Pace = { atOnce: number; perSecond: number }

/** What was left to somebody, and when. Milliseconds. */
export type Allowance = { left: number; at: number }

/**
 * Takes one from what somebody has left.
 * @param allowance null for somebody who did nothing yet
 * @param now milliseconds
 * @returns what is left then, or in how many seconds there is one again
 */
export function take(allowance: Allowance | null, { atOnce, perSecond }: Pace, now: number): Allowance | number {
  const passed = allowance === null ? 0 : Math.max(0, now - allowance.at) / 1000
  const left = allowance === null ? atOnce : Math.min(atOnce, allowance.left + passed * perSecond)
  return left >= 1 ? { left: left - 1, at: now } : Math.ceil((1 - left) / perSecond)
}
