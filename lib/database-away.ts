/**
 * What postgres.js and the network say when the database does not answer, and what Postgres says while it starts, stops or is too slow, and while it
 * cannot do what it is there for: its disk or memory is full, it only reads (a standby), it does not let us in, or our database is just being restored.
 */
const AWAY = new Set([
  'NO_ANSWER',
  'TOO_MANY_QUESTIONS',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '55P03',
  '08000',
  '08001',
  '08003',
  '08006',
  '25P03',
  '53000',
  '53100',
  '53200',
  '58000',
  '58030',
  '25006',
  '28000',
  '28P01',
  '3D000',
  '57P04',
])

/** Is this error the database's absence (a 503, try again), and not a bug? Looks through drizzle's wrapping error. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && AWAY.has(cause.code)) return true
  }
  return false
}
