import { eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database, transaction } from '@/db/client'
import { history } from '@/db/schema/history'
import { stories } from '@/db/schema/story'
import { sentence } from '../history/sentence'
import { aPerson, expectRefusal, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { startStory } from '../story/drafting'
import { aDraft, eventTypesOf, isLive } from '../story/story.test-support'
import { ago, HOUR, inSeconds, settleEverything } from './due-changes.test-support'
import { publishSavedDraft, withdrawStory } from '../story/publishing'
import { cancelSchedule, scheduleStory } from './scheduling'
import { settleDue } from '../story/settling'
import { scheduleUnpublish } from './unpublishing'
import { findUpcoming } from './upcoming-queries'

async function aDueStory() {
  const draft = await aDraft()
  valueOf(await scheduleStory(draft.editor, { ...draft.seen, ...inSeconds(HOUR) }))
  return draft
}

async function letTimeCome(...ids: number[]) {
  await database()
    .update(stories)
    .set({ liveAt: ago(1) })
    .where(inArray(stories.id, ids))
}

test('a scheduled story is live at its time and not before, by the query alone, and is recorded once', async () => {
  const { storyId } = await aDueStory()
  expect(await isLive(storyId)).toBe(false)
  await settleDue()
  expect(await eventTypesOf(storyId)).toEqual(['story-started', 'story-scheduled'])
  await letTimeCome(storyId)
  expect(await isLive(storyId)).toBe(true)
  await settleEverything()
  await settleDue()
  expect((await eventTypesOf(storyId)).filter((type) => type === 'story-went-live')).toHaveLength(1)
})

test('a schedule after the scheduled end drops the end, with an event', async () => {
  const { editor, storyId, seen } = await aDraft()
  const schedule = async (due: string) => valueOf(await scheduleStory(editor, { ...seen, due, timeZone: 'UTC' }))
  await schedule('2099-01-01T10:00')
  const end = { storyId, due: '2099-01-02T10:00', timeZone: 'UTC', reason: 'The licence ends.' }
  valueOf(await scheduleUnpublish(editor, end))
  expect((await schedule('2099-01-01T12:00')).unpublish).not.toBeNull()
  expect((await schedule('2099-01-03T10:00')).unpublish).toBeNull()
  expect((await historyOf(storyId)).slice(-3)).toMatchObject([
    { type: 'story-scheduled' },
    { type: 'story-scheduled' },
    { type: 'unpublish-cancelled', unpublishAt: '2099-01-02T10:00:00.000Z' },
  ])
})

test('many servers at once record every due story once, none twice and none missed', async () => {
  const { editor, section } = await aDraft()
  const sectionId = String(section.id)
  const ids: number[] = []
  for (let count = 0; count < 150; count += 1) {
    const draft = valueOf(await startStory(editor, { headline: `Tin parliament ${count}`, sectionId }))
    valueOf(await scheduleStory(editor, { storyId: draft.id, seenVersion: 1, ...inSeconds(HOUR) }))
    ids.push(draft.id)
  }
  await letTimeCome(...ids)
  await Promise.all([settleEverything(), settleEverything(), settleEverything(), settleEverything()])
  const recorded = await database()
    .select({ storyId: history.storyId })
    .from(history)
    .where(sql`${history.event}->>'type' = 'story-went-live' and ${inArray(history.storyId, ids)}`)
  expect(recorded.map(({ storyId }) => storyId).sort()).toEqual([...ids].sort())
})

test('a clock that is killed while it records an event leaves the story to the next one', async () => {
  const { storyId } = await aDueStory()
  await letTimeCome(storyId)
  await transaction(async (tx) => {
    await tx
      .update(stories)
      .set({ recordedLiveAt: sql`live_at` })
      .where(eq(stories.id, storyId))
    throw new Error('killed')
  }).catch(() => undefined)
  await settleEverything()
  expect((await eventTypesOf(storyId)).at(-1)).toBe('story-went-live')
})

test('a story that is published by hand has no second event by the clock', async () => {
  const { editor, storyId, seen } = await aDueStory()
  valueOf(await publishSavedDraft(editor, seen))
  expect(await isLive(storyId)).toBe(true)
  await settleEverything()
  expect(await eventTypesOf(storyId)).toEqual(['story-started', 'story-scheduled', 'story-published'])
  expect((await historyOf(storyId)).slice(-1).map(sentence)).toEqual(['Published “Moon ferry returns”.'])
})

test('a time that has passed, does not exist or comes twice is refused', async () => {
  const { editor, storyId, seen } = await aDraft()
  const [spring, autumn] = [2, 9].map((month) => lastSundayOf(new Date().getFullYear() + 1, month))
  const twice = { ...seen, due: `${autumn}T02:30`, timeZone: 'Europe/Berlin' }
  for (const [due, fields] of [
    ['2020-01-01T10:00', { due: [expect.stringContaining('has passed')] }],
    ['soon', { due: ['Give a day and a time.'] }],
    [`${spring}T02:30`, { due: [expect.stringContaining('does not exist')] }],
    [twice.due, { which: [expect.stringContaining('comes twice')] }],
  ])
    expectRefusal(await scheduleStory(editor, { ...twice, due }), { kind: 'invalid', fields })
  const scheduled = valueOf(await scheduleStory(editor, { ...twice, which: 'second' }))
  expect(scheduled.liveAt.toISOString()).toBe(`${autumn}T01:30:00.000Z`)
  expect(scheduled.id).toBe(storyId)
})

test('a rescheduled and then cancelled story leaves nothing for readers', async () => {
  const { editor, storyId, seen } = await aDueStory()
  const { liveAt } = valueOf(await scheduleStory(editor, { ...seen, ...inSeconds(2 * HOUR) }))
  const upcoming = async () => (await findUpcoming(editor)).map(({ storyId }) => storyId)
  expect(await upcoming()).toContain(storyId)
  const withdrawn = refusalOf(await withdrawStory(editor, { storyId, reason: 'No ferry.' }))
  expect(withdrawn).toEqual({ kind: 'out-of-turn', stage: 'scheduled', allowed: ['live'] })
  valueOf(await cancelSchedule(editor, { storyId, seenAt: liveAt.toISOString() }))
  expect(await upcoming()).not.toContain(storyId)
  expectRefusal(await cancelSchedule(editor, { storyId }), { kind: 'out-of-turn' })
  expect((await eventTypesOf(storyId)).slice(1)).toEqual(['story-scheduled', 'story-scheduled', 'schedule-cancelled'])
})

test('a reporter may not schedule or cancel; a stale page is refused', async () => {
  const { editor, storyId, seen } = await aDraft()
  const reporter = await aPerson('reporter')
  const due = { ...seen, ...inSeconds(HOUR) }
  expect(refusalOf(await scheduleStory(reporter, due)).kind).not.toBe('invalid')
  expectRefusal(await scheduleStory(editor, { ...due, seenVersion: 9 }), { kind: 'stale' })
  valueOf(await scheduleStory(editor, due))
  expect(refusalOf(await cancelSchedule(reporter, { storyId })).kind).not.toBe('out-of-turn')
  expect(await isLive(storyId)).toBe(false)
})

/** @param month 0 is January; summer time in Europe begins in March and ends in October */
function lastSundayOf(year: number, month: number): string {
  const last = new Date(Date.UTC(year, month + 1, 0))
  last.setUTCDate(last.getUTCDate() - last.getUTCDay())
  return last.toISOString().slice(0, 10)
}
