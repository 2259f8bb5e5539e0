import { setTimeout as pause } from 'node:timers/promises'
import { readAnswer } from './reader'

/** Readers who ask at the same time. */
const READERS = 16

/** What they got. Milliseconds. */
type Seen = { answers: number; errors: number; stale: number; longest: number }

/** Readers who never stop asking for remembered pages, and write down what they get. */
export class Reading {
  private readonly seen: Seen = { answers: 0, errors: 0, stale: 0, longest: 0 }
  private readonly readers: Promise<void>[]
  private going = true

  /** @param breath how long each reader pauses between two pages, milliseconds */
  constructor(
    private readonly origin: string,
    private readonly paths: string[],
    private readonly breath: number,
  ) {
    this.readers = Array.from({ length: READERS }, (_, at) => this.read(at))
  }

  /** Answers per second, over so many milliseconds from now. */
  async rate(milliseconds: number): Promise<number> {
    const [from, began] = [this.seen.answers, performance.now()]
    await pause(milliseconds)
    return ((this.seen.answers - from) / (performance.now() - began)) * 1000
  }

  async stop(): Promise<Seen> {
    this.going = false
    await Promise.all(this.readers)
    return this.seen
  }

  private async read(first: number) {
    const { seen } = this
    for (let at = first; this.going; at += 1) {
      const answer = await readAnswer(this.origin + (this.paths[at % this.paths.length] ?? '/')).catch(() => null)
      seen.answers += 1
      if (answer?.status !== 200) seen.errors += 1
      else seen.longest = Math.max(seen.longest, answer.took)
      if (answer?.headers['cache-status']?.includes('stale')) seen.stale += 1
      if (this.breath > 0) await pause(this.breath)
    }
  }
}
