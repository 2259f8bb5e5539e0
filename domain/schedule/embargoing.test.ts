import { eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { aPerson, expectRefusal, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { saveDraft } from '../story/drafting'
import { publishDraftHeadline, publishHeadline } from '../story/headline-publishing'
import { publishSavedDraft, publishStory } from '../story/publishing'
import type { Actor } from '../user/user'
import { embargoToken } from '../story/story'
import { aDraft, aLiveHeadline, eventTypesOf, isLive } from '../story/story.test-support'
import { toTypedTime } from '../time/newsroom-time'
import { scheduleStoryChanges } from './changing'
import { HOUR, inSeconds, setTimes } from './due-changes.test-support'
import { embargoStory, liftEmbargo } from './embargoing'
import { scheduleStory } from './scheduling'

const note = 'The Lower Quibble prize committee'

async function aReportersDraft() {
  const [reporter, editor] = [await aPerson('reporter'), await aPerson('editor', 'Edith')]
  const { storyId, form, seen } = await aDraft('Spoon wins prize', reporter)
  return { reporter, editor, storyId, form, seen }
}

async function anEmbargoedStory() {
  const draft = await aReportersDraft()
  const story = valueOf(await embargoStory(draft.reporter, { storyId: draft.storyId, ...inSeconds(HOUR), note }))
  return { ...draft, seenEmbargo: embargoToken(story.embargo) }
}

test('a story under embargo cannot be published or scheduled for before its end, and readers do not see it', async () => {
  const { editor, storyId, form, seen } = await anEmbargoedStory()
  const admin = await aPerson('admin')
  for (const outcome of [
    await publishSavedDraft(editor, seen),
    await publishStory(admin, form()),
    await scheduleStory(editor, { ...seen, ...inSeconds(HOUR / 2) }),
  ])
    expectRefusal(outcome, { kind: 'embargoed', note })
  expect(await isLive(storyId)).toBe(false)
  expect(await eventTypesOf(storyId)).toEqual(['story-started', 'embargo-set'])
})

test('once an embargo has ended, a story can be published', async () => {
  const { editor, seen, storyId } = await anEmbargoedStory()
  const [row] = await database().select({ until: stories.embargoUntil }).from(stories).where(eq(stories.id, storyId))
  const until = row?.until ?? new Date()
  const due = toTypedTime(until, 'UTC')
  expect(valueOf(await scheduleStory(editor, { ...seen, due, timeZone: 'UTC' })).liveAt).toEqual(until)
  const other = await anEmbargoedStory()
  await setTimes(other.storyId, { embargoUntil: sql`now()` })
  valueOf(await publishSavedDraft(other.editor, other.seen))
  expect(await isLive(other.storyId)).toBe(true)
})

test('an editor lifts an embargo with a reason, which the history keeps; a reporter may not', async () => {
  const { reporter, editor, storyId, seen, seenEmbargo } = await anEmbargoedStory()
  const lift = (actor: Actor, reason: string) => liftEmbargo(actor, { storyId, seenEmbargo, reason })
  expect(refusalOf(await lift(reporter, 'Please.'))).toEqual({ kind: 'not-permitted', act: 'story.lift-embargo' })
  const unexplained = { kind: 'invalid', fields: { reason: [expect.stringContaining('Say why')] } }
  expectRefusal(await lift(editor, '  '), unexplained)
  const reason = 'The committee told everybody.'
  valueOf(await lift(editor, reason))
  expect((await historyOf(storyId)).at(-1)).toMatchObject({ type: 'embargo-lifted', until: null, reason })
  expectRefusal(await lift(editor, 'Again.'), { kind: 'unfit' })
  valueOf(await publishSavedDraft(editor, seen))
  expect(await isLive(storyId)).toBe(true)
})

test('everybody who may edit the story may move an embargo later; moving it earlier is lifting it', async () => {
  const { reporter, editor, storyId, seenEmbargo: former } = await anEmbargoedStory()
  const later = { storyId, seenEmbargo: former, ...inSeconds(2 * HOUR), note }
  const { embargo } = valueOf(await embargoStory(reporter, later))
  const earlier = { storyId, seenEmbargo: embargoToken(embargo), ...inSeconds(HOUR), note }
  expectRefusal(await embargoStory(reporter, { ...earlier, reason: 'Please.' }), { kind: 'not-permitted' })
  expectRefusal(await embargoStory(editor, earlier), { kind: 'invalid' })
  valueOf(await embargoStory(editor, { ...earlier, reason: 'They moved the party.' }))
  expect((await historyOf(storyId)).at(-1)).toMatchObject({ type: 'embargo-lifted', reason: 'They moved the party.' })
})

test('an unseen embargo is not lifted or replaced, and the refusal names it', async () => {
  const { editor, storyId, seenEmbargo: mayors } = await anEmbargoedStory()
  const otto = await aPerson('editor', 'Otto')
  const court = { due: '2099-06-01T10:00', timeZone: 'UTC', note: 'The court’s,\r\nby its order' }
  const { embargo } = valueOf(await embargoStory(editor, { storyId, seenEmbargo: mayors, ...court }))
  const before = await historyOf(storyId)
  const [reason, sooner] = ['The mayor has spoken', inSeconds(2 * HOUR)]
  for (const seen of [{ seenEmbargo: mayors }, { seenEmbargo: '' }, {}])
    for (const outcome of [
      await liftEmbargo(otto, { storyId, ...seen, reason }),
      await embargoStory(otto, { storyId, ...seen, ...sooner, note, reason }),
      await embargoStory(otto, { storyId, ...seen, ...court, note }),
    ]) {
      const refusal = refusalOf(outcome)
      expect(refusal.kind === 'unfit' && refusal.why).toMatch(/1 June 2099.*10:00.*The court’s,\s*by its order/su)
    }
  expect(await historyOf(storyId)).toEqual(before)
  // Sent twice, it is the same embargo, and a page that shows it lifts it.
  valueOf(await embargoStory(editor, { storyId, seenEmbargo: mayors, ...court }))
  valueOf(await liftEmbargo(otto, { storyId, seenEmbargo: embargoToken(embargo), reason }))
  valueOf(await embargoStory(otto, { storyId, seenEmbargo: '', ...sooner, note }))
})

test('a page that shows a lifted embargo does not set it again', async () => {
  const { reporter, editor, storyId, seenEmbargo } = await anEmbargoedStory()
  valueOf(await liftEmbargo(editor, { storyId, seenEmbargo, reason: 'The mayor has spoken' }))
  const before = await historyOf(storyId)
  const later = { storyId, ...inSeconds(3 * HOUR), note }
  const lifted = refusalOf(await embargoStory(reporter, { ...later, seenEmbargo }))
  expect(lifted.kind === 'unfit' && lifted.why).toContain('lifted after you opened')
  expect(await historyOf(storyId)).toEqual(before)
  valueOf(await embargoStory(reporter, { ...later, seenEmbargo: '2020-01-01T10:00:00.000Z The mayor’s' }))
})

test('an embargo needs a note and a future end, and the permission to edit the story', async () => {
  const { reporter, storyId } = await aReportersDraft()
  const embargo = { storyId, ...inSeconds(HOUR), note }
  expectRefusal(await embargoStory(reporter, { ...embargo, note: ' ' }), { kind: 'invalid' })
  expectRefusal(await embargoStory(reporter, { ...embargo, ...inSeconds(-HOUR) }), { kind: 'invalid' })
  expectRefusal(await embargoStory(await aPerson('reporter'), embargo), { kind: 'not-found' })
})

test('an embargo is refused while the story is scheduled for before its end', async () => {
  const { editor, storyId, seen } = await aReportersDraft()
  valueOf(await scheduleStory(editor, { ...seen, ...inSeconds(HOUR) }))
  const tooLate = { kind: 'invalid', fields: { due: [expect.stringContaining('scheduled for before that')] } }
  expectRefusal(await embargoStory(editor, { storyId, ...inSeconds(2 * HOUR), note }), tooLate)
  valueOf(await embargoStory(editor, { storyId, ...inSeconds(HOUR / 2), note }))
})

test('under an embargo no changes and no headline of a live story can be published, or scheduled for before its end', async () => {
  const { editor, storyId, form } = await aLiveHeadline('A spoon is to win')
  const { draft } = valueOf(await saveDraft(editor, form({ headline: 'The fork wins' })))
  const seen = { storyId, seenVersion: draft.version }
  valueOf(await embargoStory(editor, { storyId, ...inSeconds(HOUR), note }))
  for (const outcome of [
    await publishSavedDraft(editor, seen),
    await publishDraftHeadline(editor, { storyId, seenHeadline: 'The fork wins' }),
    await publishHeadline(editor, { storyId, seenHeadline: 'The fork wins', headline: 'Fork!' }),
    await scheduleStoryChanges(editor, { ...seen, ...inSeconds(HOUR / 2) }),
  ])
    expectRefusal(outcome, { kind: 'embargoed' })
  expect(await isLive(storyId)).toBe(true)
  valueOf(await scheduleStoryChanges(editor, { ...seen, ...inSeconds(2 * HOUR) }))
})

test('SQL also refuses a publication before the end of an embargo', async () => {
  const { storyId, editor, seen } = await aReportersDraft()
  const scheduled = valueOf(await scheduleStory(editor, { ...seen, ...inSeconds(2 * HOUR) }))
  valueOf(await embargoStory(editor, { storyId, ...inSeconds(HOUR), note }))
  const held = { cause: { code: '23001' } }
  await expect(setTimes(storyId, { liveAt: sql`now()` })).rejects.toMatchObject(held)
  await expect(setTimes(storyId, { liveAt: sql`now() + interval '1 minute'` })).rejects.toMatchObject(held)
  expect(await isLive(storyId)).toBe(false)
  expect(scheduled.stage).toBe('scheduled')
})

test('a server with a fast clock publishes nothing early: the time is that of the database', async () => {
  const { editor, storyId, seen } = await anEmbargoedStory()
  const live = await aLiveHeadline('Fork sulks', editor)
  valueOf(await embargoStory(editor, { storyId: live.storyId, ...inSeconds(HOUR), note }))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * HOUR * 1000 })
  try {
    for (const outcome of [
      await publishSavedDraft(editor, seen),
      await publishHeadline(editor, { storyId: live.storyId, seenHeadline: 'Fork sulks', headline: 'Fork!' }),
    ])
      expectRefusal(outcome, { kind: 'embargoed', note })
  } finally {
    vi.useRealTimers()
  }
  expect(await isLive(storyId)).toBe(false)
})
