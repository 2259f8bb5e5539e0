import { eq, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { revisions, stories } from '@/db/schema/story'
import { noteFormerPictures } from '../picture/library/use-store'
import { refuse } from '../refusal'
import { indexPublished } from '../search/store'
import {
  type Live,
  type Scheduled,
  type Story,
  type Unpublish,
  type Withdrawn,
  embargoedAt,
  type Embargo,
} from './story'

/**
 * Sets which revision readers see. Only this function, `clearPublication` and settling.ts do.
 * @throws Refused before an embargo ends
 */
export async function updatePublication(tx: Transaction, story: Scheduled | Live | Withdrawn, now: Date) {
  if (story.stage !== 'withdrawn') refuseUnderEmbargo(story, story.liveAt > now ? story.liveAt : now)
  const withdrawn =
    story.stage === 'withdrawn'
      ? { withdrawnAt: story.withdrawnAt, withdrawnReason: story.withdrawnReason }
      : { withdrawnAt: null, withdrawnReason: null }
  const { liveRevisionId, liveAt, sectionId, slug, authorIds, topicIds } = story
  await noteFormerPictures(tx, story.id, now)
  await tx
    .update(stories)
    .set({
      liveRevisionId,
      liveAt,
      // Publishing records a story that is live at once; settling records a scheduled one when it is due.
      recordedLiveAt: story.stage === 'scheduled' ? null : liveAt,
      sectionId,
      slug,
      ...withdrawn,
      ...noDueChanges,
      ...unpublishColumns('unpublish' in story ? story.unpublish : null),
      liveSearchVector: searchVectorOfRevision(liveRevisionId),
      liveHasBody: hasBodyOfRevision(liveRevisionId),
      liveAuthorIds: authorIds,
      liveTopicIds: topicIds,
    })
    .where(eq(stories.id, story.id))
  await indexPublished(tx, [story.id])
}

/** Sets or clears the scheduled changes of a live story. @throws Refused where they are due before an embargo ends */
export async function updateDueChanges(tx: Transaction, story: Live) {
  const { id, due } = story
  if (due !== null) refuseUnderEmbargo(story, due.at)
  const columns = due && {
    dueRevisionId: due.revisionId,
    dueAt: due.at,
    dueSectionId: due.sectionId,
    dueSlug: due.slug,
    dueSearchVector: searchVectorOfRevision(due.revisionId),
    dueHasBody: hasBodyOfRevision(due.revisionId),
    dueDraftVersion: due.draftVersion,
    dueAuthorIds: due.authorIds,
    dueTopicIds: due.topicIds,
  }
  await tx
    .update(stories)
    .set(columns ?? noDueChanges)
    .where(eq(stories.id, id))
  await indexPublished(tx, [id])
}

export async function updateUnpublish(tx: Transaction, storyId: number, unpublish: Unpublish | null) {
  await tx.update(stories).set(unpublishColumns(unpublish)).where(eq(stories.id, storyId))
}

export async function updateEmbargo(tx: Transaction, storyId: number, embargo: Embargo | null) {
  await tx
    .update(stories)
    .set({ embargoUntil: embargo?.until ?? null, embargoNote: embargo?.note ?? null })
    .where(eq(stories.id, storyId))
}

export function refuseUnderEmbargo(story: Story, at: Date) {
  const embargo = embargoedAt(story, at)
  if (embargo !== null) refuse({ kind: 'embargoed', until: embargo.until.toISOString(), note: embargo.note })
}

export const noDueChanges = {
  dueRevisionId: null,
  dueAt: null,
  dueSectionId: null,
  dueSlug: null,
  dueSearchVector: null,
  dueHasBody: null,
  dueDraftVersion: null,
  dueAuthorIds: null,
  dueTopicIds: null,
}

export const unpublishColumns = (unpublish: Unpublish | null) => ({
  unpublishAt: unpublish?.at ?? null,
  unpublishReason: unpublish?.reason ?? null,
})

/** Takes a story that was never live out of the schedule. */
export async function clearPublication(tx: Transaction, storyId: number) {
  const cleared = {
    liveRevisionId: null,
    liveAt: null,
    recordedLiveAt: null,
    sectionId: null,
    slug: null,
    liveSearchVector: null,
    liveHasBody: false,
    liveAuthorIds: [],
    liveTopicIds: [],
    ...unpublishColumns(null),
  }
  await tx.update(stories).set(cleared).where(eq(stories.id, storyId))
  await indexPublished(tx, [storyId])
}

/**
 * Characters of a body that are searched: Postgres refuses a tsvector over 1 MB, a character may have four bytes, and the parts of a
 * hyphenated word are indexed once more.
 */
const MAX_SEARCHED_LENGTH = 100_000

/** The tsvector of readers' search in the build before this one, which may run beside it: headline (A), kicker and standfirst (B), body (D). */
function searchVectorOfRevision(revisionId: number): SQL<string> {
  return sql`(
    select setweight(to_tsvector('english', ${revisions.headline}), 'A')
      || setweight(to_tsvector('english', coalesce(${revisions.kicker}, '') || ' ' || coalesce(${revisions.standfirst}, '')), 'B')
      || setweight(to_tsvector('english', left(coalesce((
          select string_agg(words #>> '{}', ' ') from jsonb_path_query(${revisions.body}, 'strict $.**.text') as words
        ), ''), ${MAX_SEARCHED_LENGTH})), 'D')
    from ${revisions} where ${revisions.id} = ${revisionId})`
}

const hasBodyOfRevision = (revisionId: number) =>
  sql<boolean>`(select ${revisions.hasBody} from ${revisions} where ${revisions.id} = ${revisionId})`
