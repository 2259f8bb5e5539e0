import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { livePictureUses } from '@/db/schema/live'
import { authors } from '@/db/schema/taxonomy'
import { staleTags } from '../../history/tag'
import { aPerson, expectRefusal, historyOf, valueOf } from '../../newsroom.test-support'
import { scheduleStoryChanges } from '../../schedule/changing'
import { saveDraft } from '../../story/drafting'
import { publishStory } from '../../story/publishing'
import { findStoryById } from '../../story/store'
import { hasUnpublishedChanges } from '../../story/story'
import { aDraft, liveRow } from '../../story/story.test-support'
import { deletePicture } from './deleting'
import { aPicture, asLead, aUsablePicture, sentencesOfPicture } from './picture.test-support'
import { setPortrait } from './portraying'
import { replacePicture } from './replacing'
import { findUses, useInWords } from './use-queries'

const storyNow = async (storyId: number) => {
  const story = await findStoryById(database(), storyId)
  if (story === null) throw new Error('There is no such story.')
  return story
}
const version = async (storyId: number) => String((await storyNow(storyId)).draft.version)
const uses = async (id: number) => (await findUses(database(), id)).map(useInWords).sort()

test('another picture takes its place in drafts and before readers; what is unpublished stays unpublished', async () => {
  const [one, other] = [await aUsablePicture(), await aUsablePicture()]
  const live = await aDraft('Boats')
  valueOf(await publishStory(live.editor, live.form({ picture: asLead(one.id, { ratio: '1:1' }), caption: 'Boats' })))
  const same = await aDraft('Pier')
  valueOf(await publishStory(same.editor, same.form({ picture: asLead(one.id) })))
  const changes = { seenVersion: await version(live.storyId), headline: 'More boats', picture: asLead(one.id) }
  valueOf(await saveDraft(live.editor, live.form(changes)))
  const onlyDraft = await aDraft('Quay')
  valueOf(await saveDraft(onlyDraft.editor, onlyDraft.form({ picture: asLead(one.id) })))

  const editor = await aPerson('editor')
  expect(valueOf(await replacePicture(editor, { pictureId: one.id, byId: other.id }))).toEqual({ stories: 3 })
  expect(await uses(one.id)).toEqual([])
  expect(await uses(other.id)).toEqual([
    'at the head of “Boats” (before readers)',
    'at the head of “More boats” (in its draft)',
    'at the head of “Pier” (before readers)',
    'at the head of “Pier” (in its draft)',
    'at the head of “Quay” (in its draft)',
  ])
  expect(await liveRow(live.storyId)).toMatchObject({
    headline: 'Boats',
    caption: 'Boats',
    picture: { pictureId: other.id, ratio: '1:1', focus: null },
  })
  expect(hasUnpublishedChanges(await storyNow(live.storyId))).toBe(true)
  expect(hasUnpublishedChanges(await storyNow(same.storyId))).toBe(false)
  const event = (await historyOf(live.storyId)).at(-1)
  expect(event).toMatchObject({ type: 'story-picture-replaced', isLive: true })
  expect(event && staleTags(event)).toContain(`story:${live.storyId}`)
  expect((await sentencesOfPicture(one.id)).at(-1)).toBe('Replaced “pier.jpg” by “pier.jpg” in 3 stories.')
  valueOf(await deletePicture(editor, { pictureId: one.id }))
})

test('scheduled changes get it too, and stay what the draft says', async () => {
  const [one, other] = [await aUsablePicture(), await aUsablePicture()]
  const { editor, form, storyId } = await aDraft('Boats')
  valueOf(await publishStory(editor, form()))
  valueOf(await saveDraft(editor, form({ seenVersion: await version(storyId), picture: asLead(one.id) })))
  const due = { storyId, seenVersion: await version(storyId), due: '2031-01-01T12:00', timeZone: 'UTC' }
  valueOf(await scheduleStoryChanges(editor, due))
  expect(await uses(one.id)).toEqual(['at the head of “Boats” (in its draft)', 'at the head of “Boats” (scheduled)'])
  valueOf(await replacePicture(editor, { pictureId: one.id, byId: other.id }))
  expect(await uses(other.id)).toEqual(['at the head of “Boats” (in its draft)', 'at the head of “Boats” (scheduled)'])
  const story = await storyNow(storyId)
  expect(story.stage === 'live' && story.due?.draftVersion).toBe(story.draft.version)
})

test('readers never get a picture without rights by it, and a reporter may not replace', async () => {
  const [one, other] = [await aUsablePicture(), await aPicture({ credit: 'Pier', altText: 'A pier' })]
  const { editor, form } = await aDraft('Boats')
  valueOf(await publishStory(editor, form({ picture: asLead(one.id) })))
  expectRefusal(await replacePicture(editor, { pictureId: one.id, byId: other.id }), {
    kind: 'unfinished',
    gaps: [{ kind: 'picture-rights', pictureId: other.id }],
  })
  expect(await uses(one.id)).toHaveLength(2)
  expectRefusal(await replacePicture(one.by, { pictureId: one.id, byId: other.id }), { kind: 'not-permitted' })
  expectRefusal(await replacePicture(editor, { pictureId: one.id, byId: one.id }), { kind: 'unfit' })
  expectRefusal(await replacePicture(editor, { pictureId: one.id, byId: 999_999_999 }), { kind: 'not-found' })
})

test('an author has a portrait that may be used, and readers see it while a story of theirs is live', async () => {
  const [one, other] = [await aUsablePicture(), await aUsablePicture()]
  const name = `Ada ${crypto.randomUUID()}`
  const { editor, form } = await aDraft('Boats')
  valueOf(await saveDraft(editor, form({ authors: name })))
  const [author] = await database().select().from(authors).where(eq(authors.name, name))
  const authorId = author?.id ?? 0
  const without = await aPicture()
  expectRefusal(await setPortrait(editor, { authorId, pictureId: without.id }), { kind: 'unfit' })
  expectRefusal(await setPortrait(one.by, { authorId, pictureId: one.id }), { kind: 'not-permitted' })
  valueOf(await setPortrait(editor, { authorId, pictureId: one.id }))
  expect(await uses(one.id)).toEqual([`the portrait of ${name}`])
  const seen = async (id: number) =>
    (
      await database()
        .select()
        .from(livePictureUses)
        .where(and(eq(livePictureUses.pictureId, id)))
    ).length
  expect(await seen(one.id)).toBe(0)
  valueOf(await publishStory(editor, form({ seenVersion: '2', authors: name })))
  expect(await seen(one.id)).toBe(1)
  valueOf(await replacePicture(editor, { pictureId: one.id, byId: other.id }))
  expect(await seen(other.id)).toBe(1)
  valueOf(await setPortrait(editor, { authorId, pictureId: '' }))
  expect(await uses(other.id)).toEqual([])
})
