import { asc, inArray, sql } from 'drizzle-orm'
import { notify } from '@/db/subscription'
import { transaction, type Transaction } from '@/db/client'
import { searchBackfill, searchPending } from '@/db/schema/search'
import { tag } from '../history/tag'
import { indexStories } from './store'

/** Stories of one transaction. After a failure one, and then more again: of very long ones it takes few to reach the deadline of a transaction. */
const MAX_BATCH_SIZE = 20
let batchSize = MAX_BATCH_SIZE

/**
 * Indexes stories that changed, by this build or the one before, and then some that are older than the index, the newest first. Every server calls it;
 * the first one locks the rows, and the others skip them. A `kill -9` leaves them for the next call.
 * @returns how many stories were indexed; 0: there is nothing to do
 */
export async function indexSome(): Promise<number> {
  try {
    const indexed = (await indexPending(batchSize)) || (await indexOlder(batchSize))
    batchSize = Math.min(batchSize * 2, MAX_BATCH_SIZE)
    return indexed
  } catch (error) {
    batchSize = 1
    throw error
  }
}

async function indexPending(limit: number): Promise<number> {
  return transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(searchPending)
      .orderBy(asc(searchPending.id))
      .limit(limit)
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
async function indexOlder(limit: number): Promise<number> {
  return transaction(async (tx) => {
    await tx.execute(sql`set local synchronous_commit = off`)
    const [backfill] = await tx.select().from(searchBackfill).for('update', { skipLocked: true })
    if (backfill === undefined || backfill.throughId === 0) return 0
    const ids = await olderIds(tx, backfill.throughId, limit)
    await indexStories(tx, ids.toReversed())
    const isLast = ids.length < limit
    await tx.update(searchBackfill).set({ throughId: isLast ? 0 : (ids.at(-1) ?? 1) - 1 })
    if (isLast) await notifySearchPages(tx)
    return Math.max(ids.length, 1)
  })
}

async function olderIds(tx: Transaction, throughId: number, limit: number): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from stories where id <= ${throughId} order by id desc limit ${limit}`,
  )
  return rows.map(({ id }) => Number(id))
}

const notifySearchPages = (tx: Transaction) => notify(tx, 'invalidation', JSON.stringify({ tags: [tag.search] }))
