import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { prefixOfToken, readAddress } from '../http/address'
import type { Metrics, Outcome } from './metrics'

/** One in this many cache hits is logged. */
const HITS_PER_LINE = 1000

/** Counts a response and logs it, without the client’s address and without the query string. */
export function createRequestLog(metrics: Metrics, log: Logger) {
  return (request: IncomingMessage, response: ServerResponse, outcome: Outcome, milliseconds: number) => {
    metrics.responses[outcome] += 1
    if (outcome === 'hit' && metrics.responses.hit % HITS_PER_LINE !== 0) return
    log[outcome === 'gone' ? 'debug' : 'info'](
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

/** The path without a token: a preview link stays valid for weeks. */
export function redactPath(path: string): string {
  const prefix = prefixOfToken(readAddress(path)?.path ?? path)
  return prefix === null ? path : `${prefix}/…`
}

export type RequestLog = ReturnType<typeof createRequestLog>
