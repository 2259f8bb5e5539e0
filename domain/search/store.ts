import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, eq, inArray, isNotNull, isNull, notInArray, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { draftSearch, searchBackfill, storySearch } from '@/db/schema/search'
import { revisions, stories } from '@/db/schema/story'
import type { Copy } from '../copy/copy-fields'
import { findByIds } from '../taxonomy/store'
import { searchedTexts } from './searched-texts'
import { vectorLiteral } from './vector'

/** Indexes the draft as it is saved. A draft that is older than what is indexed changes nothing. */
export async function indexDraft(tx: Transaction, storyId: number, version: number, copy: Copy) {
  await writeDrafts(tx, [{ storyId, version, vector: draftVector(copy) }])
}

/** The names are those that are written: which authors and topics they mean is known at publication. */
const draftVector = (copy: Copy) =>
  vectorLiteral(searchedTexts({ ...copy, body: null }, [...copy.authors, ...copy.topics]))

/**
 * Indexes what readers see of these stories, or will see, and their drafts, as the transaction sees them.
 * @returns whether readers may find other stories now
 */
export async function indexStories(tx: Transaction, storyIds: readonly number[]): Promise<boolean> {
  await indexDrafts(tx, storyIds)
  return indexPublished(tx, storyIds)
}

async function indexDrafts(tx: Transaction, storyIds: readonly number[]) {
  const { storyId, version, headline, kicker, standfirst, dateline, caption, authors, topics } = drafts
  const rows = await tx
    .select({ storyId, version, headline, kicker, standfirst, dateline, caption, authors, topics })
    .from(drafts)
    .leftJoin(draftSearch, eq(draftSearch.storyId, drafts.storyId))
    .where(
      and(
        inArray(drafts.storyId, [...storyIds]),
        or(isNull(draftSearch.version), sql`${draftSearch.version} < ${drafts.version}`),
      ),
    )
    .orderBy(drafts.storyId)
  await writeDrafts(
    tx,
    rows.map(({ storyId, version, authors, topics, ...texts }) => ({
      storyId,
      version,
      vector: vectorLiteral(searchedTexts({ ...texts, body: null }, [...authors, ...topics])),
    })),
  )
}

async function writeDrafts(tx: Transaction, rows: (typeof draftSearch.$inferInsert)[]) {
  if (rows.length === 0) return
  await tx
    .insert(draftSearch)
    .values(rows)
    .onConflictDoUpdate({
      target: draftSearch.storyId,
      set: { version: sql`excluded.version`, vector: sql`excluded.vector` },
      setWhere: sql`excluded.version >= ${draftSearch.version}`,
    })
}

/**
 * The revision that readers see and the one that is due get a row each; rows of other revisions, and of withdrawn stories, go.
 * @returns whether a row is another one now
 */
export async function indexPublished(tx: Transaction, storyIds: readonly number[]): Promise<boolean> {
  const { id: storyId, liveAt, dueRevisionId, liveAuthorIds, liveTopicIds, dueAuthorIds, dueTopicIds } = stories
  const { id: revisionId, headline, kicker, standfirst, dateline, caption, body } = revisions
  const found = await tx
    .select({
      ids: { storyId, liveAt, revisionId },
      names: { dueRevisionId, liveAuthorIds, liveTopicIds, dueAuthorIds, dueTopicIds },
      copy: { headline, kicker, standfirst, dateline, caption, body },
    })
    .from(stories)
    .innerJoin(revisions, sql`${revisions.id} in (${stories.liveRevisionId}, ${stories.dueRevisionId})`)
    .where(and(inArray(stories.id, [...storyIds]), isNotNull(stories.liveAt), isNull(stories.withdrawnAt)))
    .orderBy(stories.id, revisions.id)
  const named = found.map((row) => ({ ...row, ...nameIdsOf(row.names, row.ids.revisionId) }))
  const authors = await findByIds(tx, 'author', [...new Set(named.flatMap(({ authorIds }) => authorIds))])
  const topics = await findByIds(tx, 'topic', [...new Set(named.flatMap(({ topicIds }) => topicIds))])
  const rows: (typeof storySearch.$inferInsert)[] = []
  for (const {
    ids: { storyId, liveAt, revisionId },
    copy,
    authorIds,
    topicIds,
  } of named) {
    const names = [...authorIds.map((id) => authors.get(id)), ...topicIds.map((id) => topics.get(id))]
    const vector = vectorLiteral(
      searchedTexts(
        copy,
        names.flatMap((one) => one?.name ?? []),
      ),
    )
    if (liveAt !== null) rows.push({ storyId, revisionId, liveAt, vector })
    // The process that indexes older stories sends readers' pages too.
    if (named.length > 1) await nextTurn()
  }
  const kept = rows.map((row) => row.revisionId)
  const deleted = await tx
    .delete(storySearch)
    .where(
      and(
        inArray(storySearch.storyId, [...storyIds]),
        kept.length === 0 ? undefined : notInArray(storySearch.revisionId, kept),
      ),
    )
    .returning({ id: storySearch.storyId })
  if (rows.length === 0) return deleted.length > 0
  const written = await tx
    .insert(storySearch)
    .values(rows)
    .onConflictDoUpdate({
      target: [storySearch.storyId, storySearch.revisionId],
      set: { liveAt: sql`excluded.live_at`, vector: sql`excluded.vector` },
      setWhere: sql`(excluded.live_at, excluded.vector) is distinct from (${storySearch.liveAt}, ${storySearch.vector})`,
    })
    .returning({ id: storySearch.storyId })
  return deleted.length + written.length > 0
}

type NameIds = Pick<
  typeof stories.$inferSelect,
  'dueRevisionId' | 'liveAuthorIds' | 'liveTopicIds' | 'dueAuthorIds' | 'dueTopicIds'
>

function nameIdsOf(names: NameIds, revisionId: number): { authorIds: number[]; topicIds: number[] } {
  const isDue = names.dueRevisionId === revisionId
  return {
    authorIds: (isDue ? names.dueAuthorIds : null) ?? names.liveAuthorIds,
    topicIds: (isDue ? names.dueTopicIds : null) ?? names.liveTopicIds,
  }
}

/** Whether stories that are older than the index are still to be indexed. */
export async function isBackfilling(db: Database): Promise<boolean> {
  const [backfill] = await db.select({ throughId: searchBackfill.throughId }).from(searchBackfill)
  return backfill !== undefined && backfill.throughId > 0
}
