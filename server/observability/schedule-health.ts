import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds. */
const CHECK_INTERVAL = 10_000

/** Whether scheduled changes are settled in time, as this server sees it. */
export class ScheduleHealth {
  /** How many stories are due and not settled by any clock; null while the database is unavailable. */
  overdue: number | null = null
  /** This server's own clock fails. */
  failing = false

  /** For `/readyz`, one line each. */
  problems(): string[] {
    const { overdue, failing } = this
    return [...(overdue ? [`overdue: ${overdue}`] : []), ...(failing ? ['clock: failing'] : [])]
  }
}

/** Counts overdue stories independently of the clock, so that a clock that hangs is noticed. */
export function monitorSchedule(
  health: ScheduleHealth,
  countOverdue: () => Promise<number>,
): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const monitoring = monitor(health, countOverdue, stopping.signal)
  return {
    stop: () => {
      stopping.abort()
      return monitoring
    },
  }
}

async function monitor(health: ScheduleHealth, countOverdue: () => Promise<number>, stopping: AbortSignal) {
  while (!stopping.aborted) {
    health.overdue = await countOverdue().catch(() => null)
    await pause(CHECK_INTERVAL, undefined, { signal: stopping }).catch(() => undefined)
  }
}
