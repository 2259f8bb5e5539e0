import { and, desc, eq, lt } from 'drizzle-orm'
import { database } from '@/db/client'
import { revisions } from '@/db/schema/story'
import type { Copy } from '../copy/copy-fields'
import type { ComparedCopy } from '../revision/comparison'
import type { ComparedSide, CopyRef, Revision } from '../revision/revision'
import { findRevisionCopy, findStoryRevision } from '../revision/store'
import { sectionName } from '../section/store'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { findStoryById } from './store'
import type { Story } from './story'

/** A story with its live copy and the number of the scheduled revision; null where there is none, or none for this person. */
export async function findStory(
  actor: Actor,
  id: number,
): Promise<{ story: Story; liveCopy: Copy | null; dueNumber: number | null } | null> {
  const story = await findStoryById(database(), id)
  if (story === null || !can(actor, 'story.see', story)) return null
  const liveCopy = story.stage === 'draft' ? null : await findRevisionCopy(database(), story.liveRevisionId)
  const due = story.stage === 'live' && story.due
  const scheduled = due ? await findStoryRevision(database(), id, { id: due.revisionId }) : null
  return { story, liveCopy, dueNumber: scheduled?.number ?? null }
}

export const REVISIONS_PER_PAGE = 50

/** One page of a story's versions; `nextCursor` is where the next one begins, null at the end. */
export type RevisionsPage = { story: Story; versions: Revision[]; nextCursor: string | null }

/**
 * The revisions of a story, newest first; null for a person who may not edit it.
 * @param before cursor of an older page; an unreadable one is the beginning
 */
export async function findRevisions(
  actor: Actor,
  storyId: number,
  before: string | null,
): Promise<RevisionsPage | null> {
  const story = await findEditable(actor, storyId)
  if (story === null) return null
  const belowNumber = /^[1-9]\d{0,8}$/u.test(before ?? '') ? Number(before) : null
  const { id, number, keptAt, keptByName, keptBecause, headline, hasBody } = revisions
  const rows = await database()
    .select({ id, number, keptAt, keptByName, keptBecause, headline, hasBody })
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), belowNumber === null ? undefined : lt(revisions.number, belowNumber)))
    .orderBy(desc(revisions.number))
    .limit(REVISIONS_PER_PAGE + 1)
  const versions = rows.slice(0, REVISIONS_PER_PAGE)
  const last = versions.at(-1)
  return { story, versions, nextCursor: rows.length > REVISIONS_PER_PAGE && last ? String(last.number) : null }
}

type Side = ComparedSide & { copy: ComparedCopy }
export type ComparedPair = { story: Story; older: Side; newer: Side }

/** Two versions of a story, the older one first; null where one does not exist, or the person may not edit the story. */
export async function findCompared(
  actor: Actor,
  { storyId, from, to }: { storyId: number; from: CopyRef; to: CopyRef },
): Promise<ComparedPair | null> {
  const story = await findEditable(actor, storyId)
  if (story === null) return null
  const [first, second] = [await findSide(story, from), await findSide(story, to)]
  if (first === null || second === null) return null
  const isInOrder = age(first) <= age(second)
  return { story, older: isInOrder ? first : second, newer: isInOrder ? second : first }
}

async function findEditable(actor: Actor, storyId: number): Promise<Story | null> {
  const story = await findStoryById(database(), storyId)
  return story !== null && can(actor, 'story.edit', story) ? story : null
}

async function findSide(story: Story, ref: CopyRef): Promise<Side | null> {
  if (ref === 'draft') return { ref, revision: null, copy: await withSectionName(story.draft) }
  if (ref === 'live' && story.stage === 'draft') return null
  const by = ref === 'live' ? { id: story.stage === 'draft' ? 0 : story.liveRevisionId } : { number: ref }
  const found = await findStoryRevision(database(), story.id, by)
  if (found === null) return null
  const { copy, ...revision } = found
  return { ref, revision, copy: await withSectionName(copy) }
}

async function withSectionName(copy: Copy): Promise<ComparedCopy> {
  return { ...copy, sectionName: await sectionName(database(), copy.sectionId) }
}

function age({ revision }: ComparedSide): number {
  return revision?.number ?? Infinity
}
