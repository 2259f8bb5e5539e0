import { asc, inArray, sql } from 'drizzle-orm'
import { notify } from '@/db/subscription'
import { transaction, type Transaction } from '@/db/client'
import { searchBackfill, searchPending } from '@/db/schema/search'
import { tag } from '../history/tag'
import { indexStories } from './store'

/** Stories of one transaction: so few that readers’ pages, which the same process sends, wait for no more than some milliseconds. */
const BATCH_SIZE = 20

/**
 * Indexes stories that changed, by this build or the one before, and then some that are older than the index, the newest first. Every server calls it;
 * the first one locks the rows, and the others skip them. A `kill -9` leaves them for the next call.
 * @returns how many stories were indexed; 0: there is nothing to do
 */
export async function indexSome(): Promise<number> {
  return (await indexPending()) || indexOlder()
}

async function indexPending(): Promise<number> {
  return transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(searchPending)
      .orderBy(asc(searchPending.id))
      .limit(BATCH_SIZE)
      .for('update', { skipLocked: true })
    if (rows.length === 0) return 0
    const storyIds = [...new Set(rows.map(({ storyId }) => storyId))].sort((one, other) => one - other)
    // A page of results may have been rendered since the change: the build before, and a new name, leave the index to this.
    if (await indexStories(tx, storyIds)) await notifySearchPages(tx)
    await tx.delete(searchPending).where(
      inArray(
        searchPending.id,
        rows.map(({ id }) => id),
      ),
    )
    return rows.length
  })
}

/** The rows of the batch are lost if Postgres stops within a second, and with them the step: it is done again. */
async function indexOlder(): Promise<number> {
  return transaction(async (tx) => {
    await tx.execute(sql`set local synchronous_commit = off`)
    const [backfill] = await tx.select().from(searchBackfill).for('update', { skipLocked: true })
    if (backfill === undefined || backfill.throughId === 0) return 0
    const ids = await olderIds(tx, backfill.throughId)
    await indexStories(tx, ids.toReversed())
    const isLast = ids.length < BATCH_SIZE
    await tx.update(searchBackfill).set({ throughId: isLast ? 0 : (ids.at(-1) ?? 1) - 1 })
    if (isLast) await notifySearchPages(tx)
    return Math.max(ids.length, 1)
  })
}

async function olderIds(tx: Transaction, throughId: number): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from stories where id <= ${throughId} order by id desc limit ${BATCH_SIZE}`,
  )
  return rows.map(({ id }) => Number(id))
}

const notifySearchPages = (tx: Transaction) => notify(tx, 'invalidation', JSON.stringify({ tags: [tag.search] }))
