import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { livePictureUses, upcomingMoments, usablePictures } from '@/db/schema/live'
import { pictureLeases } from '@/db/schema/picture'
import { aPerson, expectRefusal, refusalOf, valueOf } from '../../newsroom.test-support'
import { refusalSentence } from '../../refusal-sentence'
import { restoreRevision } from '../../restore/restoring'
import { scheduleStory } from '../../schedule/scheduling'
import { acceptFlaw } from '../../story/accepting'
import { saveDraft } from '../../story/drafting'
import { publishStory, withdrawStory } from '../../story/publishing'
import { findStoryById } from '../../story/store'
import { aDraft, liveRow } from '../../story/story.test-support'
import { findServedPicture } from '../serving-queries'
import { addLease, setRights } from './clearing'
import { completePicture } from './editing'
import { aPicture, asLead, aUsablePicture, pictureNow } from './picture.test-support'
import { findUses, useInWords } from './use-queries'

const version = async (storyId: number) => String((await findStoryById(database(), storyId))?.draft.version)
const uses = async (id: number) => (await findUses(database(), id)).map(useInWords)
const serving = (key: string) => findServedPicture(database(), key)

test('a picture at the head of a story is private until it is published, and again when it is withdrawn', async () => {
  const { id, key } = await aUsablePicture()
  const { editor, form, storyId } = await aDraft('Boats')
  const picture = asLead(id, { ratio: '4:3', focus: { focusX: 0.25, focusY: 0 } })
  valueOf(await saveDraft(editor, form({ picture, caption: 'Boats here', alt: '' })))
  expect(await uses(id)).toEqual(['at the head of “Boats” (in its draft)'])
  expect(await serving(key)).toMatchObject({ id, isLive: false, tags: [`picture:${id}`] })

  valueOf(await publishStory(editor, form({ seenVersion: await version(storyId), picture, caption: 'Boats here' })))
  expect(await liveRow(storyId)).toMatchObject({
    picture: JSON.parse(picture) as object,
    caption: 'Boats here',
    alt: null,
  })
  expect((await uses(id)).sort()).toEqual([
    'at the head of “Boats” (before readers)',
    'at the head of “Boats” (in its draft)',
  ])
  expect(await serving(key)).toMatchObject({
    isLive: true,
    tags: [`picture:${id}`, `story:${storyId}`],
    labels: { credit: 'Harbour Pictures', alt: 'A pier' },
    staleAt: null,
  })

  valueOf(await withdrawStory(editor, { storyId, reason: 'It was not so.' }))
  expect(await serving(key)).toMatchObject({ isLive: false })
  expect((await uses(id)).sort()).toEqual([
    'at the head of “Boats” (in its draft)',
    'at the head of “Boats” (withdrawn)',
  ])
})

test('a form of the build before leaves the picture where it is; an empty one takes it out', async () => {
  const { id } = await aUsablePicture()
  const { editor, form, storyId } = await aDraft()
  valueOf(await saveDraft(editor, form({ picture: asLead(id) })))
  valueOf(await saveDraft(editor, form({ seenVersion: await version(storyId), headline: 'More boats' })))
  expect(await uses(id)).toHaveLength(1)
  expectRefusal(await saveDraft(editor, form({ seenVersion: await version(storyId), picture: '{"pictureId":' })), {
    kind: 'invalid',
    fields: { picture: ['The picture did not arrive whole. Choose it again.'] },
  })
  valueOf(await saveDraft(editor, form({ seenVersion: await version(storyId), picture: '' })))
  expect(await uses(id)).toEqual([])
  expect((await pictureNow(id)).lastUsedAt).not.toBeNull()
})

test('an earlier version is restored with its picture', async () => {
  const { id } = await aUsablePicture()
  const { editor, form, storyId } = await aDraft()
  const first = valueOf(await publishStory(editor, form({ picture: asLead(id) })))
  valueOf(await publishStory(editor, form({ seenVersion: await version(storyId), picture: '' })))
  expect(await uses(id)).toEqual([])
  valueOf(
    await restoreRevision(editor, { storyId, seenVersion: await version(storyId), revisionId: first.liveRevisionId }),
  )
  expect(await uses(id)).toEqual([expect.stringContaining('in its draft')])
})

