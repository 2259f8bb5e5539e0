import * as Y from 'yjs'
import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { sectionMustExist } from '../section/keeping'
import { UnreadableBody, type Paragraph } from '../body/body'
import { idField } from '../story/copy-form'
import { isKnown, isTooDeep, LARGEST_DOCUMENT, unfit } from './document-check'
import {
  changesBy,
  closeUnchanged,
  keepDocument,
  keepUntold,
  openDocument,
  type KeptDocument,
} from './document-keeping'
import { keepProjection, lockStory } from '../story/keeping'
import { findRevisionSaying, findRevisionWith, keepRevision, keepWork } from '../version/revision-keeping'
import { reopenReview } from '../step/step-keeping'
import { copyIn } from './story-document'
import { changedParts, type Copy, type Draft, type Story } from '../story/story'
import { sizeOf } from './lost-words'
import { keepBeforeRemoval } from './removal-keeping'
import { keepStranded, keepUnseen } from './stranded-keeping'
import { strandedWords, unseenWords } from './stranded-words'
import { withMore } from './telling'
import { inBase64, type WordsAnswer, type WordsApart, type WordsBehind } from './words-frame'

const minutes = (count: number) => count * 60 * 1000

/** While somebody writes, the words are kept as a revision at most this often. */
const REVISIONS_APART = minutes(10)

/** The document of a story, whole: for whoever begins to write in it. */
export const openWords = operation(z.object({ storyId: idField }), async ({ tx, permit, unchanged }, { storyId }) => {
  const story = await lockStory(tx, storyId)
  permit('story.edit', story)
  unchanged()
  const kept = await openDocument(tx, story)
  // Whoever got it would take away what they do not know, and the words inside.
  if (!isKnown(kept.document))
    refuse({
      kind: 'unfit',
      why: 'A newer version of the newsroom wrote in this story. Load the page again in a while.',
    })
  closeUnchanged(kept)
  return answer(kept, story.draft)
})

const bytes = z.instanceof(Uint8Array)

/**
 * Merges what somebody wrote into the story's document and draft. Nobody is too late: what others wrote meanwhile stays, and comes back with
 * the answer; words whose place is gone are kept in a version. What cannot be a story is refused, and nothing has changed. Readers see nothing of it until somebody publishes.
 * @param whole the sender has nothing more: what it sends is kept also where its beginning is missing, and of another document as a version
 */
