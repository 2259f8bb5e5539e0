import type { PresenceNotice } from '@/domain/writing/presence'
import type { PutBack, Stranded } from '@/domain/writing/words-frame'

/** After a line was lost, the next is opened after so long, and twice as long each time. Milliseconds. */
const OPENS_AGAIN_AFTER = { first: 500, last: 15_000 }

/** A browser opens few lines to one place at once: a tab that nobody looks at lets go of its own. Milliseconds. */
const HEARS_HIDDEN_FOR = 20_000

/** Where there was no room for a line, what others wrote is asked for this often. Milliseconds. */
const ASKS_EVERY = 10_000

type Ears = {
  onOpen: () => void
  /** Nothing is heard until it is open again. */
  onLost: () => void
  onWords: (words: { sequence: number; update?: string }) => void
  onPresence: (presence: PresenceNotice) => void
  onStranded: (stranded: Stranded) => void
  onPutBack: (putBack: PutBack) => void
  onTold: () => void
  onMissed: () => void
}

/** Hears what others write in a story, over a line that is opened again whenever it is lost. */
export class WordsStream {
  private source: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private closed = false
  /** There was no room for a line of this tab. */
  isCrowded = false

  constructor(
    private readonly address: string,
    private readonly ears: Ears,
  ) {
    document.addEventListener('visibilitychange', this.look)
    window.addEventListener('focus', this.look)
    window.addEventListener('online', this.reopen)
    // One that was opened behind another needs no line until somebody comes.
    if (document.visibilityState === 'visible') this.open()
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    this.source?.close()
    document.removeEventListener('visibilitychange', this.look)
    window.removeEventListener('focus', this.look)
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
      this.isCrowded = false
      this.ears.onOpen()
    })
    on<{ sequence: number; update?: string }>('words', this.ears.onWords)
    on<{ presence: PresenceNotice }>('presence', ({ presence }) => this.ears.onPresence(presence))
    on<{ stranded: Stranded }>('stranded', ({ stranded }) => this.ears.onStranded(stranded))
    on<{ putBack: PutBack }>('put-back', ({ putBack }) => this.ears.onPutBack(putBack))
    on('told', this.ears.onTold)
    on('missed', () => {
      this.ears.onMissed()
      this.ears.onTold()
    })
    on<{ again: number | null }>('full', ({ again }) => {
      this.isCrowded = true
      this.lose()
      this.ask(again === null ? Infinity : again * 1000)
    })
    source.addEventListener('error', () => {
      // The browser's own trying again gives up at the first answer that is none, and comes back with everybody else at once.
      source.close()
      if (this.source !== source) return
      this.lose()
      this.failures += 1
      const { first, last } = OPENS_AGAIN_AFTER
      this.after(Math.min(last, first * 2 ** (this.failures - 1)) * (0.5 + Math.random() / 2), () => this.open())
    })
  }

  private lose() {
    this.source?.close()
    this.source = null
    this.ears.onLost()
  }

  /** Asks for what others write, until there may be room again or somebody comes to this tab. */
  private ask(milliseconds: number) {
    this.after(ASKS_EVERY, () => {
      if (milliseconds <= 0) return this.open()
      this.ears.onMissed()
      this.ask(milliseconds - ASKS_EVERY)
    })
  }

  private readonly look = () => {
    if (document.visibilityState === 'visible') {
      clearTimeout(this.timer)
      if (this.source === null) this.open()
    } else {
      this.after(HEARS_HIDDEN_FOR, () => this.lose())
    }
  }

  private readonly reopen = () => this.open()

  private after(milliseconds: number, then: () => void) {
    clearTimeout(this.timer)
    this.timer = setTimeout(then, milliseconds)
  }
}
