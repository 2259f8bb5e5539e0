import { LRUCache } from 'lru-cache'
import { withDeadline } from '@/lib/deadline'
import type { PictureRecords, ServedPicture } from '../contract'

/** What is remembered of a key: the picture, and until when that holds. */
type Verdict = {
  picture: ServedPicture | null
  /** Milliseconds since the epoch. */
  until: number
  fresh: boolean
}

/** Entries, of which each takes less than 2 KB. */
const MAX_VERDICTS = 5000

/** A picture that is not live may become so by itself at any time, and its key may be a guess. Milliseconds. */
const NOT_LIVE_LIFETIME = 1000

/** Longer than that nobody waits for the database while something is remembered. Milliseconds. */
const PATIENCE = 1000

const ANY_TAG = '*'

type Options = {
  records: Pick<PictureRecords, 'forServing'>
  /** Whether notices arrive: nothing that is remembered is fresh otherwise. */
  isConnected: () => boolean
}

/**
 * Whether readers may have a picture: remembered until a notice with one of its tags, or until the time at which that may end. What is remembered is the
 * verdict, never that the bytes exist.
 */
export class Verdicts {
  private readonly verdicts = new LRUCache<string, Verdict>({ max: MAX_VERDICTS })
  private readonly loading = new Map<string, Promise<ServedPicture | null>>()
  /** Raised with every notice: an answer that was asked for before it may be of the time before. */
  private notices = 0

  constructor(private readonly options: Options) {}

  /**
   * The picture of a key, live or not; null where there is none.
   * @throws where the database is away, and nothing is remembered of a live picture that cannot have ended since
   */
  async find(key: string): Promise<ServedPicture | null> {
    const known = this.verdicts.get(key)
    if (known?.fresh && Date.now() < known.until && this.options.isConnected()) return known.picture
    try {
      const loading = this.load(key)
      return await (known
        ? withDeadline(PATIENCE, loading, () => Promise.reject(new Error('The database is late.')))
        : loading)
    } catch (error) {
      // As pages: stale while there is an error, but never after the picture's end, and never one that was withdrawn.
      if (known?.picture?.isLive && Date.now() < known.until) return known.picture
      throw error
    }
  }

  /** Asks the database, whatever is remembered. */
  load(key: string): Promise<ServedPicture | null> {
    const running = this.loading.get(key)
    if (running) return running
    const loading = this.ask(key).finally(() => {
      if (this.loading.get(key) === loading) this.loading.delete(key)
    })
    this.loading.set(key, loading)
    return loading
  }

  /** `*`: notices may have been missed. With any other tag the verdict is gone, so that no error brings it back. */
  invalidate(tags: readonly string[]) {
    this.notices += 1
    // Answers that are on their way may be of the time before: whoever asks now asks again.
    this.loading.clear()
    const invalidated = new Set(tags)
    for (const [key, verdict] of [...this.verdicts.entries()]) {
      const { picture } = verdict
      if (!picture?.isLive || picture.tags.some((tag) => invalidated.has(tag))) this.verdicts.delete(key)
      else if (invalidated.has(ANY_TAG)) verdict.fresh = false
    }
  }

  private async ask(key: string): Promise<ServedPicture | null> {
    const { notices } = this
    const picture = await this.options.records.forServing(key)
    const until = picture?.isLive ? (picture.staleAt?.getTime() ?? Infinity) : Date.now() + NOT_LIVE_LIFETIME
    this.verdicts.set(key, { picture, until, fresh: notices === this.notices })
    return picture
  }
}
