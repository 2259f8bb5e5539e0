import { expect, test } from 'vitest'
import { parseDeskQuery } from '../desk/desk'
import { findOnDesk } from '../desk/queries'
import { sentence } from '../history/sentence'
import { aPerson, expectRefusal, historyOf, lastHistoryId, refusalOf, valueOf } from '../newsroom.test-support'
import { discardChanges } from '../restore/discarding'
import { editHeadline, saveDraft } from './drafting'
import { publishDraftHeadline, publishHeadline } from './headline-publishing'
import { aLiveHeadline, liveRow } from './story.test-support'
import { hasUnpublishedChanges } from './story'

const seenLive = 'Moon ferry returns'
const headline = 'Moon ferry is back'

test('only the headline goes live, and the other changes of the draft stay', async () => {
  const { editor, story, storyId, form } = await aLiveHeadline()
  const standfirst = 'Not for readers yet'
  valueOf(await saveDraft(editor, form({ standfirst })))
  const changed = valueOf(await publishHeadline(editor, { storyId, seenHeadline: seenLive, headline }))
  expect(await liveRow(storyId)).toMatchObject({ headline, standfirst: null, slug: story.slug })
  expect(changed.draft).toMatchObject({ headline, standfirst, keptAsRevisionId: null })
})

test('publishing only the headline of an unchanged story leaves no unpublished changes', async () => {
  const { editor, storyId } = await aLiveHeadline()
  const seen = { storyId, seenHeadline: seenLive }
  const changed = valueOf(await publishHeadline(editor, { ...seen, headline }))
  expect(changed.draft.keptAsRevisionId).toBe(changed.stage === 'live' ? changed.liveRevisionId : undefined)
  expectRefusal(await publishHeadline(editor, { ...seen, headline: 'Third' }), { kind: 'stale' })
})

/** A live headline whose draft Rae has given another one. */
async function rewritten(draftHeadline = 'Moon ferry sings') {
  const live = await aLiveHeadline()
  const rewrite = async (headline: string, seenVersion: string) =>
    valueOf(
      await saveDraft(await aPerson('editor', 'Rae'), live.form({ headline, slug: live.story.slug, seenVersion })),
    )
  await rewrite(draftHeadline, '1')
  const lastSentence = async () => (await historyOf(live.storyId)).map(sentence).at(-1)
  return { ...live, rewrite, lastSentence }
}

test('an unseen headline of the draft stays while another one is published, and the history says so', async () => {
  const { editor, storyId, lastSentence } = await rewritten()
  const published = valueOf(await publishHeadline(editor, { storyId, seenHeadline: seenLive, seenLive, headline }))
  expect(await liveRow(storyId)).toMatchObject({ headline })
  expect(published.draft).toMatchObject({ headline: 'Moon ferry sings', version: 2, savedByName: 'Rae' })
  expect(hasUnpublishedChanges(published)).toBe(true)
  expect(await lastSentence()).toBe(
    'Changed the live headline “Moon ferry returns” to “Moon ferry is back”. The draft still says “Moon ferry sings”.',
  )
})

test('headlines are published one after the other while another one is typed in the draft', async () => {
  const { editor, storyId, rewrite } = await rewritten('Moon ferry si')
  await rewrite('Moon ferry sings', '2')
  const seen = { storyId, seenHeadline: 'Moon ferry si', seenLive }
  expect(valueOf(await publishHeadline(editor, { ...seen, headline })).draft.headline).toBe('Moon ferry sings')
  expect(await liveRow(storyId)).toMatchObject({ headline })
})

test('a headline of the draft that was seen is replaced, and the history keeps it', async () => {
  const { editor, storyId, lastSentence } = await rewritten()
  const form = { storyId, seenHeadline: 'Moon ferry sings', seenLive, headline }
  expect(valueOf(await publishHeadline(editor, form)).draft.headline).toBe(headline)
  expect(await lastSentence()).toBe(
    'Changed the live headline “Moon ferry returns” to “Moon ferry is back”, also in the draft, where it was “Moon ferry sings”.',
  )
})

