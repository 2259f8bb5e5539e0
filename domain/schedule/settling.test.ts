import { eq, sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database, transaction } from '@/db/client'
import { withdrawnStories } from '@/db/schema/live'
import { stories } from '@/db/schema/story'
import { readFrontPage } from '@/reading/front-page'
import { readSectionStories } from '@/reading/lists'
import { searchStories } from '@/reading/search'
import { readSitemap } from '@/reading/sitemap'
import { sentence } from '../history/sentence'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { cancelStoryChanges, scheduleStoryChanges } from './changing'
import { discardChanges } from '../version/discarding'
import { saveDraft } from '../story/drafting'
import { findOnDesk, findStory } from '../desk/finding'
import { typedTimeOf } from '../time/newsroom-time'
import { publishHeadline } from '../story/headline-publishing'
import { publishNewHeadline, publishSavedDraft, withdrawStory } from '../story/publishing'
import { countOverdue, settleWhatIsDue } from './settling'
import { liveRow } from '../story/live-headline.test-support'
import { hasUnpublishedChanges } from '../story/story'
import { cancelUnpublish, scheduleUnpublish } from './unpublishing'

const HOUR = 3600
const inSeconds = (seconds: number) => ({
  due: typedTimeOf(new Date(Date.now() + seconds * 1000), 'UTC'),
  timeZone: 'UTC',
})

const body = JSON.stringify({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It sang of marmalade.' }] }],
})

/** A live headline with a larger draft in another section. */
async function aChangedStory() {
  const [editor, section, other] = [await aPerson('editor', 'Edith'), await aSection(), await aSection('Reef')]
  const word = `quibblefish${section.id}`
  const { id: storyId } = valueOf(
    await publishNewHeadline(editor, { headline: 'Moon ferry returns', sectionId: String(section.id) }),
  )
  const words = { headline: `Moon ferry: ${word}`, slug: 'moon-ferry-sings', sectionId: String(other.id), body }
  const { draft } = valueOf(
    await saveDraft(editor, storyFields({ storyId: String(storyId), seenVersion: '1', ...words })),
  )
  const seen = { storyId, seenVersion: draft.version }
  return { editor, section, other, word, storyId, seen }
}

async function aStoryWithDueChanges() {
  const changed = await aChangedStory()
  valueOf(await scheduleStoryChanges(changed.editor, { ...changed.seen, ...inSeconds(HOUR) }))
  return changed
}

const anything = { list: null, stage: null, words: '', before: null }
const typesOf = async (id: number) => (await historyOf(id)).map(({ type }) => type)
const storyOnDesk = async (...asked: Parameters<typeof findStory>) => (await findStory(...asked))?.story

