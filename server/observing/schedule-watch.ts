import { setTimeout as pause } from 'node:timers/promises'

/** How often a server looks for what is overdue. Milliseconds. */
const LOOKS_EVERY = 10_000

/** What this server sees of what comes true by itself. `overdue`: how many stories no clock has told; null while the database cannot say. */
export class ScheduleSeen {
  overdue: number | null = null
  /** Its own clock cannot do what is due. */
  failing = false

  /** For whoever asks whether all is well, one line for each thing that is not. */
  troubles(): string[] {
    const { overdue, failing } = this
    return [...(overdue ? [`overdue: ${overdue}`] : []), ...(failing ? ['clock: failing'] : [])]
  }
}

/** Looks again and again, apart from the clock: one that hangs must not hide that it does. */
export function watchSchedule(seen: ScheduleSeen, countOverdue: () => Promise<number>): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const watching = watch(seen, countOverdue, stopping.signal)
  return {
    stop: () => {
      stopping.abort()
      return watching
    },
  }
}

async function watch(seen: ScheduleSeen, countOverdue: () => Promise<number>, stopping: AbortSignal) {
  while (!stopping.aborted) {
    seen.overdue = await countOverdue().catch(() => null)
    await pause(LOOKS_EVERY, undefined, { signal: stopping }).catch(() => undefined)
  }
}
