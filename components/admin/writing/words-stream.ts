import type { PresenceNotice } from '@/domain/writing/presence'

/** After a line was lost, the next is opened after so long, and twice as long each time. Milliseconds. */
const OPENS_AGAIN_AFTER = { first: 500, last: 15_000 }

/** A browser opens few lines to one place at once: a tab that nobody looks at lets go of its own. Milliseconds. */
const HEARS_HIDDEN_FOR = 20_000

type Ears = {
  onOpen: () => void
  onWords: (words: { sequence: number; update?: string }) => void
  onPresence: (presence: PresenceNotice) => void
  onMissed: () => void
}

/** Hears what others write in a story, over a line that is opened again whenever it is lost. */
export class WordsStream {
  private source: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private closed = false

  constructor(
    private readonly address: string,
    private readonly ears: Ears,
  ) {
    document.addEventListener('visibilitychange', this.look)
    window.addEventListener('online', this.reopen)
    this.open()
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    this.source?.close()
    document.removeEventListener('visibilitychange', this.look)
    window.removeEventListener('online', this.reopen)
  }

  private open() {
    if (this.closed) return
    this.source?.close()
    const source = new EventSource(this.address)
    this.source = source
    const on = <Told>(event: string, tell: (told: Told) => void) =>
      source.addEventListener(event, ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Told))
    source.addEventListener('open', () => {
      this.failures = 0
      this.ears.onOpen()
    })
    on<{ sequence: number; update?: string }>('words', this.ears.onWords)
    on<{ presence: PresenceNotice }>('presence', ({ presence }) => this.ears.onPresence(presence))
    on('missed', this.ears.onMissed)
    source.addEventListener('error', () => {
      // The browser's own trying again gives up at the first answer that is none, and comes back with everybody else at once.
      source.close()
      if (this.source !== source) return
      this.source = null
      this.failures += 1
      const { first, last } = OPENS_AGAIN_AFTER
      this.after(Math.min(last, first * 2 ** (this.failures - 1)) * (0.5 + Math.random() / 2), () => this.open())
    })
  }

  private readonly look = () => {
    if (document.visibilityState === 'visible') {
      clearTimeout(this.timer)
      if (this.source === null) this.open()
    } else {
      this.after(HEARS_HIDDEN_FOR, () => {
        this.source?.close()
        this.source = null
      })
    }
  }

  private readonly reopen = () => this.open()

  private after(milliseconds: number, then: () => void) {
    clearTimeout(this.timer)
    this.timer = setTimeout(then, milliseconds)
  }
}