/** Lets a time come without waiting for it. */
async function letCome(storyId: number, times: Partial<Record<'liveAt' | 'dueAt' | 'unpublishAt', SQL>>) {
  await database().update(stories).set(times).where(eq(stories.id, storyId))
}
const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`

async function settleEverything() {
  while ((await settleWhatIsDue()) > 0);
}

test('changes of a live story are nothing to readers before their time, and at their time everywhere by the query alone', async () => {
  const { editor, section, other, word, storyId } = await aStoryWithDueChanges()
  await settleEverything()
  expect(await liveRow(storyId)).toMatchObject({
    headline: 'Moon ferry returns',
    sectionId: section.id,
    hasBody: false,
  })
  expect(await searchStories(word)).toEqual([])

  await letCome(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  const isEverywhere = async () => {
    expect(await liveRow(storyId)).toMatchObject({
      headline: `Moon ferry: ${word}`,
      slug: 'moon-ferry-sings',
      sectionId: other.id,
      sectionSlug: other.slug,
      hasBody: true,
    })
    expect((await readSectionStories(section, null)).stories).toEqual([])
    expect((await readSectionStories(other, null)).stories.map(({ id }) => id)).toEqual([storyId])
    expect((await searchStories(`${word} marmalade`)).map(({ id }) => id)).toEqual([storyId])
    expect((await readSitemap())?.stories.find(({ id }) => id === storyId)).toMatchObject({ slug: 'moon-ferry-sings' })
    const front = await readFrontPage()
    expect(front.strips.find(({ section: { id } }) => id === section.id)).toBeUndefined()
    // The newsroom sees the same: its draft says what readers are told.
    const story = await storyOnDesk(editor, storyId)
    expect(story && hasUnpublishedChanges(story)).toBe(false)
    const { stories: lines } = await findOnDesk(editor, { ...anything, sectionId: other.id })
    expect(lines).toMatchObject([{ id: storyId, changed: false }])
  }
  await isEverywhere()
  await settleEverything()
  await isEverywhere()
})

test('the clock moves the pointer once, tells it once with the former headline, and leaves nothing unpublished', async () => {
  const { editor, section, other, word, storyId } = await aStoryWithDueChanges()
  await letCome(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  await Promise.all([settleWhatIsDue(), settleWhatIsDue(), settleWhatIsDue()])
  await settleEverything()
  const told = (await historyOf(storyId)).filter(({ type }) => type === 'changes-went-live')
  expect(told).toEqual([
    expect.objectContaining({
      headline: `Moon ferry: ${word}`,
      before: 'Moon ferry returns',
      sectionId: other.id,
      formerSectionId: section.id,
    }),
  ])
  const story = await storyOnDesk(editor, storyId)
  expect(story).toMatchObject({ stage: 'live', due: null, slug: 'moon-ferry-sings' })
  expect(story && hasUnpublishedChanges(story)).toBe(false)
  const line = (await findOnDesk(editor, { ...anything, sectionId: other.id })).stories[0]
  expect(line).toMatchObject({ id: storyId, changed: false })
})

test('words written after the changes were scheduled stay in the draft', async () => {
  const { editor, storyId, seen } = await aStoryWithDueChanges()
  const later = storyFields({
    storyId: String(storyId),
    seenVersion: String(seen.seenVersion),
    headline: 'Later words',
  })
  valueOf(await saveDraft(editor, later))
  await letCome(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  await settleEverything()
  const story = await storyOnDesk(editor, storyId)
  expect(story?.draft.headline).toBe('Later words')
  expect(story && hasUnpublishedChanges(story)).toBe(true)
})

test('whoever changes a story before a clock has told what came true: it is told first, and none is missed', async () => {
  const { editor, storyId } = await aStoryWithDueChanges()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(2 * HOUR), reason: 'The ferry sails.' }))
  await letCome(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  valueOf(await withdrawStory(editor, { storyId, reason: 'No ferry.' }))
  expect((await typesOf(storyId)).slice(-2)).toEqual(['changes-went-live', 'story-withdrawn'])
  await settleEverything()
  expect((await typesOf(storyId)).at(-1)).toBe('story-withdrawn')
  expect(await storyOnDesk(editor, storyId)).toMatchObject({ stage: 'withdrawn', withdrawnReason: 'No ferry.' })
})

test('changes are scheduled anew and taken out of the schedule, and a revision is kept for each wording only', async () => {
  const { editor, storyId, seen } = await aChangedStory()
  const first = valueOf(await scheduleStoryChanges(editor, { ...seen, ...inSeconds(HOUR) }))
  const second = valueOf(await scheduleStoryChanges(editor, { ...seen, ...inSeconds(2 * HOUR) }))
  expect(second.due?.revisionId).toBe(first.due?.revisionId)
  const seenAt = second.due?.at.toISOString()
  expect(valueOf(await cancelStoryChanges(editor, { storyId, seenAt })).due).toBeNull()
  expect(refusalOf(await cancelStoryChanges(editor, { storyId }))).toMatchObject({ kind: 'unfit' })
  await letCome(storyId, { liveAt: ago(HOUR) })
  expect(await liveRow(storyId)).toMatchObject({ headline: 'Moon ferry returns' })
  expect((await typesOf(storyId)).slice(-3)).toEqual([
    'changes-scheduled',
    'changes-scheduled',
    'scheduled-changes-cancelled',
  ])
})

test('what is published by hand takes the place of scheduled changes, and history says that they are out of the schedule', async () => {
  const { editor, storyId, seen } = await aStoryWithDueChanges()
  const story = valueOf(await publishSavedDraft(editor, seen))
  expect(story.due).toBeNull()
  expect((await historyOf(storyId)).find(({ type }) => type === 'scheduled-changes-cancelled')).toMatchObject({
    superseded: true,
  })
  const again = await aStoryWithDueChanges()
  const headline = 'Moon ferry is late'
  const typed = { storyId: again.storyId, seenHeadline: 'Moon ferry returns', headline }
  expect(valueOf(await publishHeadline(again.editor, typed)).due).toBeNull()
  expect(await typesOf(again.storyId)).toContain('scheduled-changes-cancelled')
})

test('nothing is scheduled of a story that says what readers see, is not live, or is gone by then; a stale screen and a reporter are refused', async () => {
  const { editor, storyId, seen } = await aChangedStory()
  const reporter = await aPerson('reporter')
  const due = inSeconds(HOUR)
  expect(refusalOf(await scheduleStoryChanges(reporter, { ...seen, ...due }))).toMatchObject({ kind: 'not-permitted' })
  expect(refusalOf(await scheduleStoryChanges(editor, { ...seen, seenVersion: 1, ...due }))).toMatchObject({
    kind: 'stale',
  })
  const ending = { storyId, ...inSeconds(HOUR / 2), reason: 'It sails.' }
  const { unpublish } = valueOf(await scheduleUnpublish(editor, ending))
  expect(refusalOf(await scheduleStoryChanges(editor, { ...seen, ...due }))).toMatchObject({ kind: 'invalid' })
  valueOf(await cancelUnpublish(editor, { storyId, seenAt: unpublish?.at.toISOString() }))
  valueOf(await scheduleStoryChanges(editor, { ...seen, ...due }))
  expect(refusalOf(await cancelStoryChanges(reporter, { storyId }))).toMatchObject({ kind: 'not-permitted' })
  const published = valueOf(await publishSavedDraft(editor, seen))
  expect(refusalOf(await scheduleStoryChanges(editor, { ...seen, ...due }))).toMatchObject({ kind: 'invalid' })
  expect(published.stage).toBe('live')
  valueOf(await withdrawStory(editor, { storyId, reason: 'No ferry.' }))
  expect(refusalOf(await scheduleStoryChanges(editor, { ...seen, ...due }))).toMatchObject({ kind: 'out-of-turn' })
})

test('a story is unpublished at its time by the query alone: gone (410) and in no list; then told once, with the reason', async () => {
  const { editor, storyId, section } = await aChangedStory()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(HOUR), reason: 'The licence ends.' }))
  expect(await liveRow(storyId)).toBeDefined()
  await letCome(storyId, { liveAt: ago(HOUR), unpublishAt: ago(1) })
  const gone = () => database().select().from(withdrawnStories).where(eq(withdrawnStories.id, storyId))
  expect(await liveRow(storyId)).toBeUndefined()
  expect(await gone()).toHaveLength(1)
  expect((await readSectionStories(section, null)).stories).toEqual([])
  expect(await storyOnDesk(editor, storyId)).toMatchObject({ stage: 'withdrawn', withdrawnReason: 'The licence ends.' })
  await Promise.all([settleWhatIsDue(), settleWhatIsDue()])
  await settleEverything()
  expect((await typesOf(storyId)).filter((type) => type === 'story-unpublished')).toHaveLength(1)
  expect(await gone()).toHaveLength(1)
  expect(refusalOf(await cancelUnpublish(editor, { storyId }))).toMatchObject({ kind: 'out-of-turn' })
})

test('the end of a story needs a reason and a time after its beginning, can change, and goes with the story', async () => {
  const { editor, storyId } = await aChangedStory()
  const reporter = await aPerson('reporter')
  const due = inSeconds(HOUR)
  expect(refusalOf(await scheduleUnpublish(editor, { storyId, ...due, reason: ' ' }))).toMatchObject({
    kind: 'invalid',
  })
  expect(refusalOf(await scheduleUnpublish(reporter, { storyId, ...due, reason: 'x' }))).toMatchObject({
    kind: 'not-permitted',
  })
  valueOf(await scheduleUnpublish(editor, { storyId, ...due, reason: 'The licence ends.' }))
  const prolonged = { storyId, ...inSeconds(2 * HOUR), reason: 'It was prolonged.' }
  const { unpublish } = valueOf(await scheduleUnpublish(editor, prolonged))
  expect(await storyOnDesk(editor, storyId)).toMatchObject({ unpublish: { reason: 'It was prolonged.' } })
  expect(refusalOf(await cancelUnpublish(reporter, { storyId }))).toMatchObject({ kind: 'not-permitted' })
  valueOf(await cancelUnpublish(editor, { storyId, seenAt: unpublish?.at.toISOString() }))
  expect(refusalOf(await cancelUnpublish(editor, { storyId }))).toMatchObject({
    kind: 'unfit',
    why: 'The story stays already.',
  })
  expect((await typesOf(storyId)).slice(-3)).toEqual([
    'unpublish-scheduled',
    'unpublish-scheduled',
    'unpublish-cancelled',
  ])
})

test('a story that came, changed and went while every clock was dead is told in that order', async () => {
  const { editor, storyId } = await aStoryWithDueChanges()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(2 * HOUR), reason: 'It sails.' }))
  await database()
    .update(stories)
    .set({ liveAt: ago(60), toldLiveAt: null, dueAt: ago(50), unpublishAt: ago(40) })
    .where(eq(stories.id, storyId))
  expect(await countOverdue(database())).toBe(1)
  await settleEverything()
  expect(await countOverdue(database())).toBe(0)
  expect((await typesOf(storyId)).slice(-3)).toEqual(['story-went-live', 'changes-went-live', 'story-unpublished'])
})

test('a clock that is killed while it settles leaves all of it to the next one', async () => {
  const { storyId } = await aStoryWithDueChanges()
  await letCome(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  await transaction(async (tx) => {
    await tx.update(stories).set({ dueAt: null, dueRevisionId: null }).where(eq(stories.id, storyId))
    throw new Error('killed')
  }).catch(() => undefined)
  await settleEverything()
  expect((await typesOf(storyId)).at(-1)).toBe('changes-went-live')
})

test('discarding the draft leaves what is scheduled in the schedule', async () => {
  const { editor, storyId, seen } = await aStoryWithDueChanges()
  const story = await storyOnDesk(editor, storyId)
  if (story?.stage !== 'live') throw new Error('It is live.')
  const kept = valueOf(await discardChanges(editor, { ...seen, seenRevision: story.liveRevisionId }))
  expect(kept.due?.revisionId).toBe(story.due?.revisionId)
})

test('SQL holds it too: half of a scheduled change, one after the end of the story, and an end without a reason are refused', async () => {
  const { storyId } = await aStoryWithDueChanges()
  const refused = async (times: Record<string, unknown>) =>
    expect(database().update(stories).set(times).where(eq(stories.id, storyId))).rejects.toMatchObject({
      cause: { code: '23514' },
    })
  await refused({ dueSlug: null })
  await refused({ unpublishAt: sql`due_at - interval '1 second'`, unpublishReason: 'Too early.' })
  await refused({ unpublishAt: sql`now() + interval '9 hours'` })
})

test('what a clock told long after its time says so in the history; what was told in time does not', async () => {
  const { editor, storyId } = await aStoryWithDueChanges()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(2 * HOUR), reason: 'The ferry sails.' }))
  await letCome(storyId, { liveAt: ago(10 * HOUR), dueAt: ago(3 * HOUR), unpublishAt: ago(1) })
  await settleEverything()
  const told = (await historyOf(storyId)).map(sentence).slice(-2)
  expect(told[0]).toMatch(
    /went live as scheduled.* \(The newsroom’s clock told it 3 hours late: if no server was up, readers had it only then\.\)$/u,
  )
  expect(told[1]).toMatch(/was unpublished as scheduled: The ferry sails\.$/u)
})
