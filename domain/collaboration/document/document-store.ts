import { eq, getTableColumns, sql } from 'drizzle-orm'
import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import type { Transaction } from '@/db/client'
import { draftDocuments, type PendingHistory } from '@/db/schema/draft'
import type { Copy } from '../../copy/copy-fields'
import type { Story } from '../../story/story'
import { notifyStory } from '../notifications'
import type { SequencedRestoredNotice } from '../protocol'
import { cacheDocument, takeCachedDocument, type CachedDocument } from './document-cache'
import { documentFromCopy, documentFromState, rewriteDocument } from './story-document'

const xmin = sql<string>`${draftDocuments}.xmin::text`
const {
  state: _state,
  formerUntold: _untold,
  formerUntoldSince: _untoldSince,
  formerPutBack: _putBack,
  ...columns
} = getTableColumns(draftDocuments)
const columnsWithoutState = { ...columns, xmin }

/** A row of draft_documents with its document in memory. */
export type StoredDocument = {
  storyId: number
  lineage: string
  sequence: number
  document: Y.Doc
  pendingHistory: Record<string, PendingHistory>
  keptAt: Date
  restoredNotice: SequencedRestoredNotice | null
  /** See `DocumentKey`. */
  xmin: string
  /** Of the encoded state. Bytes. */
  size: number
}

/** Of a locked story. Created from the draft at the first visit; rewritten where a build from before there were documents has saved the draft. */
export async function loadDocument(tx: Transaction, story: Story): Promise<StoredDocument> {
  return (await findDocument(tx, story)) ?? createDocument(tx, story)
}

/**
 * Brings the document, if there is one, up to a draft that was saved without it, and notifies its editors.
 * @param version of that draft
 */
export async function rewriteStoredDocument(tx: Transaction, story: Story, copy: Copy, version: number) {
  const stored = await findDocument(tx, story)
  if (stored === null) return
  const update = captureUpdate(stored.document, () => rewriteDocument(stored.document, copy, slugMayFollow(story)))
  if (version === story.draft.version && update === null) return
  await storeDocument(tx, stored, version, update)
}

/** The changes that `work` makes to a document, as one update; null without changes. */
export function captureUpdate(document: Y.Doc, work: () => void): Uint8Array | null {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => void updates.push(update)
  document.on('update', collect)
  try {
    work()
  } finally {
    document.off('update', collect)
  }
  return updates.length === 0 ? null : Y.mergeUpdates(updates)
}

/** Caches a loaded document that was not changed. */
export const returnToCache = (stored: StoredDocument) => cacheDocument(stored)

/** Writes and caches the document, which must not be changed afterwards, and notifies its editors on every server. */
export async function storeDocument(
  tx: Transaction,
  stored: StoredDocument,
  draftVersion: number,
  update: Uint8Array | null,
  state = Y.encodeStateAsUpdate(stored.document),
): Promise<StoredDocument> {
  const { storyId } = stored
  const sequence = stored.sequence + 1
  const [row] = await tx
    .update(draftDocuments)
    .set({ state, sequence, draftVersion, keptAt: stored.keptAt })
    .where(eq(draftDocuments.storyId, storyId))
    .returning({ xmin })
  if (!row) throw new Error('The document is gone.')
  const encoded = toBase64(update ?? Y.encodeStateAsUpdate(new Y.Doc()))
  await notifyStory(tx, { storyId, sequence, ...(encoded.length <= MAX_UPDATE_LENGTH && { update: encoded }) })
  const next = { ...stored, ...row, sequence, size: state.length }
  cacheDocument(next)
  return next
}

export async function storePendingHistory(tx: Transaction, storyId: number, pending: Record<string, PendingHistory>) {
  const [oldest] = Object.values(pending)
    .map(({ since }) => new Date(since))
    .sort((a, b) => a.getTime() - b.getTime())
  await tx
    .update(draftDocuments)
    .set({ pendingHistory: pending, pendingHistorySince: oldest ?? null })
    .where(eq(draftDocuments.storyId, storyId))
}

async function findDocument(tx: Transaction, story: Story): Promise<StoredDocument | null> {
  const ofStory = eq(draftDocuments.storyId, story.id)
  const [row] = await tx.select(columnsWithoutState).from(draftDocuments).where(ofStory).for('update')
  if (!row) return null
  const stored = { ...row, ...(takeCachedDocument(row) ?? (await readState(tx, story.id))) }
  if (row.draftVersion === story.draft.version) return stored
  const update = captureUpdate(stored.document, () =>
    rewriteDocument(stored.document, story.draft, slugMayFollow(story)),
  )
  return storeDocument(tx, stored, story.draft.version, update)
}

async function readState(tx: Transaction, storyId: number): Promise<CachedDocument> {
  const [row] = await tx
    .select({ state: draftDocuments.state })
    .from(draftDocuments)
    .where(eq(draftDocuments.storyId, storyId))
  if (!row) throw new Error('The document is gone.')
  return { document: documentFromState(row.state), size: row.state.length }
}

async function createDocument(tx: Transaction, story: Story): Promise<StoredDocument> {
  const { draft } = story
  const document = documentFromCopy(draft, slugMayFollow(story))
  const state = Y.encodeStateAsUpdate(document)
  const values = { storyId: story.id, state, draftVersion: draft.version, keptAt: draft.savedAt }
  const [row] = await tx.insert(draftDocuments).values(values).returning(columnsWithoutState)
  if (!row) throw new Error('The document was not stored.')
  return { ...row, document, size: state.length }
}

/** A slug follows its headline until the story is published, and after that only where the field is empty. */
const slugMayFollow = (story: Story) => story.stage === 'draft'

/** Of base64: Postgres limits a notification to less than 8,000 bytes. Editors fetch a longer update. */
const MAX_UPDATE_LENGTH = 6900
