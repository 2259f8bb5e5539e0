import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { z } from 'zod'
import type { Paragraph } from '../../body/blocks/block'
import { BodyLimitExceeded } from '../../body/body-parser'
import { changedFields } from '../../copy/copy'
import type { Copy } from '../../copy/copy-fields'
import { idField } from '../../form/fields'
import { operation, type Work } from '../../operation'
import { refuse } from '../../refusal'
import { findRevisionWithBlocks, findRevisionWithCopy, keepDraftAsRevision, keepRevision } from '../../revision/store'
import { requireSection } from '../../section/store'
import { lockStory, updateDraftRow } from '../../story/store'
import type { Draft, Story } from '../../story/story'
import { reopenReview } from '../../story/progress-store'
import {
  captureUpdate,
  loadDocument,
  returnToCache,
  storeDocument,
  storePendingHistory,
  type StoredDocument,
} from '../document/document-store'
import { copyFromDocument } from '../document/story-document'
import { hasKnownSchema, invalidReason, isTooDeep, MAX_DOCUMENT_BYTES } from '../document/validation'
import type { DivergentCopyResponse, MissingUpdates, SyncResponse } from '../protocol'
import { saveBeforeDeletion } from '../recovery/deletion-store'
import { textLength } from '../recovery/large-deletion'
import { orphanedText, unseenDeletions } from '../recovery/orphaned-text'
import { saveOrphanedText, saveUnseenDeletions } from '../recovery/orphaned-text-store'
import { withChanges } from './pending-history-store'

const minutes = (count: number) => count * 60 * 1000

/** Of the revisions that are saved while somebody writes. */
const REVISION_INTERVAL = minutes(10)

/** The whole document of a story. */
export const openDocument = operation(
  z.object({ storyId: idField }),
  async ({ tx, permit, unchanged }, { storyId }) => {
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    unchanged()
    const stored = await loadDocument(tx, story)
    // The editor would delete unknown nodes.
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
 * Merges an update into the story's document and draft, and returns what the sender lacks. Text that cannot be merged is saved in a revision.
 * An invalid document is refused without any change.
 * @param whole the sender has nothing else: an update that depends on missing ones is merged as far as possible, one of another lineage is saved as a revision
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
      return { isDivergent: true, number: await saveDivergentCopy(work, story, update) }
    }
    const before = Y.encodeStateVector(stored.document)
    const stateBefore = Y.decodeStateVector(before)
    let unseen: Paragraph[] = []
    const changes = captureUpdate(stored.document, () => {
      unseen = unseenDeletions(stored.document, update, () => merge(stored.document, update))
    })
    if (changes !== null && isTooDeep(stored.document, stateBefore))
      refuse({ kind: 'unfit', why: 'That is no text of a story.' })
    // Recorded in history later (`pending-history-store.ts`).
    unchanged()
    if (hasPending(stored.document)) {
      if (!whole) return { lacksUpdates: true, vector: toBase64(before) }
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
    // Known orphaned text arrives again where the response was lost, so that its writer has not been notified.
    const orphanedIn =
      newlyOrphaned.length > 0
        ? await saveOrphanedText(work, now, newlyOrphaned)
        : await findRevisionWithBlocks(tx, storyId, orphaned)
    return { ...syncResponse(merged, draft, vector), ...(orphanedIn !== null && { orphanedIn }) }
  },
)

/** Stores the document, and the draft that follows from it. */
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
  // The draft before the update; the new draft does not refer to this revision.
  if (isRevisionDue && story.draft.keptAsRevisionId === null) await keepDraftAsRevision(tx, actor, story, now)
  const draft = changed.length > 0 ? await updateDraftRow(tx, actor, story, copy, now) : story.draft
  if (changed.length > 0) await reopenReview(work, { ...story, draft })
  const next = { ...stored, keptAt: isRevisionDue || hasRevision ? now : stored.keptAt }
  const merged = await storeDocument(tx, next, draft.version, changes, state)
  if (changed.length > 0)
    await storePendingHistory(
      tx,
      story.id,
      withChanges(stored.pendingHistory, actor, { since: now, headline: story.draft.headline, changed }),
    )
  return [merged, draft]
}

/** @throws Refused for an invalid update */
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
 * Saves a local copy of another lineage, from before a restored backup, as a revision: merging it would insert all text twice.
 * @returns the number of the revision; null where the draft has the same text
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

/** The update depends on others that are missing here, after a restored backup for example. */
const hasPending = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null

/** Their dependencies no longer exist anywhere. */
function dropPending({ store }: Y.Doc) {
  store.pendingStructs = null
  store.pendingDs = null
}

/** @throws Refused where the document is not a valid copy */
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
    ...(stored.restoredNotice && { restoredNotice: stored.restoredNotice }),
  }
}

function updatesSince(document: Y.Doc, vector: Uint8Array | undefined): Uint8Array {
  try {
    return Y.encodeStateAsUpdate(document, vector && vector.length > 0 ? vector : undefined)
  } catch {
    return refuse({ kind: 'unfit', why: 'What arrived cannot be read, so nothing was changed.' })
  }
}
