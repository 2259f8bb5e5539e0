import { eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from './changing'
import { saveDraft, startStory } from '../story/drafting'
import { embargoToken } from '../story/story'
import { embargoStory, liftEmbargo } from './embargoing'
import { toTypedTime } from '../time/newsroom-time'
import { publishDraftHeadline, publishHeadline } from '../story/headline-publishing'
import { publishNewHeadline, publishSavedDraft, publishStory } from '../story/publishing'
import { scheduleStory } from './scheduling'

const HOUR = 3600
const inSeconds = (seconds: number) => ({
  due: toTypedTime(new Date(Date.now() + seconds * 1000), 'UTC'),
  timeZone: 'UTC',
})
const note = 'The Lower Quibble prize committee'
const isLive = async (id: number) =>
  (await database().select({ id: liveStories.id }).from(liveStories).where(eq(liveStories.id, id))).length === 1

async function aDraft() {
  const [reporter, editor, section] = [await aPerson('reporter'), await aPerson('editor', 'Edith'), await aSection()]
  const { id: storyId } = valueOf(
    await startStory(reporter, { headline: 'Spoon wins prize', sectionId: String(section.id) }),
  )
  return { reporter, editor, section, storyId, seen: { storyId, seenVersion: 1 } }
}

async function anEmbargoedStory() {
  const draft = await aDraft()
  const story = valueOf(await embargoStory(draft.reporter, { storyId: draft.storyId, ...inSeconds(HOUR), note }))
  return { ...draft, seenEmbargo: embargoToken(story.embargo) }
}

const letEnd = (storyId: number) =>
  database()
    .update(stories)
    .set({ embargoUntil: sql`now()` })
    .where(eq(stories.id, storyId))

test('a story under embargo cannot be published or scheduled for before its end, and readers do not see it', async () => {
  const { editor, section, storyId, seen } = await anEmbargoedStory()
  const form = storyFields({ storyId: String(storyId), seenVersion: '1', sectionId: String(section.id) })
  const admin = await aPerson('admin')
  for (const outcome of [
    await publishSavedDraft(editor, seen),
    await publishStory(admin, form),
    await scheduleStory(editor, { ...seen, ...inSeconds(HOUR / 2) }),
  ])
    expect(refusalOf(outcome)).toMatchObject({ kind: 'embargoed', note })
  expect(await isLive(storyId)).toBe(false)
  expect((await historyOf(storyId)).map(({ type }) => type)).toEqual(['story-started', 'embargo-set'])
})

test('once an embargo has ended, a story can be published', async () => {
  const { editor, seen, storyId } = await anEmbargoedStory()
  const [row] = await database().select({ until: stories.embargoUntil }).from(stories).where(eq(stories.id, storyId))
  const until = row?.until ?? new Date()
  const atEmbargo = { due: toTypedTime(until, 'UTC'), timeZone: 'UTC' }
  expect(valueOf(await scheduleStory(editor, { ...seen, ...atEmbargo })).liveAt).toEqual(until)
  const other = await anEmbargoedStory()
  await letEnd(other.storyId)
  valueOf(await publishSavedDraft(other.editor, other.seen))
  expect(await isLive(other.storyId)).toBe(true)
})

test('an editor lifts an embargo with a reason, which the history keeps; a reporter may not', async () => {
  const { reporter, editor, storyId, seen, seenEmbargo } = await anEmbargoedStory()
  expect(refusalOf(await liftEmbargo(reporter, { storyId, seenEmbargo, reason: 'Please.' }))).toEqual({
    kind: 'not-permitted',
    act: 'story.lift-embargo',
  })
  expect(refusalOf(await liftEmbargo(editor, { storyId, seenEmbargo, reason: '  ' }))).toMatchObject({
    kind: 'invalid',
    fields: { reason: [expect.stringContaining('Say why')] },
  })
  valueOf(await liftEmbargo(editor, { storyId, seenEmbargo, reason: 'The committee told everybody.' }))
  expect((await historyOf(storyId)).at(-1)).toMatchObject({
    type: 'embargo-lifted',
    until: null,
    reason: 'The committee told everybody.',
  })
  expect(refusalOf(await liftEmbargo(editor, { storyId, seenEmbargo, reason: 'Again.' }))).toMatchObject({
    kind: 'unfit',
  })
  valueOf(await publishSavedDraft(editor, seen))
  expect(await isLive(storyId)).toBe(true)
})

test('everybody who may edit the story may move an embargo later; moving it earlier is lifting it', async () => {
  const { reporter, editor, storyId, seenEmbargo: former } = await anEmbargoedStory()
  const { embargo } = valueOf(
    await embargoStory(reporter, { storyId, seenEmbargo: former, ...inSeconds(2 * HOUR), note }),
  )
  const earlier = { storyId, seenEmbargo: embargoToken(embargo), ...inSeconds(HOUR), note }
  expect(refusalOf(await embargoStory(reporter, { ...earlier, reason: 'Please.' }))).toMatchObject({
    kind: 'not-permitted',
  })
  expect(refusalOf(await embargoStory(editor, earlier))).toMatchObject({ kind: 'invalid' })
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
  const { reporter, storyId } = await aDraft()
  expect(refusalOf(await embargoStory(reporter, { storyId, ...inSeconds(HOUR), note: ' ' }))).toMatchObject({
    kind: 'invalid',
  })
  expect(refusalOf(await embargoStory(reporter, { storyId, ...inSeconds(-HOUR), note }))).toMatchObject({
    kind: 'invalid',
  })
  const stranger = await aPerson('reporter')
  expect(refusalOf(await embargoStory(stranger, { storyId, ...inSeconds(HOUR), note }))).toMatchObject({
    kind: 'not-found',
  })
})

test('an embargo is refused while the story is scheduled for before its end', async () => {
  const { editor, storyId, seen } = await aDraft()
  valueOf(await scheduleStory(editor, { ...seen, ...inSeconds(HOUR) }))
  expect(refusalOf(await embargoStory(editor, { storyId, ...inSeconds(2 * HOUR), note }))).toMatchObject({
    kind: 'invalid',
    fields: { due: [expect.stringContaining('scheduled for before that')] },
  })
  valueOf(await embargoStory(editor, { storyId, ...inSeconds(HOUR / 2), note }))
})

test('under an embargo no changes and no headline of a live story can be published, or scheduled for before its end', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const { id: storyId } = valueOf(
    await publishNewHeadline(editor, { headline: 'A spoon is to win', sectionId: String(section.id) }),
  )
  const fields = { storyId: String(storyId), seenVersion: '1', sectionId: String(section.id) }
  const { draft } = valueOf(await saveDraft(editor, storyFields({ ...fields, headline: 'The fork wins' })))
  const seen = { storyId, seenVersion: draft.version }
  valueOf(await embargoStory(editor, { storyId, ...inSeconds(HOUR), note }))
  for (const outcome of [
    await publishSavedDraft(editor, seen),
    await publishDraftHeadline(editor, { storyId, seenHeadline: 'The fork wins' }),
    await publishHeadline(editor, { storyId, seenHeadline: 'The fork wins', headline: 'Fork!' }),
    await scheduleStoryChanges(editor, { ...seen, ...inSeconds(HOUR / 2) }),
  ])
    expect(refusalOf(outcome)).toMatchObject({ kind: 'embargoed' })
  expect(await isLive(storyId)).toBe(true)
  valueOf(await scheduleStoryChanges(editor, { ...seen, ...inSeconds(2 * HOUR) }))
})

