import * as Y from 'yjs'
import {
  ALONG,
  BUILD,
  frameInBytes,
  fromBase64,
  inEdition,
  type PutBack,
  type Stranded,
  type WordsAnswer,
  type WordsBehind,
} from '@/domain/writing/words-frame'
import { troubleOf, whyOf, type Trouble } from './courier-trouble'
import type { Flushed } from './writing-context'

/** Words go out this long after the first of them was typed. Milliseconds. */
const GOES_OUT_AFTER = 600

/** An answer that takes longer does not come. Milliseconds. */
const ANSWERS_WITHIN = 15_000

/** After a failure it is tried again after so long, and twice as long each time; signing in again is waited for with less patience. */
const TRIES_AGAIN_AFTER = { first: 1000, last: 30_000, signedOut: 5000 }

/** What came from the newsroom is not sent there again. */
export const FROM_NEWSROOM = 'from the newsroom'

export type CourierNews = {
  trouble: Trouble | null
  pending: boolean
  savedAt: Date | null
  /** The number of the version that keeps words of this tab whose place somebody removed. */
  strandedIn: number | null
}

type Options = {
  document: Y.Doc
  address: string
  userId: number
  onNews: () => void
  /** Keeps on the device what is on its way, before others' removals take it out of the document; empty when all has arrived. */
  setAside: (update: Uint8Array) => void
  /** Somebody put the draft back while this tab did not hear of it. */
  onPutBack?: (putBack: PutBack) => void
  /** What is said along with the words: where this tab is. */
  along?: () => string | null
}

/** Carries words to the newsroom, one load at a time, until each is acknowledged, and brings those of others back. */
export class Courier {
  /** What was written here and is not acknowledged, letter by letter as it was written: the document forgets what others remove. */
  private unsent: Uint8Array[] = []
  private known = new Map<number, number>()
  private hasAll = false
  private hasLearned = false
  private strandedIn: number | null = null
  /** Which build of the newsroom answered last. */
  build: string | null = null
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
    return {
      trouble: this.trouble,
      pending: this.unsent.length > 0,
      savedAt: this.savedAt,
      strandedIn: this.strandedIn,
    }
  }

  /**
   * What the newsroom has, as it said itself.
   * @param counted how far it had counted when it was asked
   */
  learn(answer: WordsAnswer, counted = 0) {
    this.takeIn(fromBase64(answer.missing))
    const vector = Y.decodeStateVector(fromBase64(answer.vector))
    // A newsroom that was brought back from a backup knows less than it did; where only deletions are missing, it has counted less.
    const isBack = answer.sequence < counted
    const forgot = isBack || [...this.known].some(([client, clock]) => (vector.get(client) ?? 0) < clock)
    if (forgot && this.unsent.length === 0)
      this.wrote(Y.encodeStateAsUpdate(this.options.document, fromBase64(answer.vector)))
    this.known = vector
    // What was heard since it was asked is not taken back; but what it tells from now on follows what it has now.
    this.sequence = isBack ? answer.sequence : Math.max(this.sequence, answer.sequence)
    this.version = answer.version
    this.savedAt = new Date(answer.savedAt)
    this.strandedIn = answer.strandedIn ?? this.strandedIn
    // Who has just come sees what is there, and misses nothing.
    if (this.hasLearned && answer.putBack && answer.putBack.sequence > counted) this.options.onPutBack?.(answer.putBack)
    this.hasLearned = true
  }

  /** Somebody wrote here. */
  wrote(update: Uint8Array) {
    this.unsent.push(update)
    if (this.trouble && !this.trouble.again) this.trouble = null
    if (this.timer === undefined && !this.flying) this.goAfter(GOES_OUT_AFTER)
    this.options.onNews()
  }

  /** Somebody wrote elsewhere. */
  heard({ sequence, update }: { sequence: number; update?: string }) {
    if (sequence <= this.sequence) return
    if (update === undefined || sequence > this.sequence + 1) return this.sync()
    const bytes = fromBase64(update)
    this.takeIn(bytes)
    this.sequence = sequence
    for (const [client, clock] of Y.parseUpdateMeta(bytes).to)
      this.known.set(client, Math.max(clock, this.known.get(client) ?? 0))
  }

  /** Somebody took words away that they had not seen. They may be this tab's. */
  heardStranded({ number, writers }: Stranded) {
    if (!writers.includes(this.options.document.clientID)) return
    this.strandedIn = number
    this.options.onNews()
  }

  private takeIn(update: Uint8Array) {
    if (this.unsent.length > 0 && Y.decodeUpdate(update).ds.clients.size > 0)
      this.options.setAside(Y.mergeUpdates(this.unsent))
    Y.applyUpdate(this.options.document, update, FROM_NEWSROOM)
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
    } while (this.unsent.length > 0)
    return { ok: true, version: this.version }
  }

  /** The page goes away: what is not acknowledged is handed to the browser, which sends it when the page is gone. */
  leave() {
    if (this.unsent.length > 0) void this.send({ keepalive: true }).catch(() => undefined)
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
      else if (!this.trouble && this.unsent.length > 0) this.goAfter(GOES_OUT_AFTER)
      this.options.onNews()
    })
    return this.flying
  }

  private async carry() {
    this.trouble = await this.carryOnce()
    this.failures = this.trouble ? this.failures + 1 : 0
  }

  private async carryOnce(): Promise<Trouble | null> {
    const carried = this.unsent.length
    const counted = this.sequence
    let response: Response
    try {
      response = await this.send({ signal: AbortSignal.timeout(ANSWERS_WITHIN) })
      if (!response.ok) return await troubleOf(response)
      this.build = response.headers.get(BUILD)
      const answer = (await response.json()) as WordsAnswer | WordsBehind
      if (!('behind' in answer)) {
        this.unsent.splice(0, carried)
        this.learn(answer, counted)
        this.hasAll = false
        if (this.unsent.length === 0) this.options.setAside(new Uint8Array())
        return null
      }
      this.unsent.unshift(Y.encodeStateAsUpdate(this.options.document, fromBase64(answer.vector)))
      // Where something is missing here as well, this is all there is.
      this.hasAll = true
      return { kind: 'failed', why: 'something did not arrive', again: true }
    } catch {
      return { kind: 'offline', why: 'the newsroom cannot be reached', again: true }
    }
  }

  private send(how: RequestInit): Promise<Response> {
    const { document, address, userId, along } = this.options
    const body = frameInBytes({
      vector: Y.encodeStateVector(document),
      update: this.unsent.length === 0 ? new Uint8Array() : Y.mergeUpdates(this.unsent),
    })
    const said = along?.() ?? null
    const headers = {
      'content-type': 'application/octet-stream',
      'x-writer': String(userId),
      ...(said !== null && { [ALONG]: said }),
    }
    return fetch(inEdition(`${address}?lineage=${this.lineage}${this.hasAll ? '&whole' : ''}`), {
      method: 'POST',
      body,
      headers,
      ...how,
    })
  }

  /** Not everybody comes back in the same moment. */
  private patience({ kind }: Trouble): number {
    const { first, last, signedOut } = TRIES_AGAIN_AFTER
    const longest = kind === 'signed-out' ? signedOut : last
    return Math.min(longest, first * 2 ** (this.failures - 1)) * (0.5 + Math.random() / 2)
  }
}
