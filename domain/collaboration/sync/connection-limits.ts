/** The line on which a tab hears what others write. `tab` is null for one that did not say its name. */
export type EventStream = {
  storyId: number
  userId: number
  tab: string | null
  /** `replaced`: the same tab opened another. `crowded`: a younger one of the same person needs the place. */
  close: (reason: 'replaced' | 'crowded') => void
}

/**
 * How many one process holds open. A browser opens six lines to a place, and words need some of them: so a person has four, and the eldest gives way
 * to the one that was opened last.
 */
const LIMITS = { ofPerson: 4, ofStory: 60, ofAll: 1000 }

/** The streams that are open in this process, eldest first. */
export class StreamRegistry {
  private readonly streams = new Set<EventStream>()

  constructor(private readonly limits = LIMITS) {}

  /** @returns what gives the place back; null if there is none, and then nobody was asked to give way */
  register(stream: EventStream): (() => void) | null {
    const own = [...this.streams].filter(({ userId }) => userId === stream.userId)
    const replaced = own.filter(({ tab }) => tab !== null && tab === stream.tab)
    const others = own.filter((one) => !replaced.includes(one))
    const evicted = others.slice(0, Math.max(0, others.length + 1 - this.limits.ofPerson))
    const remaining = [...this.streams].filter((one) => !replaced.includes(one) && !evicted.includes(one))
    if (remaining.length >= this.limits.ofAll) return null
    if (remaining.filter(({ storyId }) => storyId === stream.storyId).length >= this.limits.ofStory) return null
    for (const one of replaced) this.evict(one, 'replaced')
    for (const one of evicted) this.evict(one, 'crowded')
    this.streams.add(stream)
    return () => void this.streams.delete(stream)
  }

  isOpen(userId: number, tab: string): boolean {
    return [...this.streams].some((stream) => stream.userId === userId && stream.tab === tab)
  }

  private evict(stream: EventStream, reason: 'replaced' | 'crowded') {
    this.streams.delete(stream)
    stream.close(reason)
  }
}
