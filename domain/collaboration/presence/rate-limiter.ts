export type RateLimit = { burst: number; perSecond: number }

/** `updatedAt`: milliseconds. */
export type TokenBucket = { tokens: number; updatedAt: number }

/**
 * A token bucket.
 * @param bucket null for the first token
 * @param now milliseconds
 * @returns the bucket without the token, or the seconds until there is one
 */
export function takeToken(
  bucket: TokenBucket | null,
  { burst, perSecond }: RateLimit,
  now: number,
): TokenBucket | number {
  const elapsed = bucket === null ? 0 : Math.max(0, now - bucket.updatedAt) / 1000
  const tokens = bucket === null ? burst : Math.min(burst, bucket.tokens + elapsed * perSecond)
  return tokens >= 1 ? { tokens: tokens - 1, updatedAt: now } : Math.ceil((1 - tokens) / perSecond)
}
