import { setTimeout as pause } from 'node:timers/promises'
import { rootCause } from '@/db/connection-errors'

/** Milliseconds. */
const TICK_INTERVAL = 1000

/**
 * Settles what is due, every second, one tick after the other. Readers do not depend on it: the queries show a story from its time on.
 * @param work returns how much was done; it is called again at once until that is 0
 * @param health `failing` is set while the work fails
 */
export function startClock(
  work: () => Promise<number>,
  log: (line: string) => void,
  health = { failing: false },
): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const ticking = tick(work, log, health, stopping.signal)
  return {
    stop: () => {
      stopping.abort()
      return ticking
    },
  }
}

async function tick(
  work: () => Promise<number>,
  log: (line: string) => void,
  health: { failing: boolean },
  stopping: AbortSignal,
) {
  while (!stopping.aborted) {
    const done = await work().then(
      (count) => {
        if (health.failing) log('The clock works again.')
        health.failing = false
        return count
      },
      (error: unknown) => {
        if (!health.failing) log(`The clock fails: ${reasonOf(error)}`)
        health.failing = true
        return 0
      },
    )
    if (done === 0) await pause(TICK_INTERVAL, undefined, { signal: stopping }).catch(() => undefined)
  }
}

function reasonOf(error: unknown): string {
  const reason = rootCause(error)
  return reason instanceof Error ? reason.message : String(reason)
}
