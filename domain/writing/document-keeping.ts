import { eq, getTableColumns, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Transaction } from '@/db/client'
import { draftDocuments, type Untold } from '@/db/schema/draft'
import { rememberDocument, takeDocument, type Remembered } from './document-memory'
import { documentOf, documentWith, rewriteDocument } from './story-document'
import type { Copy, Story } from '../story/story'
import { inBase64, type CountedPutBack } from './words-frame'

/** The transaction that wrote the row; see `DocumentMark`. */
const writtenBy = sql<string>`${draftDocuments}.xmin::text`
const { state: _, ...columns } = getTableColumns(draftDocuments)
const allButState = { ...columns, writtenBy }

/** The document of a story as it is kept, read into memory. */
export type KeptDocument = {
  storyId: number
  lineage: string
  sequence: number
  document: Y.Doc
  untold: Record<string, Untold>
  keptAt: Date
  putBack: CountedPutBack | null
  /** See `DocumentMark`. */
  writtenBy: string
  /** Of its state in the database. Bytes. */
  size: number
}

/**
 * The document of a story that the transaction has locked; made from the draft at the first visit, and made to say what the draft says
 * where that was saved by a version of ours that knows no documents.
 */
export async function openDocument(tx: Transaction, story: Story): Promise<KeptDocument> {
  return (await findDocument(tx, story)) ?? makeDocument(tx, story)
}

/**
 * Makes the document, if there is one, say what was saved otherwise: by the form, from a list, from an earlier version. Others are told.
 * @param version the draft's, that says the same
 */
export async function rewriteKeptDocument(tx: Transaction, story: Story, copy: Copy, version: number) {
  const kept = await findDocument(tx, story)
  if (kept === null) return
  const update = changesBy(kept.document, () => rewriteDocument(kept.document, copy, mayFollow(story)))
  if (version === story.draft.version && update === null) return
  await keepDocument(tx, kept, version, update)
}

/** What some work changes in a document, and nothing else, as one update; null when it changes nothing. */
export function changesBy(document: Y.Doc, work: () => void): Uint8Array | null {
  const updates: Uint8Array[] = []
  const hear = (update: Uint8Array) => void updates.push(update)
  document.on('update', hear)
  try {
    work()
  } finally {
    document.off('update', hear)
  }
  return updates.length === 0 ? null : Y.mergeUpdates(updates)
}

/** Nothing of an opened document was changed: it need not be read again. */
export const closeUnchanged = (kept: KeptDocument) => rememberDocument(kept)

/**
 * Writes the document, and tells everybody who writes in it, on every server, what is new. Nobody changes it afterwards.
 * @returns it as it is kept now
 */
export async function keepDocument(
  tx: Transaction,
  kept: KeptDocument,
  draftVersion: number,
  update: Uint8Array | null,
  state = Y.encodeStateAsUpdate(kept.document),
): Promise<KeptDocument> {
  const { storyId } = kept
  const sequence = kept.sequence + 1
  const [row] = await tx
    .update(draftDocuments)
    .set({ state, sequence, draftVersion, keptAt: kept.keptAt })
    .where(eq(draftDocuments.storyId, storyId))
    .returning({ writtenBy })
  if (!row) throw new Error('The document is gone.')
  const notice = { storyId, sequence, update: inBase64(update ?? Y.encodeStateAsUpdate(new Y.Doc())) }
  await tx.execute(sql`select pg_notify('words', ${withinLimit(notice)})`)
  const next = { ...kept, ...row, sequence, size: state.length }
  rememberDocument(next)
  return next
}

export async function keepUntold(tx: Transaction, storyId: number, untold: Record<string, Untold>) {
  const [oldest] = Object.values(untold)
    .map(({ since }) => new Date(since))
    .sort((a, b) => a.getTime() - b.getTime())
  await tx
    .update(draftDocuments)
    .set({ untold, untoldSince: oldest ?? null })
    .where(eq(draftDocuments.storyId, storyId))
}

async function findDocument(tx: Transaction, story: Story): Promise<KeptDocument | null> {
  const ofStory = eq(draftDocuments.storyId, story.id)
  const [row] = await tx.select(allButState).from(draftDocuments).where(ofStory).for('update')
  if (!row) return null
  const kept = { ...row, ...(takeDocument(row) ?? (await readDocument(tx, story.id))) }
  if (row.draftVersion === story.draft.version) return kept
  const update = changesBy(kept.document, () => rewriteDocument(kept.document, story.draft, mayFollow(story)))
  return keepDocument(tx, kept, story.draft.version, update)
}

async function readDocument(tx: Transaction, storyId: number): Promise<Remembered> {
  const [row] = await tx
    .select({ state: draftDocuments.state })
    .from(draftDocuments)
    .where(eq(draftDocuments.storyId, storyId))
  if (!row) throw new Error('The document is gone.')
  return { document: documentWith(row.state), size: row.state.length }
}

async function makeDocument(tx: Transaction, story: Story): Promise<KeptDocument> {
  const { draft } = story
  const document = documentOf(draft, mayFollow(story))
  const state = Y.encodeStateAsUpdate(document)
  const made = { storyId: story.id, state, draftVersion: draft.version, keptAt: draft.savedAt }
  const [row] = await tx.insert(draftDocuments).values(made).returning(allButState)
  if (!row) throw new Error('The document was not kept.')
  return { ...row, document, size: state.length }
}

/** An address follows its headline until readers know it; from then on only if somebody empties the field. */
const mayFollow = (story: Story) => story.stage === 'draft'

/** Postgres refuses a notification of 8,000 bytes or more; what is longer is fetched by those who need it. */
const LONGEST_NOTICE = 7000

function withinLimit(notice: { storyId: number; sequence: number; update: string }): string {
  const whole = JSON.stringify(notice)
  return whole.length <= LONGEST_NOTICE ? whole : JSON.stringify({ ...notice, update: undefined })
}
