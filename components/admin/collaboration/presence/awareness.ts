import {
  initialsOf,
  type Presence,
  type PresenceField,
  type PresenceUpdate,
} from '@/domain/collaboration/presence/presence'
import type { CaretStore, RemoteCaret } from '../session/session-context'

/** One says so often that one is still here; who is silent for longer than the second is not. Milliseconds. */
const HEARTBEAT_INTERVAL = 10_000
const PEER_TIMEOUT = 30_000

/** Where one goes is told this often at most, and only to others. Milliseconds. */
const SEND_INTERVAL = 400

/** A caret that has not moved for so long is not shown: its owner is elsewhere. Milliseconds. */
const CARET_IDLE_AFTER = 60_000

/** Told to wait without being told how long. Seconds. */
const DEFAULT_RETRY_AFTER = 5

/** More than can be taken in at a glance, and what somebody with ill will can make of a story. */
const MAX_PEERS = 60

type Peer = Presence & { caret: string | null; moves: number; receivedAt: number }

type Options = {
  tab: string
  userId: number
  address: string
  onChange: () => void
  /** Whether words are on their way, with which it is told where this tab is. */
  isSyncPending: () => boolean
  /** Whether this tab hears nobody, though they may be here. */
  isPolling: () => boolean
}

/** Who has the story open, in which field they are and where their caret is; tells the others where this tab is. */
export class Awareness implements CaretStore {
  private readonly peers = new Map<string, Peer>()
  private presenceList: readonly Presence[] = []
  private carets: readonly RemoteCaret[] = []
  private readonly listeners = new Set<() => void>()
  private field: PresenceField | null = null
  private place: (() => string | null) | null = null
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
  remote = () => this.carets

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  trackLocal = (getCaret: () => string | null) => {
    this.place = getCaret
    return () => {
      if (this.place === getCaret) this.place = null
    }
  }

  setField(field: PresenceField | null) {
    this.field = field
    this.localMoved()
  }

  /** At every key and click: looked at later, and once for many of them. */
  localMoved = () => {
    if (!this.isAlone()) this.scheduleSend()
  }

  /** A server of before there were carets says neither whose tab it is nor where its caret stands. */
  receive({ gone, caret = null, person = 0, ...rest }: PresenceUpdate) {
    const { tab, userId } = this.options
    if (rest.tab === tab && (person === userId || person === 0)) {
      if (!gone) return
      // Its line was lost for a moment, and one server says so after it has come back on another.
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
      // Whoever has just come does not know yet who is here.
      if (!known) {
        this.mustSend = true
        this.scheduleSend()
      }
    }
    this.notifyIfChanged()
  }

  /** Nothing is heard any more, so nobody knows who is here. */
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

  /** Where this tab is, to go along with words; null while nobody else is here. */
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

  /** What is told now, and known to have been told. */
  private localState() {
    const { field } = this
    const getCaret = field === 'body' && document.visibilityState === 'visible' ? this.place : null
    const caret = getCaret?.() ?? null
    if (caret !== this.caret) this.caretMovedAt = Date.now()
    this.caret = caret
    const isStill = Date.now() - this.caretMovedAt >= CARET_IDLE_AFTER
    const state = { tab: this.options.tab, field, caret: isStill ? null : caret }
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
