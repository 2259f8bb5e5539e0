import {
  initialsOf,
  type Presence,
  type PresenceField,
  type PresenceUpdate,
} from '@/domain/collaboration/presence/presence'

/** Interval of this tab's heartbeat, and the silence after which another tab counts as gone. Milliseconds. */
const HEARTBEAT_INTERVAL = 10_000
const PEER_TIMEOUT = 30_000

/** Minimum interval between two updates of the local state. Milliseconds. */
const SEND_INTERVAL = 400

/** A caret that has not moved for so long is not sent. Milliseconds. */
const CARET_IDLE_AFTER = 60_000

/** Used for a 429 response without `retry-after`. Seconds. */
const DEFAULT_RETRY_AFTER = 5

/** Bounds what a malicious client can make every tab hold and draw. */
const MAX_PEERS = 60

/** Another person's caret in the body. `position` is an encoded caret (domain/collaboration/presence/caret.ts); `moves` counts its changes. */
export type RemoteCaret = Pick<Presence, 'person' | 'name'> & {
  key: string
  initials: string
  position: string
  moves: number
}

type Peer = Presence & { caret: string | null; moves: number; receivedAt: number }

type Options = {
  tab: string
  userId: number
  address: string
  onChange: () => void
  /** Whether a sync request is about to be sent: it carries the local state in a header. */
  isSyncPending: () => boolean
  /** Whether this tab has no event stream, so that it cannot receive the state of peers. */
  isPolling: () => boolean
}

/**
 * The presence of everybody who has a story open: in which field they are, and where their caret is. Like the Awareness of y-protocols, but
 * nothing is sent without peers or while the tab is hidden, and the server sets the person and the name (docs/decisions/0018).
 */
export class Awareness {
  private readonly peers = new Map<string, Peer>()
  private presenceList: readonly Presence[] = []
  private carets: readonly RemoteCaret[] = []
  private readonly listeners = new Set<() => void>()
  private field: PresenceField | null = null
  private readCaret: (() => string | null) | null = null
  private caret: string | null = null
  private caretMovedAt = 0
  private lastSent = ''
  private mustSend = false
  private pausedUntil = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly heartbeat = setInterval(() => this.onHeartbeat(), HEARTBEAT_INTERVAL)

  constructor(private readonly options: Options) {
    document.addEventListener('visibilitychange', this.localMoved)
  }

  presences = () => this.presenceList
  remoteCarets = () => this.carets

  /** @param listener is called when a remote caret changes */
  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** @param readCaret encodes the local caret; called when the state is sent */
  trackLocal = (readCaret: () => string | null) => {
    this.readCaret = readCaret
    return () => {
      if (this.readCaret === readCaret) this.readCaret = null
    }
  }

  setField(field: PresenceField | null) {
    this.field = field
    this.localMoved()
  }

  /** Called at every key and click: only schedules. */
  localMoved = () => {
    if (!this.isAlone()) this.scheduleSend()
  }

  /** Servers from before there were carets send neither `person` nor `caret`. */
  receive({ gone, caret = null, person = 0, ...rest }: PresenceUpdate) {
    const { tab, userId } = this.options
    if (rest.tab === tab && (person === userId || person === 0)) {
      if (!gone) return
      // The stream of this tab was lost, and a server reports that after the stream was opened again on another server.
      this.mustSend = true
      return this.localMoved()
    }
    const peer = { ...rest, person }
    const key = `${peer.person} ${peer.tab}`
    const known = this.peers.get(key)
    if (gone) this.peers.delete(key)
    else if (known || this.peers.size < MAX_PEERS) {
      const moves = (known?.moves ?? 0) + (known?.caret === caret ? 0 : 1)
      this.peers.set(key, { ...peer, caret, moves, receivedAt: Date.now() })
      // A tab that has just been opened has not received the state of this one yet.
      if (!known) {
        this.mustSend = true
        this.scheduleSend()
      }
    }
    this.notifyIfChanged()
  }

  /** Without an event stream the state of peers is unknown. */
  clearPeers() {
    this.peers.clear()
    this.notifyIfChanged()
  }

  send(gone = false) {
    if (!gone && Date.now() < this.pausedUntil) return
    const body = JSON.stringify({ ...this.localState(), gone })
    const headers = { 'content-type': 'application/json' }
    fetch(this.options.address, { method: 'POST', body, headers, keepalive: gone }).then(
      ({ status, headers }) => {
        if (status === 429)
          this.pausedUntil = Date.now() + (Number(headers.get('retry-after')) || DEFAULT_RETRY_AFTER) * 1000
      },
      () => undefined,
    )
  }

  /** The local state for the header of a sync request; null without peers. */
  headerValue(): string | null {
    return this.isAlone() ? null : JSON.stringify(this.localState())
  }

  close() {
    document.removeEventListener('visibilitychange', this.localMoved)
    clearInterval(this.heartbeat)
    clearTimeout(this.timer)
    this.send(true)
  }

  private readonly isAlone = () => this.peers.size === 0 && !this.options.isPolling()

  private scheduleSend() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      if (this.options.isSyncPending()) return this.scheduleSend()
      const { lastSent, mustSend } = this
      if (JSON.stringify(this.localState()) !== lastSent || mustSend) this.send()
    }, SEND_INTERVAL)
  }

  /** Counts as sent. */
  private localState() {
    const { field } = this
    const readCaret = field === 'body' && document.visibilityState === 'visible' ? this.readCaret : null
    const caret = readCaret?.() ?? null
    if (caret !== this.caret) this.caretMovedAt = Date.now()
    this.caret = caret
    const isIdle = Date.now() - this.caretMovedAt >= CARET_IDLE_AFTER
    const state = { tab: this.options.tab, field, caret: isIdle ? null : caret }
    this.lastSent = JSON.stringify(state)
    this.mustSend = false
    return state
  }

  private onHeartbeat() {
    if (document.visibilityState === 'visible') this.send()
    const now = Date.now()
    for (const [key, { receivedAt }] of this.peers) if (now - receivedAt > PEER_TIMEOUT) this.peers.delete(key)
    this.notifyIfChanged()
  }

  private notifyIfChanged() {
    const list: Presence[] = []
    const carets: RemoteCaret[] = []
    for (const [key, { tab, person, name, field, caret, moves }] of this.peers) {
      list.push({ tab, person, name, field })
      if (caret !== null && field === 'body')
        carets.push({ key, person, name, initials: initialsOf({ name }), position: caret, moves })
    }
    if (JSON.stringify(carets) !== JSON.stringify(this.carets)) {
      this.carets = carets
      for (const listener of this.listeners) listener()
    }
    if (JSON.stringify(list) === JSON.stringify(this.presenceList)) return
    this.presenceList = list
    this.options.onChange()
  }
}
