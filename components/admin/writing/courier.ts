import * as Y from 'yjs'
import {
  frameInBytes,
  fromBase64,
  inEdition,
  OUTDATED,
  type WordsAnswer,
  type WordsBehind,
} from '@/domain/story/words-frame'
import type { Flushed } from './writing-context'

/** Words go out this long after the first of them was typed. Milliseconds. */
const GOES_OUT_AFTER = 600

/** An answer that takes longer does not come. Milliseconds. */
const ANSWERS_WITHIN = 15_000

/** After a failure it is tried again after so long, and twice as long each time; signing in again is waited for with less patience. */
const TRIES_AGAIN_AFTER = { first: 1000, last: 30_000, signedOut: 5000 }

/** What came from the newsroom is not sent there again. */
export const FROM_NEWSROOM = 'from the newsroom'

/** Why the last attempt failed. `again`: it is worth trying without anybody doing anything. */
export type Trouble = { kind: 'offline' | 'signed-out' | 'outdated' | 'failed'; why: string; again: boolean }

export type CourierNews = { trouble: Trouble | null; pending: boolean; savedAt: Date | null }

type Options = { document: Y.Doc; address: string; userId: number; onNews: () => void }

/** Carries words to the newsroom, one load at a time, until each is acknowledged, and brings those of others back. */
export class Courier {
  private edits = 0
  private acknowledged = 0
  private known = new Map<number, number>()
  private sequence = 0
  private version = 0
  private savedAt: Date | null = null
  private trouble: Trouble | null = null
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private flying: Promise<void> | null = null
  private goesAgain = false
  private closed = false

  constructor(
    private readonly options: Options,
    private readonly lineage: string,
  ) {}

  news(): CourierNews {
    return { trouble: this.trouble, pending: this.edits > this.acknowledged, savedAt: this.savedAt }
  }

  /** What the newsroom has, as it said itself. */
  learn(answer: WordsAnswer) {
    Y.applyUpdate(this.options.document, fromBase64(answer.missing), FROM_NEWSROOM)
    this.known = Y.decodeStateVector(fromBase64(answer.vector))
    this.sequence = Math.max(this.sequence, answer.sequence)
    this.version = answer.version
    this.savedAt = new Date(answer.savedAt)
  }

  /** Somebody wrote here. */
  wrote() {
    this.edits += 1
    if (this.trouble && !this.trouble.again) this.trouble = null
    if (this.timer === undefined && !this.flying) this.goAfter(GOES_OUT_AFTER)
    this.options.onNews()
  }

  /** Somebody wrote elsewhere. */
  heard({ sequence, update }: { sequence: number; update?: string }) {
    if (sequence <= this.sequence) return
    if (update === undefined || sequence > this.sequence + 1) return this.sync()
    const bytes = fromBase64(update)
    Y.applyUpdate(this.options.document, bytes, FROM_NEWSROOM)
    this.sequence = sequence
    for (const [client, clock] of Y.parseUpdateMeta(bytes).to)
      this.known.set(client, Math.max(clock, this.known.get(client) ?? 0))
  }

  /** Goes now: the network is back, somebody signed in again, or something was missed. */
  sync() {
    // What is under way may have left before.
    if (this.flying) this.goesAgain = true
    else void this.go()
  }

  /** Goes until nothing is left to carry, at least once: then the screen shows what the newsroom keeps, as `version`. */
  async flush(): Promise<Flushed> {
    do {
      // What is under way left before the last words were typed.
      await this.flying
      await this.go()
      if (this.trouble) return { ok: false, why: whyOf[this.trouble.kind] }
    } while (this.edits > this.acknowledged)
    return { ok: true, version: this.version }
  }

  /** The page goes away: what is not acknowledged is handed to the browser, which sends it when the page is gone. */
  leave() {
    if (this.edits > this.acknowledged) void this.send({ keepalive: true }).catch(() => undefined)
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    this.leave()
  }

  private goAfter(milliseconds: number) {
    clearTimeout(this.timer)
    if (!this.closed) this.timer = setTimeout(() => this.sync(), milliseconds)
  }

  private go(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.goesAgain = false
    this.flying ??= this.carry().finally(() => {
      this.flying = null
      if (this.goesAgain && !this.trouble) this.goAfter(0)
      else if (this.trouble?.again) this.goAfter(this.patience(this.trouble))
      else if (!this.trouble && this.edits > this.acknowledged) this.goAfter(GOES_OUT_AFTER)
      this.options.onNews()
    })
    return this.flying
  }

  private async carry() {
    const upTo = this.edits
    this.trouble = await this.carryOnce()
    this.failures = this.trouble ? this.failures + 1 : 0
    if (!this.trouble) this.acknowledged = Math.max(this.acknowledged, upTo)
  }

  private async carryOnce(): Promise<Trouble | null> {
    let response: Response
    try {
      response = await this.send({ signal: AbortSignal.timeout(ANSWERS_WITHIN) })
      if (!response.ok) return await troubleOf(response)
      const answer = (await response.json()) as WordsAnswer | WordsBehind
      if (!('behind' in answer)) {
        this.learn(answer)
        return null
      }
      this.known = Y.decodeStateVector(fromBase64(answer.vector))
      return { kind: 'failed', why: 'something did not arrive', again: true }
    } catch {
      return { kind: 'offline', why: 'the newsroom cannot be reached', again: true }
    }
  }

  private send(how: RequestInit): Promise<Response> {
    const { document, address, userId } = this.options
    const body = frameInBytes({
      vector: Y.encodeStateVector(document),
      update: Y.encodeStateAsUpdate(document, Y.encodeStateVector(this.known)),
    })
    const headers = { 'content-type': 'application/octet-stream', 'x-writer': String(userId) }
    return fetch(inEdition(`${address}?lineage=${this.lineage}`), { method: 'POST', body, headers, ...how })
  }

  /** Not everybody comes back in the same moment. */
  private patience({ kind }: Trouble): number {
    const { first, last, signedOut } = TRIES_AGAIN_AFTER
    const longest = kind === 'signed-out' ? signedOut : last
    return Math.min(longest, first * 2 ** (this.failures - 1)) * (0.5 + Math.random() / 2)
  }
}

const whyOf = { offline: 'away', 'signed-out': 'signed-out', outdated: 'refused', failed: 'refused' } as const

async function troubleOf(response: Response): Promise<Trouble> {
  const { status } = response
  const why = await response.json().then(
    (told: unknown) =>
      typeof told === 'object' && told !== null && 'why' in told && typeof told.why === 'string' ? told.why : '',
    () => '',
  )
  if (status === 401 || status === 409) return { kind: 'signed-out', why, again: true }
  if (status === OUTDATED.status) return { kind: 'outdated', why, again: false }
  if (status >= 500) return { kind: 'offline', why: 'the newsroom is temporarily unavailable', again: true }
  return { kind: 'failed', why: why || `the newsroom answered ${status}`, again: false }
}
