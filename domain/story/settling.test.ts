import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database, transaction } from '@/db/client'
import { withdrawnStories } from '@/db/schema/live'
import { stories } from '@/db/schema/story'
import { readFrontPage } from '@/reading/front-page'
import { readSectionStories } from '@/reading/lists'
import { searchStories } from '@/reading/search'
import { readSitemap } from '@/reading/sitemap'
import { sentence } from '../history/sentence'
import { historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { saveDraft } from './drafting'
import { findOnDesk } from '../desk/queries'
import { withdrawStory } from './publishing'
import {
  aChangedStory,
  ago,
  aStoryDueNow,
  aStoryWithDueChanges,
  HOUR,
  inSeconds,
  setTimes,
  settleEverything,
  visibleStory,
} from '../schedule/due-changes.test-support'
import { countOverdue, settleDue } from './settling'
import { eventTypesOf, liveRow } from './story.test-support'
import { hasUnpublishedChanges } from './story'
import { cancelUnpublish, scheduleUnpublish } from '../schedule/unpublishing'

const anything = { list: null, stage: null, search: '', before: null }

test('readers see scheduled changes everywhere at their time and not before, by the query alone', async () => {
  const { editor, section, other, word, storyId } = await aStoryWithDueChanges()
  await settleEverything()
  const former = { headline: 'Moon ferry returns', sectionId: section.id, hasBody: false }
  expect(await liveRow(storyId)).toMatchObject(former)
  expect(await searchStories(word)).toEqual([])

  await setTimes(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
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
    const story = await visibleStory(editor, storyId)
    expect(story && hasUnpublishedChanges(story)).toBe(false)
    const { stories: lines } = await findOnDesk(editor, { ...anything, sectionId: other.id })
    expect(lines).toMatchObject([{ id: storyId, changed: false }])
  }
  await isEverywhere()
  await settleEverything()
  await isEverywhere()
})

test('the clock publishes due changes once, records them once with the former headline, and leaves no unpublished changes', async () => {
  const { editor, section, other, word, storyId } = await aStoryDueNow()
  await Promise.all([settleDue(), settleDue(), settleDue()])
  await settleEverything()
  const recorded = (await historyOf(storyId)).filter(({ type }) => type === 'changes-went-live')
  const [headline, before] = [`Moon ferry: ${word}`, 'Moon ferry returns']
  expect(recorded).toMatchObject([{ headline, before, sectionId: other.id, formerSectionId: section.id }])
  const story = await visibleStory(editor, storyId)
  expect(story).toMatchObject({ stage: 'live', due: null, slug: 'moon-ferry-sings' })
  expect(story && hasUnpublishedChanges(story)).toBe(false)
  const line = (await findOnDesk(editor, { ...anything, sectionId: other.id })).stories[0]
  expect(line).toMatchObject({ id: storyId, changed: false })
})

test('edits after scheduling stay in the draft', async () => {
  const { editor, storyId, seen } = await aStoryWithDueChanges()
  const later = { storyId: String(storyId), seenVersion: String(seen.seenVersion), headline: 'Later words' }
  valueOf(await saveDraft(editor, storyFields(later)))
  await setTimes(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  await settleEverything()
  const story = await visibleStory(editor, storyId)
  expect(story?.draft.headline).toBe('Later words')
  expect(story && hasUnpublishedChanges(story)).toBe(true)
})

test('a change to a story with a due schedule settles it first', async () => {
  const { editor, storyId } = await aStoryWithDueChanges()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(2 * HOUR), reason: 'The ferry sails.' }))
  await setTimes(storyId, { liveAt: ago(HOUR), dueAt: ago(1) })
  valueOf(await withdrawStory(editor, { storyId, reason: 'No ferry.' }))
  expect((await eventTypesOf(storyId)).slice(-2)).toEqual(['changes-went-live', 'story-withdrawn'])
  await settleEverything()
  expect((await eventTypesOf(storyId)).at(-1)).toBe('story-withdrawn')
  expect(await visibleStory(editor, storyId)).toMatchObject({ stage: 'withdrawn', withdrawnReason: 'No ferry.' })
})

test('a story is unpublished at its time by the query alone: gone (410) and in no list; then recorded once, with the reason', async () => {
  const { editor, storyId, section } = await aChangedStory()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(HOUR), reason: 'The licence ends.' }))
  expect(await liveRow(storyId)).toBeDefined()
  await setTimes(storyId, { liveAt: ago(HOUR), unpublishAt: ago(1) })
  const gone = () => database().select().from(withdrawnStories).where(eq(withdrawnStories.id, storyId))
  expect(await liveRow(storyId)).toBeUndefined()
  expect(await gone()).toHaveLength(1)
  expect((await readSectionStories(section, null)).stories).toEqual([])
  const ended = { stage: 'withdrawn', withdrawnReason: 'The licence ends.' }
  expect(await visibleStory(editor, storyId)).toMatchObject(ended)
  await Promise.all([settleDue(), settleDue()])
  await settleEverything()
  expect((await eventTypesOf(storyId)).filter((type) => type === 'story-unpublished')).toHaveLength(1)
  expect(await gone()).toHaveLength(1)
  expect(refusalOf(await cancelUnpublish(editor, { storyId }))).toMatchObject({ kind: 'out-of-turn' })
})

test('a story that went live, changed and ended while no clock ran is recorded in that order', async () => {
  const { editor, storyId } = await aStoryWithDueChanges()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(2 * HOUR), reason: 'It sails.' }))
  await setTimes(storyId, { liveAt: ago(60), recordedLiveAt: null, dueAt: ago(50), unpublishAt: ago(40) })
  expect(await countOverdue(database())).toBe(1)
  await settleEverything()
  expect(await countOverdue(database())).toBe(0)
  expect((await eventTypesOf(storyId)).slice(-3)).toEqual(['story-went-live', 'changes-went-live', 'story-unpublished'])
})

test('a clock that is killed while it settles leaves everything to the next one', async () => {
  const { storyId } = await aStoryDueNow()
  await transaction(async (tx) => {
    await tx.update(stories).set({ dueAt: null, dueRevisionId: null }).where(eq(stories.id, storyId))
    throw new Error('killed')
  }).catch(() => undefined)
  await settleEverything()
  expect((await eventTypesOf(storyId)).at(-1)).toBe('changes-went-live')
})

test('SQL also refuses incomplete scheduled changes, changes after the end of the story, and an end without a reason', async () => {
  const { storyId } = await aStoryWithDueChanges()
  for (const times of [
    { dueSlug: null },
    { unpublishAt: sql`due_at - interval '1 second'`, unpublishReason: 'Too early.' },
    { unpublishAt: sql`now() + interval '9 hours'` },
  ])
    await expect(setTimes(storyId, times)).rejects.toMatchObject({ cause: { code: '23514' } })
})

test('an event that is recorded late has its delay, one that is recorded in time has not', async () => {
  const { editor, storyId } = await aStoryWithDueChanges()
  valueOf(await scheduleUnpublish(editor, { storyId, ...inSeconds(2 * HOUR), reason: 'The ferry sails.' }))
  await setTimes(storyId, { liveAt: ago(10 * HOUR), dueAt: ago(3 * HOUR), unpublishAt: ago(1) })
  await settleEverything()
  const recorded = (await historyOf(storyId)).map(sentence).slice(-2)
  expect(recorded[0]).toMatch(
    /went live as scheduled.* \(The newsroom’s clock told it 3 hours late: if no server was up, readers had it only then\.\)$/u,
  )
  expect(recorded[1]).toMatch(/was unpublished as scheduled: The ferry sails\.$/u)
})
