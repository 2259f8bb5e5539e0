import { and, asc, count, eq, inArray, isNull, like, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { lock, lockShared } from '@/db/locks'
import {
  authors,
  authorSpellings,
  formerAuthorAddresses,
  formerTopicAddresses,
  storyAuthors,
  storyTopics,
  topics,
  topicSpellings,
} from '@/db/schema/taxonomy'
import { refuse } from '../refusal'
import { nameKey, slugForName, type Named, type NameKind } from '../copy/name'

/** The tables of each kind. */
export const tables = {
  author: { named: authors, spellings: authorSpellings, former: formerAuthorAddresses, storyNames: storyAuthors },
  topic: { named: topics, spellings: topicSpellings, former: formerTopicAddresses, storyNames: storyTopics },
} as const

/** Until the transaction ends, nothing is merged or renamed. */
export async function lockNamesShared(tx: Transaction) {
  await lockShared(tx, 'names')
}

/** For merging and renaming: excludes both, and naming, until the transaction ends. */
export async function lockNames(tx: Transaction) {
  await lock(tx, 'names')
  await lockNewNames(tx)
}

export async function lockNewNames(tx: Transaction) {
  await lock(tx, 'newNames')
}

/** The authors or topics with these names, by key; unknown names are left out. */
export async function findByNames(
  db: Database | Transaction,
  kind: NameKind,
  names: readonly string[],
): Promise<Map<string, Named>> {
  const keys = names.map(nameKey)
  if (keys.length === 0) return new Map()
  const { named, spellings } = tables[kind]
  const rows = await db
    .select({ key: spellings.key, id: named.id, slug: named.slug, name: named.name })
    .from(spellings)
    .innerJoin(named, eq(named.id, spellings.namedId))
    .where(inArray(spellings.key, keys))
  return new Map(rows.map(({ key, id, slug, name }) => [key, { id, slug: slug!, name }]))
}

/** The names must be locked. */
export async function insertName(tx: Transaction, kind: NameKind, name: string): Promise<Named> {
  const { named, spellings } = tables[kind]
  const slug = await freeSlug(tx, kind, { id: null, name })
  const [row] = await tx.insert(named).values({ slug, name }).returning({ id: named.id })
  const { id } = row!
  await tx.insert(spellings).values({ key: nameKey(name), namedId: id })
  return { id, slug, name }
}

/** A free slug for a name. A slug that `id` has or had is free for it. */
export async function freeSlug(
  tx: Transaction,
  kind: NameKind,
  { id, name }: { id: number | null; name: string },
): Promise<string> {
  const { named, former } = tables[kind]
  const like_ = `${slugForName(kind, name, new Set())}%`
  const now = await tx.select({ slug: named.slug, id: named.id }).from(named).where(like(named.slug, like_))
  const before = await tx.select({ slug: former.slug, id: former.namedId }).from(former).where(like(former.slug, like_))
  const others = [...now, ...before].filter((row) => row.id !== id)
  return slugForName(kind, name, new Set(others.map(({ slug }) => slug!)))
}

export async function findNamed(tx: Database | Transaction, kind: NameKind, id: number): Promise<Named> {
  const { named } = tables[kind]
  const [row] = await tx
    .select({ id: named.id, slug: named.slug, name: named.name })
    .from(named)
    .where(and(eq(named.id, id), isNull(named.mergedIntoId)))
  return row ? { ...row, slug: row.slug! } : refuse({ kind: 'not-found', what: kind })
}

/** By the given ids; a merged one is what it was merged into. */
export async function findByIds(
  db: Database | Transaction,
  kind: NameKind,
  ids: readonly number[],
): Promise<Map<number, Named>> {
  if (ids.length === 0) return new Map()
  const { named } = tables[kind]
  const rows = await db
    .select({ id: named.id, slug: named.slug, name: named.name, mergedIntoId: named.mergedIntoId })
    .from(named)
    .where(inArray(named.id, [...ids]))
  const mergedInto = rows.flatMap(({ mergedIntoId }) => mergedIntoId ?? [])
  const into = await findByIds(db, kind, mergedInto)
  return new Map(
    rows.flatMap(({ id, slug, name, mergedIntoId }) => {
      const now = mergedIntoId === null ? { id, slug: slug!, name } : into.get(mergedIntoId)
      return now ? [[id, now]] : []
    }),
  )
}

/** By a present or former slug. */
export async function findByAddress(db: Database | Transaction, kind: NameKind, slug: string): Promise<Named | null> {
  const { named, former } = tables[kind]
  const formerOwners = db.select({ id: former.namedId }).from(former).where(eq(former.slug, slug))
  const [row] = await db
    .select({ id: named.id, slug: named.slug, name: named.name })
    .from(named)
    .where(and(isNull(named.mergedIntoId), or(eq(named.slug, slug), inArray(named.id, formerOwners))))
    .orderBy(asc(sql`${named.slug} <> ${slug}`))
    .limit(1)
  return row ? { ...row, slug: row.slug! } : null
}

/** Former spellings go on meaning it, and its former slug redirects. */
export async function updateName(tx: Transaction, kind: NameKind, before: Named, after: Named, now: Date) {
  const { named, spellings, former } = tables[kind]
  const { id, slug, name } = after
  await tx.update(named).set({ slug, name }).where(eq(named.id, id))
  const target = { namedId: id }
  await tx
    .insert(spellings)
    .values({ key: nameKey(name), ...target })
    .onConflictDoUpdate({ target: spellings.key, set: target })
  if (slug === before.slug) return
  await tx.delete(former).where(eq(former.slug, slug))
  await tx.insert(former).values({ slug: before.slug, namedId: id, leftAt: now })
}

/**
 * Lists the stories of one under the other; a story with both is listed once.
 * @returns how many published stories the first one had
 */
export async function moveStories(tx: Transaction, kind: NameKind, one: Named, into: Named): Promise<number> {
  const { storyNames } = tables[kind]
  const alreadyListed = tx.select({ id: storyNames.storyId }).from(storyNames).where(eq(storyNames.namedId, into.id))
  const [moved] = await tx.select({ count: count() }).from(storyNames).where(eq(storyNames.namedId, one.id))
  await tx.delete(storyNames).where(and(eq(storyNames.namedId, one.id), inArray(storyNames.storyId, alreadyListed)))
  await tx.update(storyNames).set({ namedId: into.id }).where(eq(storyNames.namedId, one.id))
  return moved?.count ?? 0
}

/** The spellings, slugs and former merges of one mean the other from now on. */
export async function mergeName(tx: Transaction, kind: NameKind, one: Named, into: Named, now: Date) {
  const { named, spellings, former } = tables[kind]
  const target = { namedId: into.id }
  await tx.update(named).set({ slug: null, mergedIntoId: into.id }).where(eq(named.id, one.id))
  await tx.update(named).set({ mergedIntoId: into.id }).where(eq(named.mergedIntoId, one.id))
  await tx.update(spellings).set(target).where(eq(spellings.namedId, one.id))
  await tx.update(former).set(target).where(eq(former.namedId, one.id))
  await tx.insert(former).values({ slug: one.slug, leftAt: now, ...target })
}
