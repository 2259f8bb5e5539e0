import { and, asc, desc, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import { findByAddress, tables } from '@/domain/taxonomy/store'
import type { Named, NameKind } from '@/domain/copy/name'
import type { LiveStory, Page } from '@/domain/story/live-story'
import { ITEMS_PER_FEED, withBodies, type FeedItem } from './feed'
import { listColumns, olderThan, cursorTime, STORIES_ON_A_PAGE, toPage } from './live'

/**
 * The author or topic at an address, current or former; null also if no live story names it, because readers must not learn about unpublished ones.
 * `newest`: one of its live stories.
 */
export async function readNamed(kind: NameKind, slug: string): Promise<{ named: Named; newest: LiveStory } | null> {
  const named = await findByAddress(database(), kind, slug)
  if (named === null) return null
  const [newest] = (await readNamedStories(kind, named, null, 1)).stories
  return newest ? { named, newest } : null
}

/** Newest first, after the cursor’s position. */
export async function readNamedStories(
  kind: NameKind,
  { id }: Named,
  before: string | null,
  size = STORIES_ON_A_PAGE,
): Promise<Page> {
  const { storyNames: inStories } = tables[kind]
  const columns = { ...listColumns, cursorTime: cursorTime(liveStories.liveAt).as('cursor_time') }
  const current = database()
    .select(columns)
    .from(inStories)
    .innerJoin(liveStories, eq(liveStories.id, inStories.storyId))
    .where(and(eq(inStories.namedId, id), isNotOverdue, olderThan(before, inStories.liveAt, inStories.storyId)))
    .orderBy(desc(inStories.liveAt), desc(inStories.storyId))
    .limit(size + 1)
  const overdue = database()
    .select(columns)
    .from(liveStories)
    .where(and(isOverdue, namedIn(kind, sql`${id}`), olderThan(before, liveStories.liveAt, liveStories.id)))
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(size + 1)
  const rows = await unionAll(current, overdue)
    .orderBy(sql`live_at desc, id desc`)
    .limit(size + 1)
  return toPage(rows, size)
}

export async function readNamedFeed(kind: NameKind, named: Named): Promise<FeedItem[]> {
  return withBodies((await readNamedStories(kind, named, null, ITEMS_PER_FEED)).stories)
}

/** The limit for a file of the sitemap (sitemaps.org). */
const ADDRESSES_IN_A_FILE = 50_000

/** Every author or topic with a live story, and one such story. */
export async function readAllNamed(
  kind: NameKind,
): Promise<{ slug: string; story: { id: number; unpublishAt: Date | null } }[]> {
  const { named, storyNames: inStories } = tables[kind]
  const current = database()
    .select({ id: liveStories.id, unpublishAt: liveStories.unpublishAt })
    .from(inStories)
    .innerJoin(liveStories, eq(liveStories.id, inStories.storyId))
    .where(and(eq(inStories.namedId, named.id), isNotOverdue))
    .limit(1)
  const overdue = database()
    .select({ id: liveStories.id, unpublishAt: liveStories.unpublishAt })
    .from(liveStories)
    .where(and(isOverdue, namedIn(kind, named.id)))
    .limit(1)
  const found = unionAll(current, overdue).limit(1).as('found')
  const rows = await database()
    .select({ slug: named.slug, story: { id: found.id, unpublishAt: found.unpublishAt } })
    .from(named)
    .crossJoinLateral(found)
    .where(isNull(named.mergedIntoId))
    .orderBy(asc(named.id))
    .limit(ADDRESSES_IN_A_FILE)
  return rows.flatMap(({ slug, story }) => (slug === null ? [] : [{ slug, story }]))
}

/** Whether a live story has the name, also by one that was merged into it. */
function namedIn(kind: NameKind, id: SQLWrapper) {
  const { named } = tables[kind]
  const ids = kind === 'author' ? liveStories.authorIds : liveStories.topicIds
  const merged = sql`(select array_agg(meant.id) from ${named} meant where meant.id = ${id} or meant.merged_into_id = ${id})`
  return sql`${ids} && ${merged}`
}
