import { rootCause, isUnavailable } from '@/db/connection-errors'

/** Whether the database is unavailable (503, try again), also if drizzle wraps the error. Any other error is a bug. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && isUnavailable(cause.code)) return true
  }
  return false
}

/**
 * Logs why something could not be saved, for example that the disk of the database is full. The server joins repetitions into one line
 * (server/observability/renderer-log.ts), which it recognises by Next’s sign.
 * @throws any other error
 */
export function logDatabaseUnavailable(error: unknown): void {
  if (!isDatabaseUnavailable(error)) throw error
  console.error('⨯', rootCause(error))
}
