import * as Y from 'yjs'
import type { PresenceField } from '@/domain/writing/presence'
import { fromBase64, inEdition, type PutBack, type WordsAnswer } from '@/domain/writing/words-frame'
import { hearSignedIn } from '../door/signed-in-elsewhere'
import { Attendance } from './attendance'
import { Courier, FROM_NEWSROOM, type CourierNews } from './courier'
import { keepOnDevice, lineageOnDevice, placesThere, setAside, takeFromAside, type Places, type Whose } from './device'
import type { KeptHere } from './kept-here'
import { wordsApart } from './words-apart'
import { WordsStream } from './words-stream'
import type { Carets, WordsState, Writing } from './writing-context'

/** While the newsroom does not answer and this device knows nothing of the story, it is asked again after so long. Milliseconds. */
const ASKS_AGAIN_AFTER = 2000

/** @param address of the story's words; those of its stream and of presence begin with it */
export type Opening = Whose & { address: string; signal: AbortSignal }

/** What opening a story waits for: what the newsroom keeps, and in which places this device keeps anything. */
export type Asked = { answer: Promise<WordsAnswer | null>; places: Promise<Places> }

/** Asks for a story's words. It changes nothing, so it may be asked before anybody knows whether the page will be shown. */
export const askForWords = (address: string, signal?: AbortSignal): Asked => ({
  answer: answerFrom(address, signal),
  places: placesThere(),
})

/**
 * Opens a story's document in this tab: what the newsroom keeps, with what this device kept of it.
 * @param early what was asked for before
 */
export async function openStoryWords(opening: Opening, early: Asked | null): Promise<StoryWords | null> {
  for (let asked = early; !opening.signal.aborted; asked = null) {
    const { answer: coming, places } = asked ?? askForWords(opening.address, opening.signal)
    const answer = await coming
    const lineage = answer?.lineage ?? lineageOnDevice(opening)
    if (lineage !== null) {
      const document = new Y.Doc()
      const here = await keepOnDevice(document, opening, { lineage, places: await places })
      if (answer !== null || isWritten(document)) return new StoryWords(opening, { document, lineage, here, answer })
      here.close()
      document.destroy()
    }
    await new Promise((resolve) => setTimeout(resolve, ASKS_AGAIN_AFTER))
  }
  return null
}

async function answerFrom(address: string, signal?: AbortSignal): Promise<WordsAnswer | null> {
  try {
    const response = await fetch(inEdition(address), { signal: signal ?? null, cache: 'no-store' })
    return response.ok ? ((await response.json()) as WordsAnswer) : null
  } catch {
    return null
  }
}

const isWritten = ({ store }: Y.Doc) => store.clients.size > 0

/** Nothing, not even what waits for something that is missing. */
const isEmpty = (document: Y.Doc) =>
  !isWritten(document) && document.store.pendingStructs === null && document.store.pendingDs === null

type Opened = { document: Y.Doc; lineage: string; here: KeptHere; answer: WordsAnswer | null }

/** A story's words in this tab: written here, kept on this device, carried to the newsroom, and those of others heard. */
export class StoryWords implements Writing {
  readonly document: Y.Doc
  readonly carets: Carets
  readonly apart: Writing['apart']
  private readonly here: KeptHere
  /** What had to be laid aside on the device is there. */
  private isAside = true
  private readonly courier: Courier
  private readonly stream: WordsStream
  private readonly attendance: Attendance
  private readonly deafen: () => void
  private readonly listeners = new Set<() => void>()
  private lastPutBack: PutBack | null = null
  private happened = 0
  private isDeaf = false
  private now: WordsState

