import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from '@/db/client'
import { lock } from '@/db/locks'
import { frontPages, frontPageSlots } from '@/db/schema/front-page'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import type { Actor } from '../user/user'
import { arranged, HEADLINES_ON_FRONT_PAGE, type Arrangement } from './front-page'

export async function currentArrangement(db: Database | Transaction): Promise<Arrangement | null> {
  const newest = db.select().from(frontPages).orderBy(desc(frontPages.id)).limit(1).as('newest')
  const rows = await db
    .select()
    .from(newest)
    .leftJoin(frontPageSlots, eq(frontPageSlots.frontPageId, newest.id))
    .orderBy(asc(frontPageSlots.position))
  const page = rows[0]?.newest
  if (!page) return null
  const { id, launchedAt, launchedByName, leadStoryId } = page
  const order = rows.flatMap(({ front_page_slots: slot }) => (slot === null ? [] : [slot.storyId]))
  return { id, launchedAt, launchedByName, leadStoryId, order }
}

export async function lockFrontPage(tx: Transaction) {
  await lock(tx, 'frontPage')
}

/** Former front pages are kept. */
export async function insertFrontPage(
  tx: Transaction,
  actor: Actor,
  { leadStoryId, order }: { leadStoryId: number | null; order: number[] },
  now: Date,
) {
  const [row] = await tx
    .insert(frontPages)
    .values({ leadStoryId, launchedAt: now, launchedById: actor.id, launchedByName: actor.name })
    .returning({ id: frontPages.id })
  const frontPageId = row!.id
  if (order.length > 0)
    await tx.insert(frontPageSlots).values(order.map((storyId, position) => ({ frontPageId, position, storyId })))
}

const headlineColumns = {
  id: liveStories.id,
  headline: liveStories.headline,
  liveAt: liveStories.liveAt,
  sectionName: liveStories.sectionName,
  hasBody: liveStories.hasBody,
}
export type FrontPageHeadline = { id: number; headline: string; liveAt: Date; sectionName: string; hasBody: boolean }

/** The newest live headlines and the arranged ones, in the order of the page. */
export async function headlinesInOrder(
  db: Database | Transaction,
  arrangement: Arrangement | null,
): Promise<FrontPageHeadline[]> {
  const newest = await newestFirst(db).limit(HEADLINES_ON_FRONT_PAGE + 1)
  const known = new Set(newest.map(({ id }) => id))
  const missing = (arrangement?.order ?? []).filter((id) => !known.has(id))
  const placed = missing.length === 0 ? [] : await newestFirst(db, inArray(liveStories.id, missing))
  return arranged([...newest, ...placed], arrangement)
}

const newestFirst = (db: Database | Transaction, where?: SQL) =>
  db.select(headlineColumns).from(liveStories).where(where).orderBy(desc(liveStories.liveAt), desc(liveStories.id))

export async function newestWithBody(db: Database | Transaction): Promise<FrontPageHeadline | null> {
  const [row] = await unionAll(
    newestFirst(db, and(isNotOverdue, eq(liveStories.storedHasBody, true))).limit(1),
    newestFirst(db, and(isOverdue, eq(liveStories.hasBody, true))).limit(1),
  )
    .orderBy(sql`live_at desc, id desc`)
    .limit(1)
  return row ?? null
}

export async function findLiveHeadline(db: Database | Transaction, id: number): Promise<FrontPageHeadline | null> {
  const [row] = await db.select(headlineColumns).from(liveStories).where(eq(liveStories.id, id))
  return row ?? null
}
