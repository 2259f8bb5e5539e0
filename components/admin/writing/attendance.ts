import { initialsOf, type Presence, type PresenceField, type PresenceNotice } from '@/domain/writing/presence'
import type { Carets, TheirCaret } from './writing-context'

/** One says so often that one is still here; who is silent for longer than the second is not. Milliseconds. */
const STILL_HERE_EVERY = 10_000
const SILENT_FOR = 30_000

/** Where one goes is told this often at most, and only to others. Milliseconds. */
const TOLD_EVERY = 400

/** A caret that has not moved for so long is not shown: its owner is elsewhere. Milliseconds. */
const STILL_FOR = 60_000

/** Told to wait without being told how long. Seconds. */
const WAITS = 5

/** More than can be taken in at a glance, and what somebody with ill will can make of a story. */
const OTHERS_AT_MOST = 60

type Other = Presence & { caret: string | null; moves: number; heardAt: number }

type Options = {
  tab: string
  userId: number
  address: string
  onNews: () => void
  /** Whether words are on their way, with which it is told where this tab is. */
  isCarried: () => boolean
  /** Whether this tab hears nobody, though they may be here. */
  isCrowded: () => boolean
}

/** Who has the story open, in which field they are and where their caret is; tells the others where this tab is. */
export class Attendance implements Carets {
  private readonly others = new Map<string, Other>()
  private list: readonly Presence[] = []
  private carets: readonly TheirCaret[] = []
  private readonly watchers = new Set<() => void>()
  private field: PresenceField | null = null
  private place: (() => string | null) | null = null
  private caret: string | null = null
  private movedAt = 0
  private said = ''
  private isAsked = false
  private quietUntil = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly heartbeat = setInterval(() => this.beat(), STILL_HERE_EVERY)

  constructor(private readonly options: Options) {
    document.addEventListener('visibilitychange', this.moved)
  }

  present = () => this.list
  theirs = () => this.carets

  watch = (watcher: () => void) => {
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }

  follow = (place: () => string | null) => {
    this.place = place
    return () => {
      if (this.place === place) this.place = null
    }
  }

  enter(field: PresenceField | null) {
    this.field = field
    this.moved()
  }

  /** At every key and click: looked at later, and once for many of them. */
  moved = () => {
    if (!this.isAlone()) this.tellSoon()
  }

  /** A server of before there were carets says neither whose tab it is nor where its caret stands. */
  heard({ gone, caret = null, person = 0, ...rest }: PresenceNotice) {
    const { tab, userId } = this.options
    if (rest.tab === tab && (person === userId || person === 0)) {
      if (!gone) return
      // Its line was lost for a moment, and one server says so after it has come back on another.
      this.isAsked = true
      return this.moved()
    }
    const told = { ...rest, person }
    const key = `${told.person} ${told.tab}`
    const known = this.others.get(key)
    if (gone) this.others.delete(key)
    else if (known || this.others.size < OTHERS_AT_MOST) {
      const moves = (known?.moves ?? 0) + (known?.caret === caret ? 0 : 1)
      this.others.set(key, { ...told, caret, moves, heardAt: Date.now() })
      // Whoever has just come does not know yet who is here.
      if (!known) {
        this.isAsked = true
        this.tellSoon()
      }
    }
    this.changed()
  }

  /** Nothing is heard any more, so nobody knows who is here. */
  deaf() {
    this.others.clear()
    this.changed()
  }

  tell(gone = false) {
    if (!gone && Date.now() < this.quietUntil) return
    const body = JSON.stringify({ ...this.where(), gone })
    const headers = { 'content-type': 'application/json' }
    fetch(this.options.address, { method: 'POST', body, headers, keepalive: gone }).then(
      ({ status, headers }) => {
        if (status === 429) this.quietUntil = Date.now() + (Number(headers.get('retry-after')) || WAITS) * 1000
      },
      () => undefined,
    )
  }

  /** Where this tab is, to go along with words; null while nobody else is here. */
  along(): string | null {
    return this.isAlone() ? null : JSON.stringify(this.where())
  }

  close() {
    document.removeEventListener('visibilitychange', this.moved)
    clearInterval(this.heartbeat)
    clearTimeout(this.timer)
    this.tell(true)
  }

  private readonly isAlone = () => this.others.size === 0 && !this.options.isCrowded()

  private tellSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      if (this.options.isCarried()) return this.tellSoon()
      const { said, isAsked } = this
      if (JSON.stringify(this.where()) !== said || isAsked) this.tell()
    }, TOLD_EVERY)
  }

  /** What is told now, and known to have been told. */
  private where() {
    const { field } = this
    const place = field === 'body' && document.visibilityState === 'visible' ? this.place : null
    const caret = place?.() ?? null
    if (caret !== this.caret) this.movedAt = Date.now()
    this.caret = caret
    const isStill = Date.now() - this.movedAt >= STILL_FOR
    const told = { tab: this.options.tab, field, caret: isStill ? null : caret }
    this.said = JSON.stringify(told)
    this.isAsked = false
    return told
  }

  private beat() {
    if (document.visibilityState === 'visible') this.tell()
    const now = Date.now()
    for (const [key, { heardAt }] of this.others) if (now - heardAt > SILENT_FOR) this.others.delete(key)
    this.changed()
  }

  private changed() {
    const list: Presence[] = []
    const carets: TheirCaret[] = []
    for (const [key, { tab, person, name, field, caret, moves }] of this.others) {
      list.push({ tab, person, name, field })
      if (caret !== null && field === 'body')
        carets.push({ key, person, name, initials: initialsOf({ name }), place: caret, moves })
    }
    if (JSON.stringify(carets) !== JSON.stringify(this.carets)) {
      this.carets = carets
      for (const watcher of this.watchers) watcher()
    }
    if (JSON.stringify(list) === JSON.stringify(this.list)) return
    this.list = list
    this.options.onNews()
  }
}
