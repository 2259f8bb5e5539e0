/** An open event stream. `tab` is null where the request has no valid tab id. */
export type EventStream = {
  storyId: number
  userId: number
  tab: string | null
  /** `replaced`: the same tab opened another. `evicted`: the person opened more than the limit. */
  close: (reason: 'replaced' | 'evicted') => void
}

/** In one process. Browsers open six connections to an origin over HTTP/1.1, and sync requests need some of them: so four streams for a person. */
const LIMITS = { ofPerson: 4, ofStory: 60, ofAll: 1000 }

/** The open streams of this process, oldest first. */
export class StreamRegistry {
  private readonly streams = new Set<EventStream>()

  constructor(private readonly limits = LIMITS) {}

  /**
   * Evicts the oldest streams of the person where needed.
   * @returns releases the stream; null where the story or the process is full, and then nothing is evicted
   */
  register(stream: EventStream): (() => void) | null {
    const own = [...this.streams].filter(({ userId }) => userId === stream.userId)
    const replaced = own.filter(({ tab }) => tab !== null && tab === stream.tab)
    const others = own.filter((one) => !replaced.includes(one))
    const evicted = others.slice(0, Math.max(0, others.length + 1 - this.limits.ofPerson))
    const remaining = [...this.streams].filter((one) => !replaced.includes(one) && !evicted.includes(one))
    if (remaining.length >= this.limits.ofAll) return null
    if (remaining.filter(({ storyId }) => storyId === stream.storyId).length >= this.limits.ofStory) return null
    for (const one of replaced) this.evict(one, 'replaced')
    for (const one of evicted) this.evict(one, 'evicted')
    this.streams.add(stream)
    return () => void this.streams.delete(stream)
  }

  isOpen(userId: number, tab: string): boolean {
    return [...this.streams].some((stream) => stream.userId === userId && stream.tab === tab)
  }

  private evict(stream: EventStream, reason: 'replaced' | 'evicted') {
    this.streams.delete(stream)
    stream.close(reason)
  }
}
