export type BackoffLimits = {
  /** The first delay. Milliseconds. */
  first: number
  /** No delay is longer. Milliseconds. */
  last: number
  /** Shortens each delay by a random part of up to half, so that clients do not retry at the same moment. */
  jitter?: boolean
}

/** Exponential backoff: each delay is twice the one before, until `reset`. */
export class Backoff {
  /** Attempts since the start or the last reset. */
  failures = 0

  constructor(private readonly limits: BackoffLimits) {}

  /**
   * The delay before the next attempt. Milliseconds.
   * @param last limits this delay only
   */
  next(last = this.limits.last): number {
    const delay = Math.min(last, this.limits.first * 2 ** this.failures)
    this.failures += 1
    return this.limits.jitter ? delay * (0.5 + Math.random() / 2) : delay
  }

  reset() {
    this.failures = 0
  }
}
