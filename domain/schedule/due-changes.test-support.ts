import { eq, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { findStory } from '../story/queries'
import { settleDue } from '../story/settling'
import { aSection, valueOf } from '../newsroom.test-support'
import { saveDraft } from '../story/drafting'
import { aDraft, aLiveHeadline, bodyOf, text } from '../story/story.test-support'
import { toTypedTime } from '../time/newsroom-time'
import type { Operation } from '../operation'
import { cancelStoryChanges, scheduleStoryChanges } from './changing'
import { cancelSchedule, scheduleStory } from './scheduling'
import { cancelUnpublish, scheduleUnpublish } from './unpublishing'

export const HOUR = 3600
export const inSeconds = (seconds: number) => ({
  due: toTypedTime(new Date(Date.now() + seconds * 1000), 'UTC'),
  timeZone: 'UTC',
})

const body = bodyOf(text('It sang of marmalade.'))

/** A live headline with a larger draft in another section. */
export async function aChangedStory() {
  const { editor, section, storyId, form } = await aLiveHeadline()
  const other = await aSection('Reef')
  const word = `quibblefish${section.id}`
  const changes = { headline: `Moon ferry: ${word}`, slug: 'moon-ferry-sings', sectionId: String(other.id), body }
  const { draft } = valueOf(await saveDraft(editor, form(changes)))
  return { editor, section, other, word, storyId, seen: { storyId, seenVersion: draft.version } }
}

export async function aStoryWithDueChanges() {
  const changed = await aChangedStory()
  valueOf(await scheduleStoryChanges(changed.editor, { ...changed.seen, ...inSeconds(HOUR) }))
  return changed
}

/** Scheduled changes that no clock has settled yet. */
export async function aStoryDueNow() {
  const due = await aStoryWithDueChanges()
  await setTimes(due.storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  return due
}

export const visibleStory = async (...args: Parameters<typeof findStory>) => (await findStory(...args))?.story

export async function setTimes(storyId: number, times: PgUpdateSetSource<typeof stories>) {
  await database().update(stories).set(times).where(eq(stories.id, storyId))
}
export const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`

export async function settleEverything() {
  while ((await settleDue()) > 0);
}

/** Each kind of schedule: what is scheduled, the acts, and what their form has beside the time. */
export const schedules: [
  what: string,
  Operation<unknown>,
  Operation<unknown>,
  () => Promise<Record<string, unknown>>,
][] = [
  ['a story', scheduleStory, cancelSchedule, async () => (await aDraft()).seen],
  ['changes', scheduleStoryChanges, cancelStoryChanges, async () => (await aChangedStory()).seen],
  [
    'the end of a story',
    scheduleUnpublish,
    cancelUnpublish,
    async () => ({ storyId: (await aLiveHeadline()).storyId, reason: 'The licence ends.' }),
  ],
]
