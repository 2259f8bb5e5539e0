import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { z } from 'zod'
import { operation, type Work } from '../../operation'
import { refuse } from '../../refusal'
import { requireSection } from '../../section/store'
import type { Paragraph } from '../../body/blocks/block'
import { BodyLimitExceeded } from '../../body/body-parser'
import { idField } from '../../form/fields'
import { hasKnownSchema, isTooDeep, MAX_DOCUMENT_BYTES, invalidReason } from '../document/validation'
import {
  captureUpdate,
  returnToCache,
  storeDocument,
  storePendingHistory,
  loadDocument,
  type StoredDocument,
} from '../document/document-store'
import { updateDraftRow, lockStory } from '../../story/store'
import {
  findRevisionWithCopy,
  findRevisionWithBlocks,
  keepRevision,
  keepDraftAsRevision,
} from '../../revision/revision-store'
import { reopenReview } from '../../story/progress-store'
import { copyFromDocument } from '../document/story-document'
import type { Copy } from '../../copy/copy-fields'
import { changedFields } from '../../copy/copy'
import { type Draft, type Story } from '../../story/story'
import { textLength } from '../recovery/large-deletion'
import { saveBeforeDeletion } from '../recovery/deletion-store'
import { saveOrphanedText, saveUnseenDeletions } from '../recovery/orphaned-text-store'
import { orphanedText, unseenDeletions } from '../recovery/orphaned-text'
import { withChanges } from './pending-history-store'
import { type SyncResponse, type DivergentCopyResponse, type MissingUpdates } from '../protocol'

const minutes = (count: number) => count * 60 * 1000

/** While somebody writes, the words are kept as a revision at most this often. */
const REVISION_INTERVAL = minutes(10)

/** The document of a story, whole: for whoever begins to write in it. */
export const openDocument = operation(
  z.object({ storyId: idField }),
  async ({ tx, permit, unchanged }, { storyId }) => {
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    unchanged()
    const stored = await loadDocument(tx, story)
    // Whoever got it would take away what they do not know, and the words inside.
    if (!hasKnownSchema(stored.document))
      refuse({
        kind: 'unfit',
        why: 'A newer version of the newsroom wrote in this story. Load the page again in a while.',
      })
    returnToCache(stored)
    return syncResponse(stored, story.draft)
  },
)

const bytes = z.instanceof(Uint8Array)

/**
 * Merges what somebody wrote into the story's document and draft. Nobody is too late: what others wrote meanwhile stays, and comes back with
 * the answer; words whose place is gone are kept in a version. What cannot be a story is refused, and nothing has changed. Readers see nothing of it until somebody publishes.
 * @param whole the sender has nothing more: what it sends is kept also where its beginning is missing, and of another document as a version
 */
