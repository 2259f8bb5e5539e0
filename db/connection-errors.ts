/**
 * What postgres.js and the network say when the database does not answer, and what Postgres says while it starts, stops or is too slow, and while it
 * cannot do what it is there for: its disk or memory is full, it only reads (a standby), it does not let us in, or our database is just being restored.
 */
const UNAVAILABLE_CODES = new Set([
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

/** What is behind an error: those around it repeat the whole question, with all the words that somebody wrote. */
export function rootCause(error: unknown): unknown {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  return cause
}

/** Is this the code of a database that is not there for us now, and not that of a mistake in a question? */
export const isUnavailable = (code: string): boolean => UNAVAILABLE_CODES.has(code)
