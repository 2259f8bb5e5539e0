import type { PresenceUpdate } from '@/domain/collaboration/presence/presence'
import { eventNames, fromWire, type OrphanedText, type RestoredNotice } from '@/domain/collaboration/protocol'
import { Backoff } from '@/lib/backoff'

/** Milliseconds. */
const RECONNECT_DELAY = { first: 500, last: 15_000, jitter: true }

/** Browsers limit the connections to one origin (six over HTTP/1.1), so a hidden tab closes its stream. Milliseconds. */
const CLOSE_HIDDEN_AFTER = 20_000

/** An evicted tab polls at this interval. Milliseconds. */
const POLL_INTERVAL = 10_000

type EventHandlers = {
  onOpen: () => void
  /** No event arrives until it is open again. */
  onLost: () => void
  onUpdate: (update: { sequence: number; update?: string }) => void
  onPresence: (presence: PresenceUpdate) => void
  onOrphanedText: (orphaned: OrphanedText) => void
  onRestored: (notice: RestoredNotice) => void
  onHistory: () => void
  /** Events may have been missed. */
  onMissed: () => void
}

/** Server-sent events of a story: updates of others, presence, history. Reconnects; polls where the server has no room for a stream. */
export class StoryEventStream {
  private source: EventSource | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly backoff = new Backoff(RECONNECT_DELAY)
  private readonly closing = new AbortController()
  isPolling = false

  constructor(
    private readonly address: string,
    private readonly handlers: EventHandlers,
  ) {
    const { signal } = this.closing
    document.addEventListener('visibilitychange', this.onVisibilityChange, { signal })
    window.addEventListener('focus', this.onVisibilityChange, { signal })
    window.addEventListener('online', () => this.open(), { signal })
    // A tab opened in the background connects when it is shown.
    if (document.visibilityState === 'visible') this.open()
  }

  close() {
    this.closing.abort()
    clearTimeout(this.timer)
    this.source?.close()
  }

  private open() {
    if (this.closing.signal.aborted) return
    this.source?.close()
    const source = new EventSource(this.address)
    this.source = source
    const on = <Payload>(event: keyof typeof eventNames, handle: (payload: Payload) => void) =>
      source.addEventListener(eventNames[event], ({ data }: MessageEvent<string>) =>
        handle(fromWire(JSON.parse(data)) as Payload),
      )
    source.addEventListener('open', () => {
      this.backoff.reset()
      this.isPolling = false
      this.handlers.onOpen()
    })
    on<{ sequence: number; update?: string }>('update', this.handlers.onUpdate)
    on<{ presence: PresenceUpdate }>('presence', ({ presence }) => this.handlers.onPresence(presence))
    on<{ orphanedText: OrphanedText }>('orphanedText', ({ orphanedText }) => this.handlers.onOrphanedText(orphanedText))
    on<{ restoredNotice: RestoredNotice }>('restored', ({ restoredNotice }) => this.handlers.onRestored(restoredNotice))
    on('history', this.handlers.onHistory)
    on('missed', () => {
      this.handlers.onMissed()
      this.handlers.onHistory()
    })
    on<{ again: number | null }>('evicted', ({ again }) => {
      this.isPolling = true
      this.disconnect()
      this.poll(again === null ? Infinity : again * 1000)
    })
    source.addEventListener('error', () => {
      // The browser's own reconnection gives up at the first response with an error status, and has no jitter.
      source.close()
      if (this.source !== source) return
      this.disconnect()
      this.schedule(this.backoff.next(), () => this.open())
    })
  }

  private disconnect() {
    this.source?.close()
    this.source = null
    this.handlers.onLost()
  }

  /** Polls until there may be room again, or the tab is shown. */
  private poll(milliseconds: number) {
    this.schedule(POLL_INTERVAL, () => {
      if (milliseconds <= 0) return this.open()
      this.handlers.onMissed()
      this.poll(milliseconds - POLL_INTERVAL)
    })
  }

  private readonly onVisibilityChange = () => {
    if (document.visibilityState === 'visible') {
      clearTimeout(this.timer)
      if (this.source === null) this.open()
    } else {
      this.schedule(CLOSE_HIDDEN_AFTER, () => this.disconnect())
    }
  }

  private schedule(milliseconds: number, then: () => void) {
    clearTimeout(this.timer)
    this.timer = setTimeout(then, milliseconds)
  }
}
