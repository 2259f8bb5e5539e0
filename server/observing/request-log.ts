import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { readAddress } from '../front-door/address'
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
        path: withoutKey(request.url?.split('?', 1)[0] ?? ''),
        status: response.statusCode,
        outcome,
        ms: Math.round(milliseconds * 10) / 10,
      },
      'answered',
    )
  }
}
/** Addresses that are themselves the key to what they show. However they are spelled, only the room is written down: a preview link works for weeks. */
const KEYED = /^\/(?:preview|welcome|setup)(?=\/)/u

export function withoutKey(path: string): string {
  const room = KEYED.exec(readAddress(path)?.path ?? path)?.[0]
  return room === undefined ? path : `${room}/…`
}

export type Observe = ReturnType<typeof observer>
