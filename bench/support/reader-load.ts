import { setTimeout as pause } from 'node:timers/promises'
import { fetchPage } from './reader'

const READERS = 16

/** `longest` in milliseconds. */
type ReaderStats = { responses: number; errors: number; stale: number; longest: number }

/** Readers who request cached pages in a loop. */
export class ReaderLoad {
  private readonly stats: ReaderStats = { responses: 0, errors: 0, stale: 0, longest: 0 }
  private readonly readers: Promise<void>[]
  private running = true

  /** @param pauseBetween between two requests of a reader, in milliseconds */
  constructor(
    private readonly origin: string,
    private readonly paths: string[],
    private readonly pauseBetween: number,
  ) {
    this.readers = Array.from({ length: READERS }, (_, at) => this.readInLoop(at))
  }

  /** Responses per second over the next `milliseconds`. */
  async rate(milliseconds: number): Promise<number> {
    const [from, startedAt] = [this.stats.responses, performance.now()]
    await pause(milliseconds)
    return ((this.stats.responses - from) / (performance.now() - startedAt)) * 1000
  }

  async stop(): Promise<ReaderStats> {
    this.running = false
    await Promise.all(this.readers)
    return this.stats
  }

  private async readInLoop(first: number) {
    const { stats } = this
    for (let at = first; this.running; at += 1) {
      const response = await fetchPage(this.origin + (this.paths[at % this.paths.length] ?? '/')).catch(() => null)
      stats.responses += 1
      if (response?.status !== 200) stats.errors += 1
      else stats.longest = Math.max(stats.longest, response.took)
      if (response?.headers['cache-status']?.includes('stale')) stats.stale += 1
      if (this.pauseBetween > 0) await pause(this.pauseBetween)
    }
  }
}
