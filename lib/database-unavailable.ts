import { rootCause, isUnavailable } from '@/db/connection-errors'

/** Is this error the database's absence (a 503, try again), and not a bug? Looks through drizzle's wrapping error. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && isUnavailable(cause.code)) return true
  }
  return false
}

/**
 * Says to the log why what somebody wrote cannot be kept: whoever looks after the server must learn that its disk is full, say. What is said often is made
 * one sentence by the server (server/observability/renderer-log.ts), which knows it by this sign of Next's.
 * @throws the error itself, where it is not the database's absence
 */
export function logDatabaseUnavailable(error: unknown): void {
  if (!isDatabaseUnavailable(error)) throw error
  console.error('⨯', rootCause(error))
}
