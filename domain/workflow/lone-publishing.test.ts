import { beforeEach, expect, test } from 'vitest'
import { database } from '@/db/client'
import { sessions } from '@/db/schema/user'
import { aPerson, expectRefusal, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { changeSetting } from '../settings/updating'
import { commandLineActor, type Actor } from '../user/user'
import { scheduleStoryChanges } from '../schedule/changing'
import { editHeadline } from '../story/drafting'
import { publishSavedDraft } from '../story/publishing'
import { findStory } from '../story/queries'
import { aDraft, eventTypesOf } from '../story/story.test-support'
import { findNotLookedOver, lookOver, publishAlone } from './lone-publishing'
import { submitStory } from './reviewing'

const reason = 'The harbour is full of spoons'

beforeEach(async () => {
  await database().delete(sessions)
  valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'yes' }))
})

const draftOf = async (owner: Actor) => (await aDraft('Spoons everywhere', owner)).seen
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
  const [rae, edith, otto] = [await aPerson('reporter', 'Rae'), await aPerson('editor'), await aPerson('editor')]
  const seen = await draftOf(rae)
  const { storyId } = seen
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  expectRefusal(await publishAlone(rae, { ...seen, reason: ' ' }), { kind: 'invalid' })
  valueOf(await publishAlone(rae, { ...seen, reason }))
  expect(await stageOf(storyId)).toBe('live')
  expect((await findStory(rae, storyId))?.story.progress.step).toBe('writing')
  expect((await historyOf(storyId)).slice(-2)).toMatchObject([
    { type: 'story-published' },
    { type: 'published-without-editor', reason, editorsThere: [] },
  ])
  const mine = async () => (await findNotLookedOver()).filter((line) => line.storyId === storyId)
  const [line] = await mine()
  expect(line).toMatchObject({ headline: 'Spoons everywhere', publishedByName: 'Rae', reason })
  expectRefusal(await lookOver(rae, { publicationId: line?.id }), { kind: 'not-permitted' })
  const both = await Promise.all([edith, otto].map((editor) => lookOver(editor, { publicationId: line?.id })))
  expect(both.map((answer) => answer.ok && answer.events.length).sort()).toEqual([0, 1])
  expect(await mine()).toEqual([])
})

test('a story that an editor published or scheduled since is not published without an editor', async () => {
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const seen = { ...(await draftOf(rae)), seenSchedule: '' }
  const { storyId } = seen
  valueOf(await publishSavedDraft(edith, seen))
  expectRefusal(await publishAlone(rae, { ...seen, reason }), { kind: 'unfit' })
  expect((await findNotLookedOver()).filter((line) => line.storyId === storyId)).toEqual([])
  valueOf(await editHeadline(rae, { storyId, seenHeadline: 'Spoons everywhere', headline: 'Spoons, and forks' }))
  const next = { ...seen, seenVersion: 2 }
  valueOf(await scheduleStoryChanges(edith, { ...next, due: '2099-01-01T10:00', timeZone: 'UTC' }))
  expectRefusal(await publishAlone(rae, { ...next, reason }), { kind: 'unfit' })
  valueOf(await publishAlone(rae, { ...next, seenSchedule: '2099-01-01T10:00:00.000Z', reason }))
})

test('with the setting off, of another’s story, or as an editor this way of publishing is refused, and nothing changes', async () => {
  const [rae, other, edith] = [await aPerson('reporter'), await aPerson('reporter'), await aPerson('editor')]
  const attempt = { ...(await draftOf(rae)), reason }
  const { storyId } = attempt
  expectRefusal(await publishAlone(edith, attempt), { kind: 'not-permitted' })
  expectRefusal(await publishAlone(other, attempt), { kind: 'not-found' })
  valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'no' }))
  expectRefusal(await publishAlone(rae, attempt), { kind: 'not-permitted' })
  expect(await stageOf(storyId)).toBe('draft')
  expect(await eventTypesOf(storyId)).toEqual(['story-started'])
})

test('while an editor was active lately the reporter confirms that they asked, and the history names the editor', async () => {
  const [rae, edith] = [await aPerson('reporter'), await aPerson('editor', 'Edith')]
  const attempt = { ...(await draftOf(rae)), reason }
  await seenMinutesAgo(edith, 5)
  expect(refusalOf(await publishAlone(rae, attempt))).toEqual({
    kind: 'invalid',
    fields: { asked: ['Ask Edith first, and say so here.'] },
  })
  valueOf(await publishAlone(rae, { ...attempt, asked: 'yes' }))
  expect((await historyOf(attempt.storyId)).at(-1)).toMatchObject({ editorsThere: ['Edith'] })
})

test('an editor who was active longer ago and another reporter do not count', async () => {
  const [rae, edith, quill] = [await aPerson('reporter'), await aPerson('editor'), await aPerson('reporter')]
  await seenMinutesAgo(edith, 16)
  await seenMinutesAgo(quill, 1)
  valueOf(await publishAlone(rae, { ...(await draftOf(rae)), reason }))
})

test('only admins change the setting, and an unchanged one has no event', async () => {
  const setting = 'reportersMayPublishAlone'
  expectRefusal(await changeSetting(await aPerson('editor'), { setting, value: 'no' }), { kind: 'not-permitted' })
  const again = await changeSetting(commandLineActor, { setting, value: 'yes' })
  expect(again.ok && again.events).toEqual([])
  const decided = await changeSetting(commandLineActor, { setting, value: 'no' })
  expect(decided.ok && decided.events).toEqual([{ type: 'publishing-alone-decided', allowed: false }])
})
