import { setTimeout as pause } from 'node:timers/promises'
import { fetchPage } from './reader'

/** Readers who ask at the same time. */
const READERS = 16

/** What they got. Milliseconds. */
type ReaderStats = { responses: number; errors: number; stale: number; longest: number }

/** Readers who never stop asking for remembered pages, and write down what they get. */
export class ReaderLoad {
  private readonly stats: ReaderStats = { responses: 0, errors: 0, stale: 0, longest: 0 }
  private readonly readers: Promise<void>[]
  private running = true

  /** @param pauseBetween how long each reader pauses between two pages, milliseconds */
  constructor(
    private readonly origin: string,
    private readonly paths: string[],
    private readonly pauseBetween: number,
  ) {
    this.readers = Array.from({ length: READERS }, (_, at) => this.readInLoop(at))
  }

  /** Answers per second, over so many milliseconds from now. */
  async rate(milliseconds: number): Promise<number> {
    const [from, began] = [this.stats.responses, performance.now()]
    await pause(milliseconds)
    return ((this.stats.responses - from) / (performance.now() - began)) * 1000
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
