import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { readAddress } from '../http/address'
import type { Metrics, Outcome } from './metrics'

/** Hits are too many to write down: of so many, one is. */
const HITS_PER_LINE = 1000

/** Counts an answer and writes it down: who asked is not written, nor what was searched for. */
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
/** Addresses that are themselves the key to what they show. However they are spelled, only the room is written down: a preview link works for weeks. */
const SECRET_PATHS = /^\/(?:preview|welcome|setup)(?=\/)/u

export function redactPath(path: string): string {
  const prefix = SECRET_PATHS.exec(readAddress(path)?.path ?? path)?.[0]
  return prefix === undefined ? path : `${prefix}/…`
}

export type RequestLog = ReturnType<typeof createRequestLog>