  constructor(opening: Opening, { document: words, lineage, here, answer }: Opened) {
    const { address } = opening
    const tab = tabName()
    this.document = words
    this.here = here
    this.apart = () => wordsApart(opening, address, lineage)
    const hearPutBack = (putBack: PutBack) => {
      // Whoever did it has been told by the button.
      if (putBack.person === opening.userId) return
      this.lastPutBack = putBack
      this.changed()
    }
    this.courier = new Courier(
      {
        ...opening,
        document: words,
        onNews: () => this.changed(),
        setAside: (update) => void (this.isAside = setAside(opening, lineage, tab, update)),
        along: () => this.attendance.along(),
        onPutBack: hearPutBack,
      },
      lineage,
    )
    this.now = this.look()
    // What earlier tabs could not send any more; before anything comes in that may remove it.
    for (const update of [...takeFromAside(opening, lineage, tab), ...unsentIn(words, answer)])
      this.courier.wrote(update)
    if (answer) this.courier.learn(answer)
    this.now = this.look()
    here.onNews = () => this.changed()
    words.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_NEWSROOM) this.courier.wrote(update)
    })
    this.attendance = new Attendance({
      tab,
      userId: opening.userId,
      address: `${address}/presence`,
      onNews: () => this.changed(),
      isCarried: () => {
        const { pending, trouble } = this.courier.news()
        return pending && trouble === null
      },
      isCrowded: () => this.stream.isCrowded,
    })
    this.carets = this.attendance
    this.stream = new WordsStream(inEdition(`${address}/stream?tab=${tab}`), {
      onOpen: () => {
        this.courier.sync()
        this.attendance.tell()
        if (this.isDeaf) this.happened += 1
        this.isDeaf = false
        this.changed()
      },
      onLost: () => {
        this.isDeaf = true
        this.attendance.deaf()
        this.changed()
      },
      onWords: (heard) => {
        this.courier.heard(heard)
        this.happens()
      },
      onPresence: (presence) => this.attendance.heard(presence),
      onStranded: (stranded) => this.courier.heardStranded(stranded),
      onPutBack: hearPutBack,
      onTold: () => this.happens(),
      onMissed: () => this.courier.sync(),
    })
    window.addEventListener('online', this.back)
    window.addEventListener('focus', this.back)
    window.addEventListener('pagehide', this.leave)
    this.deafen = hearSignedIn(this.back)
  }

  state = () => this.now
  strandedIn = () => this.courier.news().strandedIn
  putBack = () => this.lastPutBack
  elsewhere = () => this.happened
  others = () => this.attendance.present()
  isCrowded = () => this.stream.isCrowded
  build = () => this.courier.build
  flush = () => this.courier.flush()
  enter = (field: PresenceField | null) => this.attendance.enter(field)

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  atRisk = () => {
    const { pending, trouble } = this.courier.news()
    return pending && (trouble !== null || !this.isKept())
  }

  close() {
    window.removeEventListener('online', this.back)
    window.removeEventListener('focus', this.back)
    window.removeEventListener('pagehide', this.leave)
    this.deafen()
    this.stream.close()
    this.attendance.close()
    this.courier.close()
    this.here.close()
    this.document.destroy()
  }

  /** Somebody came back: to the network, or to this tab after signing in in another. */
  private readonly back = () => {
    if (this.courier.news().trouble) this.courier.sync()
  }

  private readonly leave = () => {
    this.courier.leave()
    this.attendance.tell(true)
  }

  private happens() {
    this.happened += 1
    this.changed()
  }

  private readonly isKept = () => this.here.isKept() && this.isAside

  private look = () => stateOf(this.courier.news(), this.isKept())

  private changed() {
    const { pending, trouble } = this.courier.news()
    if (pending && trouble !== null) this.here.bringToDisk()
    const next = this.look()
    if (JSON.stringify(next) !== JSON.stringify(this.now)) this.now = next
    for (const listener of this.listeners) listener()
  }
}

function stateOf({ trouble, pending, savedAt }: CourierNews, kept: boolean): WordsState {
  switch (trouble?.kind) {
    case 'offline':
      return { kind: 'offline', kept }
    case 'signed-out':
      return { kind: 'signed-out', why: trouble.why, kept }
    case 'outdated':
      return { kind: 'outdated', why: trouble.why, kept }
    case 'failed':
      return { kind: 'failed', why: trouble.why, kept }
    case undefined:
      return pending || savedAt === null ? { kind: 'saving' } : { kind: 'saved', at: savedAt }
  }
}

/** What this device has of a story and the newsroom has not. */
function unsentIn(words: Y.Doc, answer: WordsAnswer | null): Uint8Array[] {
  if (answer === null) return [Y.encodeStateAsUpdate(words)]
  if (isEmpty(words)) return []
  const newsrooms = new Y.Doc()
  Y.applyUpdate(newsrooms, fromBase64(answer.missing))
  const before = Y.snapshot(newsrooms)
  const unsent = Y.encodeStateAsUpdate(words, Y.encodeStateVector(newsrooms))
  Y.applyUpdate(newsrooms, unsent)
  const isNews = newsrooms.store.pendingStructs !== null || !Y.equalSnapshots(before, Y.snapshot(newsrooms))
  return isNews ? [unsent] : []
}

const tabName = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
