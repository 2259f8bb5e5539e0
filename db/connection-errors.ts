/**
 * Codes of postgres.js, the network and Postgres (SQLSTATE) for a database that is unavailable: not reachable, starting, stopping, too slow, out of disk or
 * memory, read-only (a standby), not accepting our login, or just being restored.
 */
const UNAVAILABLE_CODES = new Set([
  'QUERY_TIMEOUT',
  'QUEUE_FULL',
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

/** The innermost error. Those around it repeat the whole query, with the text of stories in its parameters. */
export function rootCause(error: unknown): unknown {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  return cause
}

/** Whether a code means that the database is unavailable, and not that a query is wrong. */
export const isUnavailable = (code: string): boolean => UNAVAILABLE_CODES.has(code)
