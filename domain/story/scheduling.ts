import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { revisions, stories } from '@/db/schema/story'
import { recordHistory } from '../history/recording'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { clockActor } from '../user/user'
import { idField, refuseOverlong } from './copy-form'
import { rewriteKeptDocument } from './document-keeping'
import { refuseAsStale, tellSaved } from './drafting'
import { findDeadLinks } from './link-finding'
import { keepPublication, keepRevision, keepUnpublished, lockStory, markDraftKept } from './keeping'
import { momentInWords, readTypedTime } from './newsroom-time'
import { endReview } from './step-keeping'
import { ended } from './step'
import { finished, schedule } from './story'

const dueFields = {
  /** As `<input type="datetime-local">` sends it, in the zone that stood beside it. */
  due: z.string(),
  timeZone: z.string(),
  /** Which of the two, where the clocks go back. */
  which: z.enum(['first', 'second']).optional().catch(undefined),
}

/**
 * Makes the draft, as it was last saved, what readers see from a time on; anew for a story that is scheduled already.
 * Being on time is a fact of the query (`live_at <= now()`), so nothing that could be late has to run.
 */
export const scheduleStory = operation(
  z.object({ storyId: idField, seenVersion: idField, ...dueFields }),
  async (work, { storyId, seenVersion, ...typed }) => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (seenVersion !== story.draft.version) return refuseAsStale(tx, story)
    const liveAt = dueAt(typed, now)
    const copy = finished(story.draft, await findDeadLinks(tx, story.draft.body))
    refuseOverlong(copy)
    const revisionId = story.draft.keptAsRevisionId ?? (await keepRevision(tx, actor, storyId, copy, now, 'scheduled'))
    const scheduled = schedule(story, copy, revisionId, liveAt)
    await keepPublication(tx, scheduled)
    await markDraftKept(tx, storyId, revisionId)
    await endReview(work, story)
    await rewriteKeptDocument(tx, scheduled, story.draft, story.draft.version)
    await tellSaved(work, story, copy.headline)
    tell({
      type: 'story-scheduled',
      storyId,
      headline: copy.headline,
      sectionId: copy.sectionId,
      liveAt: liveAt.toISOString(),
      inWords: momentInWords(liveAt, typed.timeZone),
      before: story.stage === 'scheduled' ? story.liveAt.toISOString() : null,
      revisionId,
    })
    return { ...scheduled, draft: { ...story.draft, keptAsRevisionId: revisionId }, progress: ended(story.progress) }
  },
)

/** Takes a story that has not gone live yet out of the schedule; its words stay as they are. */
export const cancelSchedule = operation(z.object({ storyId: idField }), async ({ tx, permit, tell }, { storyId }) => {
  const story = await lockStory(tx, storyId)
  permit('story.publish', story)
  if (story.stage !== 'scheduled') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['scheduled'] })
  await keepUnpublished(tx, storyId)
  const { headline } = story.draft
  tell({
    type: 'schedule-cancelled',
    storyId,
    headline,
    sectionId: story.sectionId,
    liveAt: story.liveAt.toISOString(),
  })
})

/** So many are told in one transaction; the rest follow at the next tick. */
const TOLD_AT_ONCE = 100

/**
 * Tells history, once for each story, that its time has come. Called by every server's clock every second: whichever is first tells it
 * (the row is locked while it does), and a `kill -9` in between leaves it untold, for the next one.
 * @returns how many were told
 */
export async function tellWhatWentLive(): Promise<number> {
  return transaction(async (tx) => {
    const due = await tx
      .select({ id: stories.id, headline: revisions.headline, sectionId: stories.sectionId, liveAt: stories.liveAt })
      .from(stories)
      .innerJoin(revisions, eq(revisions.id, stories.liveRevisionId))
      .where(
        sql`${stories.liveAt} <= now() and ${stories.liveAt} is not null and ${stories.toldLiveAt} is distinct from ${stories.liveAt} and ${stories.withdrawnAt} is null`,
      )
      .orderBy(stories.liveAt)
      .limit(TOLD_AT_ONCE)
      .for('update', { of: stories, skipLocked: true })
    for (const { id, headline, sectionId, liveAt } of due) {
      await tx
        .update(stories)
        .set({ toldLiveAt: sql`${stories.liveAt}` })
        .where(eq(stories.id, id))
      const at = liveAt ?? new Date()
      const event = { type: 'story-went-live', storyId: id, headline, sectionId, liveAt: at.toISOString() } as const
      await recordHistory(tx, clockActor, at, [event])
    }
    return due.length
  })
}

/** @throws Refused, with a sentence beside the field */
function dueAt(
  { due, timeZone, which }: { due: string; timeZone: string; which?: 'first' | 'second' },
  now: Date,
): Date {
  const time = readTypedTime(due, timeZone)
  switch (time.kind) {
    case 'unreadable':
      return wrong('due', 'Give a day and a time.')
    case 'never':
      return wrong('due', 'That time does not exist: the clocks go forward in that hour. Choose another.')
    case 'twice':
      if (which === undefined)
        return wrong('which', 'That time comes twice: the clocks go back in that hour. Say which of the two is meant.')
      return inFuture(which === 'first' ? time.first : time.second, now)
    case 'once':
      return inFuture(time.at, now)
  }
}

function inFuture(at: Date, now: Date): Date {
  return at > now ? at : wrong('due', 'That time has passed. Choose a later one, or publish now.')
}

function wrong(field: string, sentence: string): never {
  return refuse({ kind: 'invalid', fields: { [field]: [sentence] } })
}
