import { eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database, transaction } from '@/db/client'
import { history } from '@/db/schema/history'
import { liveStories } from '@/db/schema/live'
import { stories } from '@/db/schema/story'
import { sentence } from '../history/sentence'
import { aPerson, aSection, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { startStory } from '../story/drafting'
import { toTypedTime } from '../time/newsroom-time'
import { publishSavedDraft, withdrawStory } from '../story/publishing'
import { cancelSchedule, scheduleStory } from './scheduling'
import { settleDue } from '../story/settling'
import { scheduleUnpublish } from './unpublishing'
import { findUpcoming } from './upcoming-queries'

const isLive = async (id: number) =>
  (await database().select({ id: liveStories.id }).from(liveStories).where(eq(liveStories.id, id))).length === 1

const inSeconds = (seconds: number) => toTypedTime(new Date(Date.now() + seconds * 1000), 'UTC')

async function aDraft(headline = 'Moon ferry returns') {
  const [editor, section] = [await aPerson('editor', 'Edith'), await aSection()]
  const story = valueOf(await startStory(editor, { headline, sectionId: String(section.id) }))
  const form = (due: string, more = {}) => ({ storyId: story.id, seenVersion: 1, due, timeZone: 'UTC', ...more })
  return { editor, section, story, form }
}

async function letTimeCome(ids: number[]) {
  await database()
    .update(stories)
    .set({ liveAt: sql`now() - interval '1 second'` })
    .where(inArray(stories.id, ids))
}

test('a scheduled story is live at its time and not before, by the query alone, and is recorded once', async () => {
  const { editor, story, form } = await aDraft()
  valueOf(await scheduleStory(editor, form(inSeconds(3600))))
  expect(await isLive(story.id)).toBe(false)
  await settleDue()
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual(['story-started', 'story-scheduled'])
  await letTimeCome([story.id])
  expect(await isLive(story.id)).toBe(true)
  while ((await settleDue()) > 0);
  await settleDue()
  expect((await historyOf(story.id)).filter(({ type }) => type === 'story-went-live')).toHaveLength(1)
})

test('a schedule after the scheduled end drops the end, with an event', async () => {
  const { editor, story, form } = await aDraft()
  valueOf(await scheduleStory(editor, form('2099-01-01T10:00')))
  const end = { storyId: story.id, due: '2099-01-02T10:00', timeZone: 'UTC', reason: 'The licence ends.' }
  valueOf(await scheduleUnpublish(editor, end))
  expect(valueOf(await scheduleStory(editor, form('2099-01-01T12:00'))).unpublish).not.toBeNull()
  expect(valueOf(await scheduleStory(editor, form('2099-01-03T10:00'))).unpublish).toBeNull()
  expect((await historyOf(story.id)).slice(-3)).toMatchObject([
    { type: 'story-scheduled' },
    { type: 'story-scheduled' },
    { type: 'unpublish-cancelled', unpublishAt: '2099-01-02T10:00:00.000Z' },
  ])
})

test('many servers at once record every due story once, none twice and none missed', async () => {
  const { editor, section } = await aDraft()
  const ids: number[] = []
  for (let count = 0; count < 150; count += 1) {
    const draft = valueOf(
      await startStory(editor, { headline: `Tin parliament ${count}`, sectionId: String(section.id) }),
    )
    valueOf(await scheduleStory(editor, { storyId: draft.id, seenVersion: 1, due: inSeconds(3600), timeZone: 'UTC' }))
    ids.push(draft.id)
  }
  await letTimeCome(ids)
  const server = async () => {
    while ((await settleDue()) > 0);
  }
  await Promise.all([server(), server(), server(), server()])
  const recorded = await database()
    .select({ storyId: history.storyId })
    .from(history)
    .where(sql`${history.event}->>'type' = 'story-went-live' and ${inArray(history.storyId, ids)}`)
  expect(recorded.map(({ storyId }) => storyId).sort()).toEqual([...ids].sort())
})

test('a clock that is killed while it records an event leaves the story to the next one', async () => {
  const { editor, story, form } = await aDraft()
  valueOf(await scheduleStory(editor, form(inSeconds(3600))))
  await letTimeCome([story.id])
  await transaction(async (tx) => {
    await tx
      .update(stories)
      .set({ recordedLiveAt: sql`live_at` })
      .where(eq(stories.id, story.id))
    throw new Error('killed')
  }).catch(() => undefined)
  while ((await settleDue()) > 0);
  expect((await historyOf(story.id)).at(-1)).toMatchObject({ type: 'story-went-live' })
})

test('a story that is published by hand has no second event by the clock', async () => {
  const { editor, story, form } = await aDraft()
  valueOf(await scheduleStory(editor, form(inSeconds(3600))))
  valueOf(await publishSavedDraft(editor, { storyId: story.id, seenVersion: 1 }))
  expect(await isLive(story.id)).toBe(true)
  while ((await settleDue()) > 0);
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual([
    'story-started',
    'story-scheduled',
    'story-published',
  ])
  expect((await historyOf(story.id)).slice(-1).map(sentence)).toEqual(['Published “Moon ferry returns”.'])
})

test('a time that has passed, does not exist or comes twice is refused', async () => {
  const { editor, story, form } = await aDraft()
  const berlin = { timeZone: 'Europe/Berlin' }
  const year = new Date().getFullYear() + 1
  const fieldsOf = async (input: Record<string, unknown>) => {
    const refusal = refusalOf(await scheduleStory(editor, input))
    return refusal.kind === 'invalid' ? refusal.fields : refusal
  }
  expect(await fieldsOf(form('2020-01-01T10:00'))).toMatchObject({ due: [expect.stringContaining('has passed')] })
  expect(await fieldsOf(form('soon'))).toMatchObject({ due: ['Give a day and a time.'] })
  const [spring, autumn] = [lastSundayOf(year, 2), lastSundayOf(year, 9)]
  expect(await fieldsOf(form(`${spring}T02:30`, berlin))).toMatchObject({
    due: [expect.stringContaining('does not exist')],
  })
  expect(await fieldsOf(form(`${autumn}T02:30`, berlin))).toMatchObject({
    which: [expect.stringContaining('comes twice')],
  })
  const scheduled = valueOf(await scheduleStory(editor, form(`${autumn}T02:30`, { ...berlin, which: 'second' })))
  expect(scheduled.liveAt.toISOString()).toBe(`${autumn}T01:30:00.000Z`)
  expect(scheduled.id).toBe(story.id)
})

test('a rescheduled and then cancelled story leaves nothing for readers', async () => {
  const { editor, story, form } = await aDraft()
  valueOf(await scheduleStory(editor, form(inSeconds(3600))))
  const { liveAt } = valueOf(await scheduleStory(editor, form(inSeconds(7200))))
  expect((await findUpcoming(editor)).map(({ storyId }) => storyId)).toContain(story.id)
  expect(refusalOf(await withdrawStory(editor, { storyId: story.id, reason: 'No ferry.' }))).toEqual({
    kind: 'out-of-turn',
    stage: 'scheduled',
    allowed: ['live'],
  })
  valueOf(await cancelSchedule(editor, { storyId: story.id, seenAt: liveAt.toISOString() }))
  expect((await findUpcoming(editor)).map(({ storyId }) => storyId)).not.toContain(story.id)
  expect(refusalOf(await cancelSchedule(editor, { storyId: story.id }))).toMatchObject({ kind: 'out-of-turn' })
  expect((await historyOf(story.id)).map(({ type }) => type).slice(1)).toEqual([
    'story-scheduled',
    'story-scheduled',
    'schedule-cancelled',
  ])
})

test('a reporter may not schedule or cancel; a stale page is refused', async () => {
  const { editor, story, form } = await aDraft()
  const reporter = await aPerson('reporter')
  expect(refusalOf(await scheduleStory(reporter, form(inSeconds(3600)))).kind).not.toBe('invalid')
  expect(refusalOf(await scheduleStory(editor, form(inSeconds(3600), { seenVersion: 9 })))).toMatchObject({
    kind: 'stale',
  })
  valueOf(await scheduleStory(editor, form(inSeconds(3600))))
  expect(refusalOf(await cancelSchedule(reporter, { storyId: story.id })).kind).not.toBe('out-of-turn')
  expect(await isLive(story.id)).toBe(false)
})

/** @param month 0 is January; summer time in Europe begins in March and ends in October */
function lastSundayOf(year: number, month: number): string {
  const last = new Date(Date.UTC(year, month + 1, 0))
  last.setUTCDate(last.getUTCDate() - last.getUTCDay())
  return last.toISOString().slice(0, 10)
}
