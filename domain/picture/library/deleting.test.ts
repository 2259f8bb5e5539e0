import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { aPerson, expectRefusal, refusalOf, valueOf } from '../../newsroom.test-support'
import { refusalSentence } from '../../refusal-sentence'
import { saveDraft } from '../../story/drafting'
import { publishStory } from '../../story/publishing'
import { aDraft } from '../../story/story.test-support'
import { findServedPicture } from '../serving-queries'
import { addPicture } from './adding'
import { clearUnused, deletePicture } from './deleting'
import { anIngestedPicture, aPicture, asLead, aUsablePicture, sentencesOfPicture } from './picture.test-support'
import { findPicture } from './store'

test('a picture that is used is not deleted, and the refusal names the places', async () => {
  const { id } = await aUsablePicture()
  const { editor, form } = await aDraft('Boats')
  valueOf(await publishStory(editor, form({ picture: asLead(id) })))
  const refusal = refusalOf(await deletePicture(editor, { pictureId: id }))
  expect(refusalSentence(refusal)).toBe(
    'This picture is used, so it cannot be deleted: at the head of “Boats” (before readers); at the head of “Boats” (in its draft). Take it out there first, or replace it everywhere.',
  )
  expect(await findPicture(database(), id)).not.toBeNull()
})

test('a reporter deletes their own unused picture, not that of others; the same bytes may come again', async () => {
  const reporter = await aPerson('reporter')
  const ingested = anIngestedPicture({ caption: 'Boats' })
  const { id, key } = valueOf(await addPicture(reporter, ingested))
  expectRefusal(await deletePicture(await aPerson('reporter'), { pictureId: id }), { kind: 'not-permitted' })
  valueOf(await deletePicture(reporter, { pictureId: id }))
  expect(await findPicture(database(), id)).toBeNull()
  expect(await findServedPicture(database(), key)).toBeNull()
  expectRefusal(await deletePicture(reporter, { pictureId: id }), { kind: 'not-found', what: 'picture' })
  expect((await sentencesOfPicture(id)).at(-1)).toBe('Deleted “Boats” from the pictures.')
  const again = valueOf(await addPicture(reporter, { ...ingested, key: anIngestedPicture().key }))
  expect(again.id).not.toBe(id)
})

test('of a list of unused pictures, what is used by now stays', async () => {
  const [one, other] = [await aPicture(), await aPicture()]
  const { editor, form } = await aDraft()
  valueOf(await saveDraft(editor, form({ picture: asLead(other.id) })))
  const pictureIds = [other.id, one.id, one.id]
  expect(valueOf(await clearUnused(editor, { pictureIds }))).toEqual({ deleted: [one.id], kept: [other.id] })
  expect(valueOf(await clearUnused(editor, { pictureIds }))).toEqual({ deleted: [], kept: [other.id] })
})

test('a picture is either placed or deleted, also when both happen at once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id } = await aPicture()
    const { editor, form } = await aDraft()
    const [, deleted] = await Promise.all([
      saveDraft(editor, form({ picture: asLead(id) })),
      deletePicture(editor, { pictureId: id }),
    ])
    expect(deleted.ok).toBe((await findPicture(database(), id)) === null)
    // Placed too late: publishing says that it is not there.
    if (deleted.ok)
      expectRefusal(await publishStory(editor, form({ seenVersion: '2', picture: asLead(id) })), {
        gaps: [{ kind: 'picture-gone' }],
      })
  }
})