test('SQL also refuses a publication before the end of an embargo', async () => {
  const { storyId, editor, seen } = await aDraft()
  const scheduled = valueOf(await scheduleStory(editor, { ...seen, ...inSeconds(2 * HOUR) }))
  valueOf(await embargoStory(editor, { storyId, ...inSeconds(HOUR), note }))
  const held = { cause: { code: '23001' } }
  const move = (set: Record<string, unknown>) => database().update(stories).set(set).where(eq(stories.id, storyId))
  await expect(move({ liveAt: sql`now()` })).rejects.toMatchObject(held)
  await expect(move({ liveAt: sql`now() + interval '1 minute'` })).rejects.toMatchObject(held)
  expect(await isLive(storyId)).toBe(false)
  expect(scheduled.stage).toBe('scheduled')
})

test('a server with a fast clock publishes nothing early: the time is that of the database', async () => {
  const { editor, storyId, seen } = await anEmbargoedStory()
  const section = await aSection()
  const live = valueOf(await publishNewHeadline(editor, { headline: 'Fork sulks', sectionId: String(section.id) }))
  valueOf(await embargoStory(editor, { storyId: live.id, ...inSeconds(HOUR), note }))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * HOUR * 1000 })
  try {
    for (const outcome of [
      await publishSavedDraft(editor, seen),
      await publishHeadline(editor, { storyId: live.id, seenHeadline: 'Fork sulks', headline: 'Fork!' }),
    ])
      expect(refusalOf(outcome)).toMatchObject({ kind: 'embargoed', note })
  } finally {
    vi.useRealTimers()
  }
  expect(await isLive(storyId)).toBe(false)
})
