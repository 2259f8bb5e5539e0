import { setTimeout as pause } from 'node:timers/promises'
import { innermost } from '@/db/absence'

/** Milliseconds. */
const TICKS_EVERY = 1000

/**
 * Does what is due, every second, one tick after the other. Nothing readers see depends on it: stories go live by the query itself.
 * @param work returns how much was done; it is called again at once while there is something to do
 * @param seen is told whether it fails
 */
export function startClock(
  work: () => Promise<number>,
  said: (line: string) => void,
  seen = { failing: false },
): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const ticking = tick(work, said, seen, stopping.signal)
  return {
    stop: () => {
      stopping.abort()
      return ticking
    },
  }
}

async function tick(
  work: () => Promise<number>,
  said: (line: string) => void,
  seen: { failing: boolean },
  stopping: AbortSignal,
) {
  while (!stopping.aborted) {
    const done = await work().then(
      (count) => {
        if (seen.failing) said('The clock tells what is due again.')
        seen.failing = false
        return count
      },
      (error: unknown) => {
        if (!seen.failing) said(`The clock could not tell what is due: ${reasonOf(error)}`)
        seen.failing = true
        return 0
      },
    )
    if (done === 0) await pause(TICKS_EVERY, undefined, { signal: stopping }).catch(() => undefined)
  }
}

function reasonOf(error: unknown): string {
  const reason = innermost(error)
  return reason instanceof Error ? reason.message : String(reason)
}
