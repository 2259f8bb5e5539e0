/** How often something may be done: so many times at once, and so many a second in the long run. */
export type RateLimit = { atOnce: number; perSecond: number }

/** What was left to somebody, and when. Milliseconds. */
export type TokenBucket = { tokens: number; updatedAt: number }

/**
 * Takes one from what somebody has left.
 * @param bucket null for somebody who did nothing yet
 * @param now milliseconds
 * @returns what is left then, or in how many seconds there is one again
 */
export function takeToken(
  bucket: TokenBucket | null,
  { atOnce, perSecond }: RateLimit,
  now: number,
): TokenBucket | number {
  const elapsed = bucket === null ? 0 : Math.max(0, now - bucket.updatedAt) / 1000
  const tokens = bucket === null ? atOnce : Math.min(atOnce, bucket.tokens + elapsed * perSecond)
  return tokens >= 1 ? { tokens: tokens - 1, updatedAt: now } : Math.ceil((1 - tokens) / perSecond)
}
