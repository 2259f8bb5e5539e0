import type { Presence, PresenceField, PresenceNotice } from '@/domain/writing/presence'

/** One says so often that one is still here; who is silent for longer than the second is not. Milliseconds. */
const STILL_HERE_EVERY = 10_000
const SILENT_FOR = 30_000

/** Going from field to field is told once one has arrived. Milliseconds. */
const ARRIVED_AFTER = 250

type Other = Presence & { heardAt: number }

/** Who has the story open, and in which field they are; tells the others where this tab is. */
export class Attendance {
  private readonly others = new Map<string, Other>()
  private list: readonly Presence[] = []
  private field: PresenceField | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly heartbeat = setInterval(() => this.beat(), STILL_HERE_EVERY)

  constructor(
    private readonly tab: string,
    private readonly address: string,
    private readonly onNews: () => void,
  ) {}

  present = () => this.list

  enter(field: PresenceField | null) {
    if (field === this.field) return
    this.field = field
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.tell(), ARRIVED_AFTER)
  }

  heard({ gone, ...presence }: PresenceNotice) {
    if (presence.tab === this.tab) return
    const isNew = !this.others.has(presence.tab)
    if (gone) this.others.delete(presence.tab)
    else this.others.set(presence.tab, { ...presence, heardAt: Date.now() })
    // Whoever has just come does not know yet who is here.
    if (isNew && !gone) this.tell()
    this.changed()
  }

  tell(gone = false) {
    const body = JSON.stringify({ tab: this.tab, field: this.field, gone })
    const headers = { 'content-type': 'application/json' }
    fetch(this.address, { method: 'POST', body, headers, keepalive: gone }).catch(() => undefined)
  }

  close() {
    clearInterval(this.heartbeat)
    clearTimeout(this.timer)
    this.tell(true)
  }

  private beat() {
    if (document.visibilityState === 'visible') this.tell()
    const now = Date.now()
    for (const [tab, { heardAt }] of this.others) if (now - heardAt > SILENT_FOR) this.others.delete(tab)
    this.changed()
  }

  private changed() {
    const now = [...this.others.values()].map(({ tab, name, field }) => ({ tab, name, field }))
    if (JSON.stringify(now) === JSON.stringify(this.list)) return
    this.list = now
    this.onNews()
  }
}
