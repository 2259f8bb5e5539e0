import { desc } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { NewsroomEvent } from '../history/event'
import type { Work } from '../operation'
import { findByIds, findByNames, lockNamesShared, insertName, lockNewNames } from './store'
import { nameKey, slugForName, type Named, type NamedIds, type NameKind, type Author, type Topic } from '../copy/name'

type Names = { authors: readonly string[]; topics: readonly string[] }

/** The ids of the names in a copy; new names are added and recorded. No name is merged or renamed until the transaction ends. */
export async function resolveNames({ tx, tell }: Pick<Work, 'tx' | 'tell'>, copy: Names): Promise<NamedIds> {
  const authors = await resolve(tx, tell, 'author', copy.authors)
  const topics = await resolve(tx, tell, 'topic', copy.topics)
  return { authorIds: authors.map(({ id }) => id), topicIds: topics.map(({ id }) => id) }
}

/** The same for a preview: new names are shown as written, and not added. */
export async function previewNames(db: Database, copy: Names): Promise<{ authors: Author[]; topics: Topic[] }> {
  const preview = async (kind: NameKind, names: readonly string[]) => {
    const found = await findByNames(db, kind, names)
    const shown = names.map((name): Named => found.get(nameKey(name)) ?? unsaved(kind, name))
    return shown.filter(({ slug }, at) => shown.findIndex((other) => other.slug === slug) === at)
  }
  return { authors: await preview('author', copy.authors), topics: await preview('topic', copy.topics) }
}

/** Stories whose names are suggested. */
const NEWEST_STORIES = 500

const collator = new Intl.Collator('en')

/** Names to suggest: those of the newest live stories, never of drafts. */
export async function namesInUse(db: Database): Promise<{ authors: string[]; topics: string[] }> {
  const newest = await db
    .select({ authorIds: liveStories.authorIds, topicIds: liveStories.topicIds })
    .from(liveStories)
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(NEWEST_STORIES)
  const inUse = async (kind: NameKind, ids: 'authorIds' | 'topicIds') => {
    const found = await findByIds(db, kind, [...new Set(newest.flatMap((story) => story[ids]))])
    const names = new Set([...found.values()].map(({ name }) => name))
    return [...names].sort((one, other) => collator.compare(one, other))
  }
  const [authors, topics] = await Promise.all([inUse('author', 'authorIds'), inUse('topic', 'topicIds')])
  return { authors, topics }
}

const unsaved = (kind: NameKind, name: string): Named => ({ id: 0, slug: slugForName(kind, name, new Set()), name })

async function resolve(
  tx: Transaction,
  tell: (event: NewsroomEvent) => void,
  kind: NameKind,
  names: readonly string[],
): Promise<Named[]> {
  if (names.length === 0) return []
  await lockNamesShared(tx)
  let found = await findByNames(tx, kind, names)
  if (names.some((name) => !found.has(nameKey(name)))) {
    await lockNewNames(tx)
    // Another transaction may have added one before the lock.
    found = await findByNames(tx, kind, names)
  }
  for (const name of names) {
    if (found.has(nameKey(name))) continue
    const added = await insertName(tx, kind, name)
    found.set(nameKey(name), added)
    tell({ type: 'name-added', kind, namedId: added.id, name, slug: added.slug })
  }
  const resolved = names.flatMap((name) => found.get(nameKey(name)) ?? [])
  return [...new Map(resolved.map((named) => [named.id, named])).values()]
}
