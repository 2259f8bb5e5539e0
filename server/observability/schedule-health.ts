import { setTimeout as pause } from 'node:timers/promises'

/** How often a server looks for what is overdue. Milliseconds. */
const CHECK_INTERVAL = 10_000

/** What this server sees of what comes true by itself. `overdue`: how many stories no clock has told; null while the database cannot say. */
export class ScheduleHealth {
  overdue: number | null = null
  /** Its own clock cannot do what is due. */
  failing = false

  /** For whoever asks whether all is well, one line for each thing that is not. */
  problems(): string[] {
    const { overdue, failing } = this
    return [...(overdue ? [`overdue: ${overdue}`] : []), ...(failing ? ['clock: failing'] : [])]
  }
}

/** Looks again and again, apart from the clock: one that hangs must not hide that it does. */
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
