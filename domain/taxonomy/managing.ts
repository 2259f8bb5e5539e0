import { and, asc, count, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField, lineField } from '../form/fields'
import { findByNames, findNamed, freeSlug, mergeName, updateName, tables, lockNames, moveStories } from './store'
import { nameKey, MAX_NAME_LENGTH, parseNames, MAX_STORIES_COUNTED, type Named, type NameKind } from '../copy/name'

const nameField = lineField('The name', MAX_NAME_LENGTH)
  .refine((name) => name !== '', 'Give a name.')
  .refine((name) => parseNames(name).length <= 1, 'Commas and semicolons stand between names, so none may be in one.')

/** Renames an author or a topic, and changes its slug. The former slug redirects, and stories with the former name mean the same. */
export const renameNamed = (kind: NameKind) =>
  operation(
    z.object({ namedId: idField, seenName: z.string(), name: nameField }),
    async ({ tx, now, permit, tell, unchanged }, { namedId, seenName, name }): Promise<Named> => {
      permit('names.manage')
      await lockNames(tx)
      const before = await findNamed(tx, kind, namedId)
      if (before.name === name) {
        unchanged()
        return before
      }
      refuseStaleName(before, seenName)
      const holder = (await findByNames(tx, kind, [name])).get(nameKey(name))
      // A former name of another one is free.
      if (holder && holder.id !== namedId && nameKey(holder.name) === nameKey(name))
        return refuse({ kind: 'name-taken', what: kind, name: holder.name })
      const after = { id: namedId, name, slug: await freeSlug(tx, kind, { id: namedId, name }) }
      await updateName(tx, kind, before, after, now)
      tell({
        type: 'name-changed',
        kind,
        namedId,
        name,
        slug: after.slug,
        before: { name: before.name, slug: before.slug },
      })
      return after
    },
  )

/** Merges one into another: its stories, former and present slugs and its name mean the other one from then on. */
export const mergeNamed = (kind: NameKind) =>
  operation(
    z.object({ namedId: idField, seenName: z.string(), into: nameField }),
    async ({ tx, now, permit, tell }, { namedId, seenName, into: typed }): Promise<Named> => {
      permit('names.manage')
      await lockNames(tx)
      const one = await findNamed(tx, kind, namedId)
      refuseStaleName(one, seenName)
      const into = (await findByNames(tx, kind, [typed])).get(nameKey(typed))
      if (!into) return refuseInto(`There is no ${kind} called ${typed}. Write the name of one that is there.`)
      if (into.id === one.id) return refuseInto(`That is this ${kind} itself. Write the name of another one.`)
      await mergeName(tx, kind, one, into, now)
      const stories = await moveStories(tx, kind, one, into)
      tell({ type: 'names-merged', kind, namedId, name: one.name, slug: one.slug, into, stories })
      return into
    },
  )

const refuseInto = (why: string) => refuse({ kind: 'invalid', fields: { into: [why] } })

/** @throws Refused where it was renamed after the page was opened */
function refuseStaleName({ name }: Named, seenName: string) {
  if (name !== seenName)
    refuse({ kind: 'unfit', why: `Somebody renamed ${seenName} to ${name} after you opened this page. Look again.` })
}

const PAGE_SIZE = 100

export type NamedWithStories = Named & { stories: number }

/**
 * Authors or topics by name, each with its number of published stories, up to `MAX_STORIES_COUNTED`.
 * @param after the last id of the page before; null: the first page
 */
export async function listNamed(
  kind: NameKind,
  after: number | null,
): Promise<{ named: NamedWithStories[]; next: number | null }> {
  const { named, storyNames: inStories } = tables[kind]
  const counted = database()
    .select({ one: sql`1`.as('one') })
    .from(inStories)
    .where(eq(inStories.namedId, named.id))
    .limit(MAX_STORIES_COUNTED)
    .as('counted')
  const stories = database()
    .select({ stories: count().as('stories') })
    .from(counted)
    .as('stories')
  const afterCursor =
    after === null
      ? undefined
      : gt(
          sql`(${named.name}, ${named.id})`,
          sql`(select behind.name, behind.id from ${named} behind where behind.id = ${after})`,
        )
  const rows = await database()
    .select({ id: named.id, slug: named.slug, name: named.name, stories: stories.stories })
    .from(named)
    .crossJoinLateral(stories)
    .where(and(isNull(named.mergedIntoId), afterCursor))
    .orderBy(asc(named.name), asc(named.id))
    .limit(PAGE_SIZE + 1)
  const shown = rows.slice(0, PAGE_SIZE).flatMap(({ slug, ...row }) => (slug === null ? [] : [{ ...row, slug }]))
  return { named: shown, next: rows.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null }
}

export const renameAuthor = renameNamed('author')
export const renameTopic = renameNamed('topic')
export const mergeAuthors = mergeNamed('author')
export const mergeTopics = mergeNamed('topic')
