import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, valueOf } from '../newsroom.test-support'
import { commandLineActor, type Actor } from '../user/user'
import { assignStory } from '../workflow/assigning'
import { savedLists, type SavedList } from './desk'
import { editHeadline, startStory } from '../story/drafting'
import { findStory } from '../story/queries'
import { countSavedLists, findOnDesk } from './queries'
import { publishNewHeadline, publishSavedDraft, withdrawStory } from '../story/publishing'
import { scheduleStoryChanges } from '../schedule/changing'
import { clearStory, sendStoryBack, submitStory } from '../workflow/reviewing'
import { isFinished } from '../workflow/progress'

const queryFor = (list: SavedList) => ({ list, stage: null, sectionId: null, search: '', before: null })

test('each saved list has its stories and their count', async () => {
  const [rae, edith, otto] = [await aPerson('reporter'), await aPerson('editor'), await aPerson('editor')]
  const section = await aSection()
  const start = async (owner: Actor, headline: string) =>
    valueOf(await startStory(owner, { headline, sectionId: String(section.id) })).id
  const handIn = async (storyId: number) => void valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  const listed = async (actor: Actor, list: SavedList) =>
    (await findOnDesk(actor, queryFor(list))).stories.map(({ id }) => id).sort((a, b) => a - b)

  const writing = await start(rae, 'Being written')
  const waiting = await start(rae, 'For review')
  await handIn(waiting)
  const taken = await start(rae, 'For review by Otto')
  await handIn(taken)
  valueOf(await assignStory(edith, { storyId: taken, seenAssignee: '', assigneeId: otto.id }))
  const back = await start(rae, 'Sent back')
  await handIn(back)
  valueOf(await sendStoryBack(edith, { storyId: back, seenStep: 'for-review', note: 'Which?' }))
  const again = await start(rae, 'Handed in again')
  await handIn(again)
  valueOf(await sendStoryBack(edith, { storyId: again, seenStep: 'for-review', note: 'Which?' }))
  await handIn(again)
  const ready = await start(rae, 'Ready')
  await handIn(ready)
  valueOf(await clearStory(edith, { storyId: ready, seenStep: 'for-review', seenVersion: 1 }))
  const live = await start(rae, 'Live')
  valueOf(await publishSavedDraft(edith, { storyId: live, seenVersion: 1 }))
  const changed = await start(rae, 'Live and changed')
  valueOf(await publishSavedDraft(edith, { storyId: changed, seenVersion: 1 }))
  valueOf(await editHeadline(rae, { storyId: changed, seenHeadline: 'Live and changed', headline: 'Changed' }))
  const due = await start(rae, 'Live and to be changed')
  valueOf(await publishSavedDraft(edith, { storyId: due, seenVersion: 1 }))
  valueOf(await editHeadline(rae, { storyId: due, seenHeadline: 'Live and to be changed', headline: 'To come' }))
  const inAYear = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
  valueOf(await scheduleStoryChanges(edith, { storyId: due, seenVersion: 2, ...inAYear }))
  const old = valueOf(await publishNewHeadline(edith, { headline: 'Yesterday', sectionId: String(section.id) })).id
  const yesterday = new Date(Date.now() - 86_400_000)
  await database().update(stories).set({ liveAt: yesterday }).where(eq(stories.id, old))
  const gone = await start(rae, 'Gone')
  valueOf(await publishSavedDraft(edith, { storyId: gone, seenVersion: 1 }))
  valueOf(await withdrawStory(edith, { storyId: gone, reason: 'It flew away' }))

  expect(await listed(rae, 'mine')).toEqual([writing, waiting, taken, back, again, ready, changed])
  expect(await listed(rae, 'needs-me')).toEqual([back])
  expect(await listed(edith, 'mine')).toEqual([])
  expect(await listed(edith, 'needs-me')).toEqual([waiting, again, ready])
  expect(await listed(otto, 'needs-me')).toEqual([waiting, taken, again, ready])
  for (const actor of [rae, edith]) expect(await listed(actor, 'live-lately')).toEqual([live, changed, due])
  for (const actor of [rae, edith, otto])
    for (const list of savedLists) expect((await countSavedLists(actor))[list]).toBe((await listed(actor, list)).length)

  // The list agrees with `isFinished`.
  const mine = await listed(rae, 'mine')
  for (const id of [writing, waiting, taken, back, again, ready, live, changed, due, gone]) {
    const found = await findStory(commandLineActor, id)
    expect(found && !isFinished(found.story)).toBe(mine.includes(id))
  }
})

test('stages of the newsroom are found only by those who may edit the stories', async () => {
  const [rae, other, edith] = [await aPerson('reporter'), await aPerson('reporter'), await aPerson('editor')]
  const section = await aSection()
  const { id } = valueOf(await publishNewHeadline(edith, { headline: 'Live', sectionId: String(section.id) }))
  valueOf(await editHeadline(edith, { storyId: id, seenHeadline: 'Live', headline: 'Changed' }))
  valueOf(await submitStory(edith, { storyId: id, seenStep: 'writing', note: 'Secret' }))
  const query = { list: null, stage: 'for-review', sectionId: section.id, search: '', before: null } as const
  expect((await findOnDesk(edith, query)).stories).toMatchObject([{ id, progress: { step: 'for-review' } }])
  for (const reporter of [rae, other]) expect((await findOnDesk(reporter, query)).stories).toEqual([])
  const { stories: seen } = await findOnDesk(rae, { ...query, stage: 'live' })
  expect(seen).toMatchObject([{ id, progress: { step: 'writing', note: null, moved: null } }])
})
