import { and, asc, desc, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { stories } from '@/db/schema/story'
import type { Author } from '../author/author'
import type { NewsroomEvent } from '../history/event'
import type { Work } from '../operation'
import { findByNames, holdNames, keepNewName, kept, lockNewNames } from './keeping'
import type { Topic } from '../topic/topic'
import { keyOf, slugForName, type Named, type NamedIds, type NameKind } from './name'

type Names = { authors: readonly string[]; topics: readonly string[] }

/**
 * Who and what the names in a copy are; those that nobody has yet are added, by whoever may write that copy, and history hears of them.
 * From here to the end of the transaction none of them is merged into another.
 */
export async function namedIn({ tx, tell }: Pick<Work, 'tx' | 'tell'>, copy: Names): Promise<NamedIds> {
  const authors = await meant(tx, tell, 'author', copy.authors)
  const topics = await meant(tx, tell, 'topic', copy.topics)
  return { authorIds: authors.map(({ id }) => id), topicIds: topics.map(({ id }) => id) }
}

/** The same for somebody who only looks: those whom nobody has yet are shown as they are written. */
export async function namesAsReadersWouldSee(
  db: Database,
  copy: Names,
): Promise<{ authors: Author[]; topics: Topic[] }> {
  const seen = async (kind: NameKind, names: readonly string[]) => {
    const found = await findByNames(db, kind, names)
    const shown = names.map((name): Named => found.get(keyOf(name)) ?? asWritten(kind, name))
    return shown.filter(({ slug }, at) => shown.findIndex((other) => other.slug === slug) === at)
  }
  return { authors: await seen('author', copy.authors), topics: await seen('topic', copy.topics) }
}

/** How many stories back, and how many of those added last, the names reach that are offered while somebody writes. */
const OFFERED = { stories: 500, added: 100 }

/** Names that somebody who writes may mean: those of the newest stories, and those added last. */
export async function namesInUse(db: Database): Promise<{ authors: string[]; topics: string[] }> {
  const newest = db
    .select({ author: stories.liveAuthorIds, topic: stories.liveTopicIds })
    .from(stories)
    .where(and(isNotNull(stories.liveAt), isNull(stories.withdrawnAt)))
    .orderBy(desc(stories.liveAt), desc(stories.id))
    .limit(OFFERED.stories)
  const inUse = async (kind: NameKind) => {
    const { named } = kept[kind]
    const those = newest.as('newest')
    const added = db.select({ id: named.id }).from(named).orderBy(desc(named.id)).limit(OFFERED.added)
    const rows = await db
      .select({ name: named.name })
      .from(named)
      .where(
        and(
          isNull(named.mergedIntoId),
          or(
            inArray(named.id, db.select({ id: sql<number>`unnest(${those[kind]})` }).from(those)),
            inArray(named.id, added),
          ),
        ),
      )
      .orderBy(asc(named.name))
    return rows.map(({ name }) => name)
  }
  const [authors, topics] = await Promise.all([inUse('author'), inUse('topic')])
  return { authors, topics }
}

const asWritten = (kind: NameKind, name: string): Named => ({ id: 0, slug: slugForName(kind, name, new Set()), name })

async function meant(
  tx: Transaction,
  tell: (event: NewsroomEvent) => void,
  kind: NameKind,
  names: readonly string[],
): Promise<Named[]> {
  if (names.length === 0) return []
  await holdNames(tx)
  let found = await findByNames(tx, kind, names)
  if (names.some((name) => !found.has(keyOf(name)))) {
    await lockNewNames(tx)
    // Somebody may have added one just before.
    found = await findByNames(tx, kind, names)
  }
  for (const name of names) {
    if (found.has(keyOf(name))) continue
    const added = await keepNewName(tx, kind, name)
    found.set(keyOf(name), added)
    tell({ type: 'name-added', kind, namedId: added.id, name, slug: added.slug })
  }
  const meantInOrder = new Map(
    names.flatMap((name) => {
      const one = found.get(keyOf(name))
      return one ? [[one.id, one]] : []
    }),
  )
  return [...meantInOrder.values()]
}
