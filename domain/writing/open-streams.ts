/** The line on which a tab hears what others write. `tab` is null for one that did not say its name. */
export type OpenStream = {
  storyId: number
  userId: number
  tab: string | null
  /** `replaced`: the same tab opened another. `crowded`: a younger one of the same person needs the place. */
  end: (why: 'replaced' | 'crowded') => void
}

/**
 * How many one process holds open. A browser opens six lines to a place, and words need some of them: so a person has four, and the eldest gives way
 * to the one that was opened last.
 */
const AT_MOST = { ofPerson: 4, ofStory: 60, ofAll: 1000 }

/** The streams that are open in this process, eldest first. */
export class OpenStreams {
  private readonly streams = new Set<OpenStream>()

  constructor(private readonly atMost = AT_MOST) {}

  /** @returns what gives the place back; null if there is none, and then nobody was asked to give way */
  add(stream: OpenStream): (() => void) | null {
    const own = [...this.streams].filter(({ userId }) => userId === stream.userId)
    const replaced = own.filter(({ tab }) => tab !== null && tab === stream.tab)
    const others = own.filter((one) => !replaced.includes(one))
    const crowded = others.slice(0, Math.max(0, others.length + 1 - this.atMost.ofPerson))
    const staying = [...this.streams].filter((one) => !replaced.includes(one) && !crowded.includes(one))
    if (staying.length >= this.atMost.ofAll) return null
    if (staying.filter(({ storyId }) => storyId === stream.storyId).length >= this.atMost.ofStory) return null
    for (const one of replaced) this.end(one, 'replaced')
    for (const one of crowded) this.end(one, 'crowded')
    this.streams.add(stream)
    return () => void this.streams.delete(stream)
  }

  isOpen(userId: number, tab: string): boolean {
    return [...this.streams].some((stream) => stream.userId === userId && stream.tab === tab)
  }

  private end(stream: OpenStream, why: 'replaced' | 'crowded') {
    this.streams.delete(stream)
    stream.end(why)
  }
}
