import { beforeEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/user'
import { aPerson, aSection, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { changeSetting } from '../settings/updating'
import { commandLineActor, type Actor } from '../user/user'
import { scheduleStoryChanges } from '../schedule/changing'
import { editHeadline, startStory } from '../story/drafting'
import { publishSavedDraft } from '../story/publishing'
import { findStory } from '../story/queries'
import { findNotLookedOver, lookOver, publishAlone } from './lone-publishing'
import { submitStory } from './reviewing'

const reason = 'The harbour is full of spoons'

beforeEach(async () => {
  await database().delete(sessions)
  valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'yes' }))
})

async function aDraft(owner: Actor) {
  const section = await aSection()
  const { id } = valueOf(await startStory(owner, { headline: 'Spoons everywhere', sectionId: String(section.id) }))
  return id
}

const stageOf = async (storyId: number) => (await findStory(commandLineActor, storyId))?.story.stage

/** A person who was active some minutes ago. */
async function seenMinutesAgo({ id }: { id: number }, minutes: number) {
  await database()
    .insert(sessions)
    .values({
      id: crypto.randomUUID(),
      userId: id,
      lastSeenAt: new Date(Date.now() - minutes * 60_000),
      expiresAt: new Date(Date.now() + 3_600_000),
      address: '127.0.0.1',
      agent: 'a test',
    })
}

test('a reporter publishes their own story without an editor, with a reason, and editors see it until one has looked at it', async () => {
  const [rae, edith, otto] = [
    await aPerson('reporter', 'Rae'),
    await aPerson('editor', 'Edith'),
    await aPerson('editor'),
  ]
  const storyId = await aDraft(rae)
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  expect(refusalOf(await publishAlone(rae, { storyId, seenVersion: 1, reason: ' ' }))).toMatchObject({
    kind: 'invalid',
  })
  valueOf(await publishAlone(rae, { storyId, seenVersion: 1, reason }))
  expect(await stageOf(storyId)).toBe('live')
  expect((await findStory(rae, storyId))?.story.progress.step).toBe('writing')
  expect((await historyOf(storyId)).slice(-2)).toMatchObject([
    { type: 'story-published' },
    { type: 'published-without-editor', reason, editorsThere: [] },
  ])
  const mine = async () => (await findNotLookedOver()).filter((line) => line.storyId === storyId)
  const [line] = await mine()
  expect(line).toMatchObject({ headline: 'Spoons everywhere', publishedByName: 'Rae', reason })
  expect(refusalOf(await lookOver(rae, { publicationId: line?.id }))).toMatchObject({ kind: 'not-permitted' })
  const both = await Promise.all([edith, otto].map((editor) => lookOver(editor, { publicationId: line?.id })))
  expect(both.map((answer) => answer.ok && answer.events.length).sort()).toEqual([0, 1])
  expect(await mine()).toEqual([])
})

test('a story that an editor published or scheduled since is not published without an editor', async () => {
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const storyId = await aDraft(rae)
  const seen = { storyId, seenVersion: 1, seenSchedule: '' }
  valueOf(await publishSavedDraft(edith, seen))
  expect(refusalOf(await publishAlone(rae, { ...seen, reason }))).toMatchObject({ kind: 'unfit' })
  expect((await findNotLookedOver()).filter((line) => line.storyId === storyId)).toEqual([])
  valueOf(await editHeadline(rae, { storyId, seenHeadline: 'Spoons everywhere', headline: 'Spoons, and forks' }))
  const next = { ...seen, seenVersion: 2 }
  valueOf(await scheduleStoryChanges(edith, { ...next, due: '2099-01-01T10:00', timeZone: 'UTC' }))
  expect(refusalOf(await publishAlone(rae, { ...next, reason }))).toMatchObject({ kind: 'unfit' })
  valueOf(await publishAlone(rae, { ...next, seenSchedule: '2099-01-01T10:00:00.000Z', reason }))
})

test('with the setting off, of another’s story, or as an editor this way of publishing is refused, and nothing changes', async () => {
  const [rae, other, edith] = [await aPerson('reporter'), await aPerson('reporter'), await aPerson('editor')]
  const storyId = await aDraft(rae)
  const attempt = { storyId, seenVersion: 1, reason }
  expect(refusalOf(await publishAlone(edith, attempt))).toMatchObject({ kind: 'not-permitted' })
  expect(refusalOf(await publishAlone(other, attempt))).toMatchObject({ kind: 'not-found' })
  valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'no' }))
  expect(refusalOf(await publishAlone(rae, attempt))).toMatchObject({ kind: 'not-permitted' })
  expect(await stageOf(storyId)).toBe('draft')
  expect((await historyOf(storyId)).map(({ type }) => type)).toEqual(['story-started'])
})

test('while an editor was active lately the reporter confirms that they asked, and the history names the editor', async () => {
  const [rae, edith] = [await aPerson('reporter'), await aPerson('editor', 'Edith')]
  const storyId = await aDraft(rae)
  await seenMinutesAgo(edith, 5)
  const attempt = { storyId, seenVersion: 1, reason }
  expect(refusalOf(await publishAlone(rae, attempt))).toEqual({
    kind: 'invalid',
    fields: { asked: ['Ask Edith first, and say so here.'] },
  })
  valueOf(await publishAlone(rae, { ...attempt, asked: 'yes' }))
  expect((await historyOf(storyId)).at(-1)).toMatchObject({ editorsThere: ['Edith'] })
})

test('an editor who was active longer ago and another reporter do not count', async () => {
  const [rae, edith, quill] = [await aPerson('reporter'), await aPerson('editor'), await aPerson('reporter')]
  const storyId = await aDraft(rae)
  await seenMinutesAgo(edith, 16)
  await seenMinutesAgo(quill, 1)
  valueOf(await publishAlone(rae, { storyId, seenVersion: 1, reason }))
})

test('only admins change the setting, and an unchanged one has no event', async () => {
  const edith = await aPerson('editor')
  expect(refusalOf(await changeSetting(edith, { setting: 'reportersMayPublishAlone', value: 'no' }))).toMatchObject({
    kind: 'not-permitted',
  })
  const again = await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'yes' })
  expect(again.ok && again.events).toEqual([])
  const decided = await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'no' })
  expect(decided.ok && decided.events).toEqual([{ type: 'publishing-alone-decided', allowed: false }])
})
