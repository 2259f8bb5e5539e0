import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Metrics, Outcome } from './metrics'

/** Hits are too many to write down: of so many, one is. */
const ONE_HIT_IN = 1000

/** Counts an answer and writes it down: who asked is not written, nor what was searched for. */
export function observer(metrics: Metrics, log: Logger) {
  return (request: IncomingMessage, response: ServerResponse, outcome: Outcome, milliseconds: number) => {
    metrics.answers[outcome] += 1
    if (outcome === 'hit' && metrics.answers.hit % ONE_HIT_IN !== 0) return
    log.info(
      {
        method: request.method,
        path: request.url?.split('?', 1)[0],
        status: response.statusCode,
        outcome,
        ms: Math.round(milliseconds * 10) / 10,
      },
      'answered',
    )
  }
}
export type Observe = ReturnType<typeof observer>