export const syncDocument = operation(
  z.object({ storyId: idField, lineage: z.string(), vector: bytes, update: bytes, whole: z.boolean().default(false) }),
  async (
    work,
    { storyId, lineage, vector, update, whole },
  ): Promise<SyncResponse | MissingUpdates | DivergentCopyResponse> => {
    const { tx, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const stored = await loadDocument(tx, story)
    if (stored.lineage !== lineage && !whole) return refuse({ kind: 'other-document' })
    if (stored.lineage !== lineage) {
      returnToCache(stored)
      return { apart: true, number: await saveDivergentCopy(work, story, update) }
    }
    const before = Y.encodeStateVector(stored.document)
    const stateBefore = Y.decodeStateVector(before)
    let unseen: Paragraph[] = []
    const changes = captureUpdate(stored.document, () => {
      unseen = unseenDeletions(stored.document, update, () => merge(stored.document, update))
    })
    if (changes !== null && isTooDeep(stored.document, stateBefore))
      refuse({ kind: 'unfit', why: 'That is no text of a story.' })
    // History hears of it later, in one line (`telling.ts`).
    unchanged()
    if (hasPending(stored.document)) {
      if (!whole) return { behind: true, vector: toBase64(before) }
      dropPending(stored.document)
    }
    const orphaned = update.length === 0 ? [] : orphanedText(update, stored.document, new Map())
    const newlyOrphaned = orphaned.length === 0 ? [] : orphanedText(update, stored.document, stateBefore)
    if (changes === null) returnToCache(stored)
    if (changes === null && orphaned.length === 0) return syncResponse(stored, story.draft, vector)
    const [merged, draft] = changes === null ? [stored, story.draft] : await storeMerged(work, story, stored, changes)
    const now = { ...story, draft }
    if (unseen.length > 0) await saveUnseenDeletions(work, now, unseen)
    if (orphaned.length === 0) return syncResponse(merged, draft, vector)
    // What is not new comes again because an answer was lost on the way: then its writer was not told.
    const strandedIn =
      newlyOrphaned.length > 0
        ? await saveOrphanedText(work, now, newlyOrphaned)
        : await findRevisionWithBlocks(tx, storyId, orphaned)
    return { ...syncResponse(merged, draft, vector), ...(strandedIn !== null && { strandedIn }) }
  },
)

/** What is new in the document becomes the draft. */
async function storeMerged(
  work: Work,
  story: Story,
  stored: StoredDocument,
  changes: Uint8Array,
): Promise<[StoredDocument, Draft]> {
  const { tx, actor, now } = work
  const state = Y.encodeStateAsUpdate(stored.document)
  const copy = validCopy(stored.document, state.length)
  await requireSection(tx, copy.sectionId)
  const changed = changedFields(story.draft, copy)
  const hasRevision = changed.length > 0 && (await saveBeforeDeletion(work, story, copy))
  const isRevisionDue =
    changed.length > 0 && !hasRevision && now.getTime() - stored.keptAt.getTime() >= REVISION_INTERVAL
  // What stood there when the work was taken up again; a revision of its own, to which the draft is not tied.
  if (isRevisionDue && story.draft.keptAsRevisionId === null) await keepDraftAsRevision(tx, actor, story, now)
  const draft = changed.length > 0 ? await updateDraftRow(tx, actor, story, copy, now) : story.draft
  if (changed.length > 0) await reopenReview(work, { ...story, draft })
  const next = { ...stored, keptAt: isRevisionDue || hasRevision ? now : stored.keptAt }
  const merged = await storeDocument(tx, next, draft.version, changes, state)
  if (changed.length > 0)
    await storePendingHistory(
      tx,
      story.id,
      withChanges(stored.untold, actor, { since: now, headline: story.draft.headline, changed }),
    )
  return [merged, draft]
}

/** @throws Refused when the bytes are no update */
function merge(document: Y.Doc, update: Uint8Array) {
  if (update.length > MAX_DOCUMENT_BYTES) refuse({ kind: 'unfit', why: 'That is too much at once.' })
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
async function saveDivergentCopy({ tx, actor, now, tell, unchanged }: Work, story: Story, update: Uint8Array) {
  const document = new Y.Doc()
  merge(document, update)
  dropPending(document)
  const { sectionId, slug } = story.draft
  const copy = { ...validCopy(document, update.length), sectionId, slug }
  unchanged()
  if (textLength(copy) === 0 || changedFields(story.draft, copy).length === 0) return null
  const existing = await findRevisionWithCopy(tx, story.id, copy, 'device')
  if (existing !== null) return existing
  const { number } = await keepRevision(tx, actor, story.id, copy, now, 'device')
  tell({ type: 'words-brought', storyId: story.id, headline: story.draft.headline, number })
  return number
}

/** Something came whose beginning is missing here: the sender thought we had it (before a backup was restored, say). */
const hasPending = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null

/** Nobody has the beginning: what waits for it has no place. */
function dropPending({ store }: Y.Doc) {
  store.pendingStructs = null
  store.pendingDs = null
}

/** @throws Refused when it cannot be the copy of a story */
function validCopy(document: Y.Doc, size: number): Copy {
  const reason = invalidReason(document)
  if (reason !== null) return refuse({ kind: 'unfit', why: reason })
  if (size > MAX_DOCUMENT_BYTES)
    return refuse({ kind: 'unfit', why: 'The story has grown too large to be kept in one piece.' })
  try {
    return copyFromDocument(document)
  } catch (error) {
    if (error instanceof BodyLimitExceeded) return refuse({ kind: 'unfit', why: error.message })
    throw error
  }
}

function syncResponse(stored: StoredDocument, draft: Draft, vector?: Uint8Array): SyncResponse {
  return {
    lineage: stored.lineage,
    version: draft.version,
    sequence: stored.sequence,
    savedAt: draft.savedAt.toISOString(),
    missing: toBase64(updatesSince(stored.document, vector)),
    vector: toBase64(Y.encodeStateVector(stored.document)),
    ...(stored.putBack && { putBack: stored.putBack }),
  }
}

function updatesSince(document: Y.Doc, vector: Uint8Array | undefined): Uint8Array {
  try {
    return Y.encodeStateAsUpdate(document, vector && vector.length > 0 ? vector : undefined)
  } catch {
    return refuse({ kind: 'unfit', why: 'What arrived cannot be read, so nothing was changed.' })
  }
}
