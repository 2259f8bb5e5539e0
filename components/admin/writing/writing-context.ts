import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Doc } from 'yjs'
import type { Presence, PresenceField } from '@/domain/writing/presence'
import type { PutBack } from '@/domain/writing/words-frame'
import { keepNewScripts } from '../door/kept-scripts'
import type { Asked } from './story-words'
import type { Apart } from './words-apart'

/** How it stands with the words: acknowledged by the newsroom, on their way, or kept on this device until it can be reached. */
export type WordsState =
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  /** `kept`: every word is kept on the device, as far as it knows itself. */
  | { kind: 'offline'; kept: boolean }
  | { kind: 'signed-out'; why: string; kept: boolean }
  /** The page is of an earlier build than the newsroom. */
  | { kind: 'outdated'; why: string; kept: boolean }
  | { kind: 'failed'; why: string; kept: boolean }

/** Whether every word is kept by the newsroom, and as which version of the draft. */
export type Flushed = { ok: true; version: number } | { ok: false; why: 'signed-out' | 'away' | 'refused' }

/** Another person's caret in the body. `place` names a letter, as domain/writing/caret.ts writes it; `moves` counts how often it went elsewhere. */
export type TheirCaret = Pick<Presence, 'person' | 'name'> & {
  key: string
  initials: string
  place: string
  moves: number
}

/** Where people's carets stand in the body: those of others are shown, one's own is told to them. */
export type Carets = {
  theirs: () => readonly TheirCaret[]
  watch: (watcher: () => void) => () => void
  /** @param place finds one's own when it is told */
  follow: (place: () => string | null) => () => void
  /** One's own has moved, perhaps. */
  moved: () => void
}

/** A story's shared document, open in this tab. */
export type Writing = {
  document: Doc
  state: () => WordsState
  /** The number of the version that keeps words written here whose place somebody removed meanwhile; null: there are none. */
  strandedIn: () => number | null
  /** The last time that somebody else put the draft back while it was open here. */
  putBack: () => PutBack | null
  /** Counts what others wrote in the story or did with it, as far as it was heard here, and each time that it may not have been. */
  elsewhere: () => number
  /** Everybody else who has the story open. */
  others: () => readonly Presence[]
  carets: Carets
  /** So many tabs are open that this one asks for others' words now and then, instead of hearing them. */
  isCrowded: () => boolean
  subscribe: (listener: () => void) => () => void
  enter: (field: PresenceField | null) => void
  /** Sends what is not acknowledged, and fetches what others wrote: then the screen shows what the newsroom keeps. */
  flush: () => Promise<Flushed>
  /** Which build of the newsroom answered last; null before one has. */
  build: () => string | null
  /** What this device kept of another document of the story: it cannot be merged. */
  apart: () => Promise<Apart[]>
  /** Are there words that only this tab or this device has, and that are not simply on their way? */
  atRisk: () => boolean
}

/**
 * What was sent by the forms of a page before its document was open. Such words are put into the document by the newsroom: a document that
 * was fetched before would be given them once more by the fields.
 */
export class EarlySaves {
  count = 0
  /** The fields that were saved last. */
  saved: Record<string, string> = {}
  /** The document, from the moment it is up to date: also for forms on a page that does not show it yet. */
  opened: Writing | null = null
  private underWay: Promise<unknown> = Promise.resolve()

  /** @param saves answers whether the fields were saved */
  async note<Answer>(fields: Record<string, string>, saves: Promise<Answer>, isSaved: (answer: Answer) => boolean) {
    this.count += 1
    this.underWay = Promise.allSettled([this.underWay, saves])
    const answer = await saves
    if (isSaved(answer)) this.saved = fields
    return answer
  }

  /** Brings a document that was fetched meanwhile up to what was sent. */
  async letIn(writing: Writing) {
    for (let known = 0; known !== this.count;) {
      await this.underWay
      known = this.count
      await writing.flush()
    }
    this.opened = writing
  }
}

/** What a story's page knows of its document. It stays the same as long as the page does, and tells those who ask for it when the document is open. */
export class StoryPage {
  readonly early = new EarlySaves()
  private asked: Asked | null
  private shown: Writing | null = null
  /** The newsroom is of another build than this page by now. */
  private newer = false
  private readonly watchers = new Set<() => void>()

  /** @param asked what its document waits for, asked for before there is anything to see */
  constructor(asked: Asked | null) {
    this.asked = asked
  }

  /** What was asked for, once: whoever opens the document again asks anew. */
  takeAsked(): Asked | null {
    const { asked } = this
    this.asked = null
    return asked
  }

  /** Null until the document is open. */
  readonly writing = () => this.shown

  readonly watch = (watcher: () => void) => {
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }

  readonly isBehind = () => this.newer

  show(writing: Writing | null) {
    this.shown = writing
    this.tell()
  }

  fallBehind() {
    if (this.newer) return
    this.newer = true
    this.tell()
    keepNewScripts()
  }

  private tell() {
    for (const watcher of this.watchers) watcher()
  }
}

/** Null outside a story's page. */
export const StoryPageContext = createContext<StoryPage | null>(null)

export function useWriting(page: StoryPage | null): Writing | null {
  return useSyncExternalStore(page?.watch ?? never, page?.writing ?? none, none)
}

/** The document of the story's page this stands on; null until it is open, and elsewhere. */
export const usePageWriting = (): Writing | null => useWriting(useContext(StoryPageContext))

/** Whether the page this stands on is of an earlier build than the newsroom. */
export function useBehind(): boolean {
  const page = useContext(StoryPageContext)
  return useSyncExternalStore(page?.watch ?? never, page?.isBehind ?? no, no)
}

const none = () => null
const no = () => false
const never = () => () => undefined

export function useWordsState(writing: Writing | null): WordsState | null {
  const state = () => writing?.state() ?? null
  return useSyncExternalStore(writing?.subscribe ?? never, state, () => null)
}

export function useStrandedIn(writing: Writing | null): number | null {
  const number = () => writing?.strandedIn() ?? null
  return useSyncExternalStore(writing?.subscribe ?? never, number, () => null)
}

export function usePutBack(writing: Writing | null): PutBack | null {
  const putBack = () => writing?.putBack() ?? null
  return useSyncExternalStore(writing?.subscribe ?? never, putBack, () => null)
}

const nobody: readonly Presence[] = []

export function useOthers(writing: Writing | null): readonly Presence[] {
  const others = () => writing?.others() ?? nobody
  return useSyncExternalStore(writing?.subscribe ?? never, others, () => nobody)
}

export function useCrowded(writing: Writing | null): boolean {
  const crowded = () => writing?.isCrowded() ?? false
  return useSyncExternalStore(writing?.subscribe ?? never, crowded, () => false)
}