test('an unseen live headline is not replaced, and is returned with the refusal', async () => {
  const { editor, storyId } = await rewritten()
  valueOf(await publishHeadline(await aPerson('editor', 'Otto'), { storyId, seenHeadline: seenLive, headline }))
  const late = { storyId, seenHeadline: 'Moon ferry sings', seenLive, headline: 'Moon ferry hums' }
  expectRefusal(await publishHeadline(editor, late), { kind: 'stale', by: 'Otto', theirs: { headline } })
  // Sent again, after the editor has seen it.
  valueOf(await publishHeadline(editor, { ...late, seenHeadline: headline }))
  expect(await liveRow(storyId)).toMatchObject({ headline: 'Moon ferry hums' })
})

test.each([
  ['its', publishDraftHeadline, 'Moon ferry sings'],
  ['another', publishHeadline, 'Moon ferry hums'],
])(
  'a draft that differed in its headline only equals the live copy once %s headline is published',
  async (_, act, to) => {
    const { editor, storyId } = await aLiveHeadline()
    valueOf(await editHeadline(editor, { storyId, seenHeadline: seenLive, headline: 'Moon ferry sings' }))
    const published = valueOf(await act(editor, { storyId, seenHeadline: 'Moon ferry sings', headline: to }))
    expect(hasUnpublishedChanges(published)).toBe(false)
  },
)

test('a restored draft has unpublished changes once another headline is live', async () => {
  const { editor, section, story, storyId } = await aLiveHeadline()
  const seen = { storyId, seenLive, seenHeadline: 'Moon ferry sings' }
  valueOf(await editHeadline(editor, { storyId, seenHeadline: seenLive, headline: seen.seenHeadline }))
  valueOf(await discardChanges(editor, { storyId, seenVersion: 2, seenRevision: story.liveRevisionId }))
  const { draft } = valueOf(await publishHeadline(editor, { ...seen, headline: 'Moon ferry hums' }))
  expect(draft).toMatchObject({ headline: seenLive, keptAsRevisionId: null })
  const { stories } = await findOnDesk(editor, { ...parseDeskQuery({ stage: 'changed' }), sectionId: section.id })
  expect(stories.map(({ id }) => id)).toEqual([storyId])
})

test('only the headline of a larger draft is published, and the draft stays', async () => {
  const { editor, story, storyId, form } = await aLiveHeadline()
  const changes = { headline, kicker: 'Quay', standfirst: 'Not for readers yet', slug: 'moon' }
  const saved = valueOf(await saveDraft(editor, form(changes)))
  const seen = { storyId, seenHeadline: headline }
  const published = valueOf(await publishDraftHeadline(editor, seen))
  expect(await liveRow(storyId)).toMatchObject({ headline, kicker: null, standfirst: null, slug: story.slug })
  expect(published.draft).toEqual(saved.draft)
  expect(hasUnpublishedChanges(published)).toBe(true)
  expect((await historyOf(storyId)).at(-1)).toMatchObject({
    type: 'headline-published',
    before: seenLive,
    formerRevisionId: story.liveRevisionId,
  })
  const lastId = await lastHistoryId()
  valueOf(await publishDraftHeadline(editor, seen))
  expect(await lastHistoryId()).toBe(lastId)
})

test('a headline other than the one that was seen, or none, is not published', async () => {
  const { editor, story, storyId, form } = await aLiveHeadline()
  const unseen = { storyId, seenHeadline: 'Moon ferry hums' }
  expectRefusal(await publishDraftHeadline(editor, unseen), { kind: 'stale', by: 'Edith', theirs: {} })
  valueOf(await saveDraft(editor, form({ headline: ' ', slug: story.slug })))
  const blank = { storyId, seenHeadline: '' }
  expect(refusalOf(await publishDraftHeadline(editor, blank))).toEqual({ kind: 'unfinished', gaps: ['a headline'] })
  expectRefusal(await publishDraftHeadline(await aPerson('reporter'), blank), { kind: 'not-permitted' })
  expect(await liveRow(storyId)).toMatchObject({ headline: seenLive })
})
