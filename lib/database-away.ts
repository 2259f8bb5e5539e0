import { meansAway } from '@/db/absence'

/** Is this error the database's absence (a 503, try again), and not a bug? Looks through drizzle's wrapping error. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && meansAway(cause.code)) return true
  }
  return false
}
