import { eq, getTableColumns, sql } from 'drizzle-orm'
import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import type { Transaction } from '@/db/client'
import { notify } from '@/db/subscription'
import { draftDocuments, type PendingHistory } from '@/db/schema/draft'
import { cacheDocument, takeCachedDocument, type CachedDocument } from './document-cache'
import { documentFromCopy, documentFromState, rewriteDocument } from './story-document'
import type { Copy } from '../../copy/copy-fields'
import type { Story } from '../../story/story'
import type { SequencedRestoredNotice } from '../protocol'

/** The transaction that wrote the row; see `DocumentMark`. */
const writtenBy = sql<string>`${draftDocuments}.xmin::text`
const { state: _, ...columns } = getTableColumns(draftDocuments)
const columnsWithoutState = { ...columns, writtenBy }

/** The document of a story as it is kept, read into memory. */
export type StoredDocument = {
  storyId: number
  lineage: string
  sequence: number
  document: Y.Doc
  untold: Record<string, PendingHistory>
  keptAt: Date
  putBack: SequencedRestoredNotice | null
  /** See `DocumentMark`. */
  writtenBy: string
  /** Of its state in the database. Bytes. */
  size: number
}

/**
 * The document of a story that the transaction has locked; made from the draft at the first visit, and made to say what the draft says
 * where that was saved by a version of ours that knows no documents.
 */
export async function loadDocument(tx: Transaction, story: Story): Promise<StoredDocument> {
  return (await findDocument(tx, story)) ?? createDocument(tx, story)
}

/**
 * Makes the document, if there is one, say what was saved otherwise: by the form, from a list, from an earlier version. Others are told.
 * @param version the draft's, that says the same
 */
export async function rewriteStoredDocument(tx: Transaction, story: Story, copy: Copy, version: number) {
  const stored = await findDocument(tx, story)
  if (stored === null) return
  const update = captureUpdate(stored.document, () => rewriteDocument(stored.document, copy, slugMayFollow(story)))
  if (version === story.draft.version && update === null) return
  await storeDocument(tx, stored, version, update)
}

/** What some work changes in a document, and nothing else, as one update; null when it changes nothing. */
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

/** Nothing of an opened document was changed: it need not be read again. */
export const returnToCache = (stored: StoredDocument) => cacheDocument(stored)

/**
 * Writes the document, and tells everybody who writes in it, on every server, what is new. Nobody changes it afterwards.
 * @returns it as it is kept now
 */
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
    .returning({ writtenBy })
  if (!row) throw new Error('The document is gone.')
  const notification = { storyId, sequence, update: toBase64(update ?? Y.encodeStateAsUpdate(new Y.Doc())) }
  await notify(tx, 'collaboration', notificationPayload(notification))
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
    .set({ untold: pending, untoldSince: oldest ?? null })
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
  if (!row) throw new Error('The document was not kept.')
  return { ...row, document, size: state.length }
}

/** An address follows its headline until readers know it; from then on only if somebody empties the field. */
const slugMayFollow = (story: Story) => story.stage === 'draft'

/** Postgres refuses a notification of 8,000 bytes or more; what is longer is fetched by those who need it. */
const MAX_NOTIFICATION_LENGTH = 7000

function notificationPayload(notification: { storyId: number; sequence: number; update: string }): string {
  const whole = JSON.stringify(notification)
  return whole.length <= MAX_NOTIFICATION_LENGTH ? whole : JSON.stringify({ ...notification, update: undefined })
}