export const keepWords = operation(
  z.object({ storyId: idField, lineage: z.string(), vector: bytes, update: bytes, whole: z.boolean().default(false) }),
  async (work, { storyId, lineage, vector, update, whole }): Promise<WordsAnswer | WordsBehind | WordsApart> => {
    const { tx, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const kept = await openDocument(tx, story)
    if (kept.lineage !== lineage && !whole) return refuse({ kind: 'other-document' })
    if (kept.lineage !== lineage) {
      closeUnchanged(kept)
      return { apart: true, number: await keepApart(work, story, update) }
    }
    const before = Y.encodeStateVector(kept.document)
    const known = Y.decodeStateVector(before)
    let unseen: Paragraph[] = []
    const news = changesBy(kept.document, () => {
      unseen = unseenWords(kept.document, update, () => merge(kept.document, update))
    })
    if (news !== null && isTooDeep(kept.document, known)) refuse({ kind: 'unfit', why: 'That is no text of a story.' })
    // History hears of it later, in one line (`telling.ts`).
    unchanged()
    if (isWaiting(kept.document)) {
      if (!whole) return { behind: true, vector: inBase64(before) }
      letGo(kept.document)
    }
    const gone = update.length === 0 ? [] : strandedWords(update, kept.document, new Map())
    const stranded = gone.length === 0 ? [] : strandedWords(update, kept.document, known)
    if (news === null) closeUnchanged(kept)
    if (news === null && gone.length === 0) return answer(kept, story.draft, vector)
    const [merged, draft] = news === null ? [kept, story.draft] : await keepMerged(work, story, kept, news)
    const now = { ...story, draft }
    if (unseen.length > 0) await keepUnseen(work, now, unseen)
    if (gone.length === 0) return answer(merged, draft, vector)
    // What is not new comes again because an answer was lost on the way: then its writer was not told.
    const strandedIn =
      stranded.length > 0 ? await keepStranded(work, now, stranded) : await findRevisionWith(tx, storyId, gone)
    return { ...answer(merged, draft, vector), ...(strandedIn !== null && { strandedIn }) }
  },
)

/** What is new in the document becomes the draft. */
async function keepMerged(
  work: Work,
  story: Story,
  kept: KeptDocument,
  news: Uint8Array,
): Promise<[KeptDocument, Draft]> {
  const { tx, actor, now } = work
  const state = Y.encodeStateAsUpdate(kept.document)
  const copy = fitCopy(kept.document, state.length)
  await sectionMustExist(tx, copy.sectionId)
  const changed = changedParts(story.draft, copy)
  const isKept = changed.length > 0 && (await keepBeforeRemoval(work, story, copy))
  const isDue = changed.length > 0 && !isKept && now.getTime() - kept.keptAt.getTime() >= REVISIONS_APART
  // What stood there when the work was taken up again; a revision of its own, to which the draft is not tied.
  if (isDue && story.draft.keptAsRevisionId === null) await keepWork(tx, actor, story, now)
  const draft = changed.length > 0 ? await keepProjection(tx, actor, story, copy, now) : story.draft
  if (changed.length > 0) await reopenReview(work, { ...story, draft })
  const next = { ...kept, keptAt: isDue || isKept ? now : kept.keptAt }
  const merged = await keepDocument(tx, next, draft.version, news, state)
  if (changed.length > 0)
    await keepUntold(
      tx,
      story.id,
      withMore(kept.untold, actor, { since: now, headline: story.draft.headline, changed }),
    )
  return [merged, draft]
}

/** @throws Refused when the bytes are no update */
function merge(document: Y.Doc, update: Uint8Array) {
  if (update.length > LARGEST_DOCUMENT) refuse({ kind: 'unfit', why: 'That is too much at once.' })
  if (update.length === 0) return
  try {
    Y.applyUpdate(document, update)
  } catch {
    refuse({ kind: 'unfit', why: 'What arrived cannot be read, so nothing was changed.' })
  }
}

/**
 * What a device kept of another document of this story, from before a backup was brought back. Merged, every word would stand there twice; so it
 * becomes a version, to be compared and restored as any other.
 * @returns its number; null: the draft says the same
 */
async function keepApart({ tx, actor, now, tell, unchanged }: Work, story: Story, update: Uint8Array) {
  const document = new Y.Doc()
  merge(document, update)
  letGo(document)
  const { sectionId, slug } = story.draft
  const copy = { ...fitCopy(document, update.length), sectionId, slug }
  unchanged()
  if (sizeOf(copy) === 0 || changedParts(story.draft, copy).length === 0) return null
  const known = await findRevisionSaying(tx, story.id, copy, 'device')
  if (known !== null) return known
  const { number } = await keepRevision(tx, actor, story.id, copy, now, 'device')
  tell({ type: 'words-brought', storyId: story.id, headline: story.draft.headline, number })
  return number
}

/** Something came whose beginning is missing here: the sender thought we had it (before a backup was restored, say). */
const isWaiting = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null

/** Nobody has the beginning: what waits for it has no place. */
function letGo({ store }: Y.Doc) {
  store.pendingStructs = null
  store.pendingDs = null
}

/** @throws Refused when it cannot be the copy of a story */
function fitCopy(document: Y.Doc, size: number): Copy {
  const why = unfit(document)
  if (why !== null) return refuse({ kind: 'unfit', why })
  if (size > LARGEST_DOCUMENT)
    return refuse({ kind: 'unfit', why: 'The story has grown too large to be kept in one piece.' })
  try {
    return copyIn(document)
  } catch (error) {
    if (error instanceof UnreadableBody) return refuse({ kind: 'unfit', why: error.message })
    throw error
  }
}

function answer(kept: KeptDocument, draft: Draft, vector?: Uint8Array): WordsAnswer {
  return {
    lineage: kept.lineage,
    version: draft.version,
    sequence: kept.sequence,
    savedAt: draft.savedAt.toISOString(),
    missing: inBase64(missingSince(kept.document, vector)),
    vector: inBase64(Y.encodeStateVector(kept.document)),
    ...(kept.putBack && { putBack: kept.putBack }),
  }
}

function missingSince(document: Y.Doc, vector: Uint8Array | undefined): Uint8Array {
  try {
    return Y.encodeStateAsUpdate(document, vector && vector.length > 0 ? vector : undefined)
  } catch {
    return refuse({ kind: 'unfit', why: 'What arrived cannot be read, so nothing was changed.' })
  }
}