test('a missing credit, a missing alt text and missing rights stand in the checklist, and nobody can wave them through', async () => {
  const { id } = await aPicture({ caption: 'Boats' })
  const { editor, form, storyId } = await aDraft('Boats')
  const refusal = refusalOf(await publishStory(editor, form({ picture: asLead(id) })))
  expect(refusal).toMatchObject({
    kind: 'unfinished',
    gaps: ['picture-rights', 'picture-credit', 'picture-alt'].map((kind) => ({ kind, pictureId: id })),
  })
  expect(refusalSentence(refusal)).toBe(
    'Not published yet. “Boats”: nobody has said that it may be used. Choose another picture, or ask an editor to allow it for a time, with a reason. Say whose “Boats” is: the picture has no credit. Describe “Boats” for readers who do not see it, or say that it is decorative.',
  )
  expectRefusal(await acceptFlaw(editor, { storyId, flaw: `picture-credit ${id}` }), { kind: 'unfit' })
  valueOf(await setRights(editor, { pictureId: id, seenRightsVersion: 1, category: 'handout' }))

  // A reporter who writes the story adds what is missing, and changes nothing that is there.
  valueOf(await saveDraft(editor, form({ picture: asLead(id) })))
  const stranger = await aPerson('reporter')
  const words = { pictureId: id, storyId, credit: 'Pier', decorative: 'yes' }
  expectRefusal(await completePicture(stranger, words), { kind: 'not-found' })
  valueOf(await completePicture(editor, words))
  const seenVersion = await version(storyId)
  expect(valueOf(await publishStory(editor, form({ seenVersion, picture: asLead(id) }))).stage).toBe('live')
})

test('whoever places a picture of somebody else adds the credit that is missing, once', async () => {
  const { id } = await aPicture({ caption: 'Boats' })
  const writer = await aPerson('reporter')
  const { form, storyId } = await aDraft('Boats', writer)
  expectRefusal(await completePicture(writer, { pictureId: id, storyId, credit: 'Pier' }), { kind: 'not-permitted' })
  valueOf(await saveDraft(writer, form({ picture: asLead(id) })))
  valueOf(await completePicture(writer, { pictureId: id, storyId, credit: 'Pier' }))
  expectRefusal(await completePicture(writer, { pictureId: id, storyId, credit: 'Quay' }), {
    kind: 'stale',
    theirs: { credit: 'Pier' },
  })
  valueOf(await completePicture(writer, { pictureId: id, storyId, credit: 'Pier', alt: 'A pier' }))
})

test('the alt text of the story is one; a picture that the library does not have is none', async () => {
  const { id } = await aPicture({ credit: 'Pier' })
  const { editor, form } = await aDraft()
  valueOf(await setRights(editor, { pictureId: id, seenRightsVersion: 1, category: 'staff' }))
  expectRefusal(await publishStory(editor, form({ picture: asLead(id), alt: '\u200b' })), {
    gaps: [{ kind: 'picture-alt' }],
  })
  expectRefusal(await publishStory(editor, form({ picture: asLead(999_999_999), alt: 'A pier' })), {
    gaps: [{ kind: 'picture-gone', pictureId: 999_999_999 }],
  })
  valueOf(await publishStory(editor, form({ picture: asLead(id), alt: 'A pier' })))
})

test('a denied picture is refused with the date; an editor allows it with a reason and an end, and then it is gone by the query', async () => {
  const { id, key } = await aPicture({ credit: 'Pier', altText: 'A pier', expirationDate: '2021-12-31T23:59:59Z' })
  const { editor, form, storyId } = await aDraft()
  valueOf(await setRights(editor, { pictureId: id, seenRightsVersion: 1, category: 'agency' }))
  const refusal = refusalOf(await publishStory(editor, form({ picture: asLead(id) })))
  expect(refusalSentence(refusal)).toContain('31 December 2021')
  const soon = new Date(Date.now() + 90_000).toISOString().slice(0, 16)
  const allowance = { pictureId: id, kind: 'allow', until: soon, timeZone: 'UTC', note: 'The agency agreed' }
  valueOf(await addLease(editor, allowance))
  valueOf(await publishStory(editor, form({ picture: asLead(id) })))
  const served = await serving(key)
  expect(served).toMatchObject({ isLive: true, staleAt: new Date(`${soon}:00Z`) })
  // No cached page outlives it.
  const [next] = await database().select({ at: upcomingMoments.at }).from(upcomingMoments).orderBy(upcomingMoments.at)
  expect(Number(next?.at)).toBeLessThanOrEqual(Date.parse(`${soon}:00Z`))
  // Not at a time when it is denied again.
  const other = await aDraft()
  const scheduled = { ...other.form(), due: '2031-01-01T12:00', timeZone: 'UTC' }
  valueOf(await saveDraft(other.editor, other.form({ picture: asLead(id) })))
  expectRefusal(await scheduleStory(other.editor, { ...scheduled, seenVersion: await version(other.storyId) }), {
    kind: 'unfinished',
  })
  await endNow(id)
  expect(await serving(key)).toMatchObject({ isLive: false })
  expect(await database().select().from(usablePictures).where(eq(usablePictures.id, id))).toEqual([])
  expect(await database().select().from(livePictureUses).where(eq(livePictureUses.pictureId, id))).toMatchObject([
    { storyId, place: 'lead' },
  ])
})

/** The time of every allowance of the picture is up. */
async function endNow(pictureId: number) {
  const until = new Date(Date.now() - 1000)
  const allowances = and(eq(pictureLeases.pictureId, pictureId), eq(pictureLeases.kind, 'allow'))
  await database().update(pictureLeases).set({ until }).where(allowances)
}
