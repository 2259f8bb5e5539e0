import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { readAddress } from '../http/address'
import type { Metrics, Outcome } from './metrics'

/** One in this many cache hits is logged. */
const HITS_PER_LINE = 1000

/** Counts a response and logs it, without the client’s address and without the query string. */
export function createRequestLog(metrics: Metrics, log: Logger) {
  return (request: IncomingMessage, response: ServerResponse, outcome: Outcome, milliseconds: number) => {
    metrics.responses[outcome] += 1
    if (outcome === 'hit' && metrics.responses.hit % HITS_PER_LINE !== 0) return
    log.info(
      {
        method: request.method,
        path: redactPath(request.url?.split('?', 1)[0] ?? ''),
        status: response.statusCode,
        outcome,
        ms: Math.round(milliseconds * 10) / 10,
      },
      'answered',
    )
  }
}

/** Paths that hold a secret: only their first segment is logged, however they are encoded. A preview link works for weeks. */
const SECRET_PATHS = /^\/(?:preview|welcome|setup)(?=\/)/u

export function redactPath(path: string): string {
  const prefix = SECRET_PATHS.exec(readAddress(path)?.path ?? path)?.[0]
  return prefix === undefined ? path : `${prefix}/…`
}

export type RequestLog = ReturnType<typeof createRequestLog>
