import { expect, test } from 'vitest'
import { parseDeskQuery } from '../desk/desk'
import { findOnDesk } from '../desk/queries'
import { sentence } from '../history/sentence'
import { aPerson, historyOf, lastHistoryId, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { discardChanges } from '../restore/discarding'
import { editHeadline, saveDraft } from './drafting'
import { publishDraftHeadline, publishHeadline } from './headline-publishing'
import { aLiveHeadline, liveRow } from './live-headline.test-support'
import { hasUnpublishedChanges, type Story } from './story'

test('only the headline goes live, and the other changes of the draft stay', async () => {
  const { editor, section, story } = await aLiveHeadline()
  valueOf(
    await saveDraft(
      editor,
      storyFields({
        storyId: String(story.id),
        seenVersion: '1',
        headline: 'Moon ferry returns',
        standfirst: 'Not for readers yet',
        sectionId: String(section.id),
      }),
    ),
  )
  const changed = valueOf(
    await publishHeadline(editor, {
      storyId: story.id,
      seenHeadline: 'Moon ferry returns',
      headline: 'Moon ferry is back',
    }),
  )
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry is back', standfirst: null, slug: story.slug })
  expect(changed.draft).toMatchObject({
    headline: 'Moon ferry is back',
    standfirst: 'Not for readers yet',
    keptAsRevisionId: null,
  })
})

test('publishing only the headline of an unchanged story leaves no unpublished changes', async () => {
  const { editor, story } = await aLiveHeadline()
  const changed = valueOf(
    await publishHeadline(editor, {
      storyId: story.id,
      seenHeadline: 'Moon ferry returns',
      headline: 'Moon ferry is back',
    }),
  )
  expect(changed.draft.keptAsRevisionId).toBe(changed.stage === 'live' ? changed.liveRevisionId : undefined)
  expect(
    refusalOf(
      await publishHeadline(editor, { storyId: story.id, seenHeadline: 'Moon ferry returns', headline: 'Third' }),
    ),
  ).toMatchObject({ kind: 'stale' })
})

async function rewritten(story: Story, headline: string) {
  const { id, draft } = story
  const fields = { ...draft, standfirst: draft.standfirst ?? '', sectionId: String(draft.sectionId), headline }
  const sent = { storyId: String(id), seenVersion: String(draft.version) }
  const { slug, sectionId, standfirst } = fields
  return valueOf(
    await saveDraft(await aPerson('editor', 'Rae'), storyFields({ slug, sectionId, standfirst, headline, ...sent })),
  )
}

const lastSentence = async (id: number) => (await historyOf(id)).map(sentence).at(-1)

test('an unseen headline of the draft stays while another one is published, and the history says so', async () => {
  const { editor, story } = await aLiveHeadline()
  await rewritten(story, 'Moon ferry sings')
  const form = { storyId: story.id, seenHeadline: 'Moon ferry returns', seenLive: 'Moon ferry returns' }
  const published = valueOf(await publishHeadline(editor, { ...form, headline: 'Moon ferry is back' }))
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry is back' })
  expect(published.draft).toMatchObject({ headline: 'Moon ferry sings', version: 2, savedByName: 'Rae' })
  expect(hasUnpublishedChanges(published)).toBe(true)
  expect(await lastSentence(story.id)).toBe(
    'Changed the live headline “Moon ferry returns” to “Moon ferry is back”. The draft still says “Moon ferry sings”.',
  )
})

test('headlines are published one after the other while another one is typed in the draft', async () => {
  const { editor, story } = await aLiveHeadline()
  const typed = await rewritten(story, 'Moon ferry si')
  const seen = { storyId: story.id, seenHeadline: 'Moon ferry si', seenLive: 'Moon ferry returns' }
  await rewritten(typed, 'Moon ferry sings')
  const published = valueOf(await publishHeadline(editor, { ...seen, headline: 'Moon ferry is back' }))
  expect(published.draft.headline).toBe('Moon ferry sings')
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry is back' })
})

test('a headline of the draft that was seen is replaced, and the history keeps it', async () => {
  const { editor, story } = await aLiveHeadline()
  await rewritten(story, 'Moon ferry sings')
  const form = { storyId: story.id, seenHeadline: 'Moon ferry sings', seenLive: 'Moon ferry returns' }
  const published = valueOf(await publishHeadline(editor, { ...form, headline: 'Moon ferry is back' }))
  expect(published.draft.headline).toBe('Moon ferry is back')
  expect(await lastSentence(story.id)).toBe(
    'Changed the live headline “Moon ferry returns” to “Moon ferry is back”, also in the draft, where it was “Moon ferry sings”.',
  )
})

test('an unseen live headline is not replaced, and is returned with the refusal', async () => {
  const { editor, story } = await aLiveHeadline()
  await rewritten(story, 'Moon ferry sings')
  const seen = { storyId: story.id, seenHeadline: 'Moon ferry sings', seenLive: 'Moon ferry returns' }
  const old = { storyId: story.id, seenHeadline: 'Moon ferry returns' }
  valueOf(await publishHeadline(await aPerson('editor', 'Otto'), { ...old, headline: 'Moon ferry is back' }))
  const late = { ...seen, headline: 'Moon ferry hums' }
  expect(refusalOf(await publishHeadline(editor, late))).toMatchObject({
    kind: 'stale',
    by: 'Otto',
    theirs: { headline: 'Moon ferry is back' },
  })
  // Sent again, after the editor has seen it.
  valueOf(await publishHeadline(editor, { ...late, seenHeadline: 'Moon ferry is back' }))
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry hums' })
})

test('a draft that differed in its headline only has no unpublished changes once that headline is published', async () => {
  const { editor, story } = await aLiveHeadline()
  valueOf(
    await editHeadline(editor, { storyId: story.id, seenHeadline: 'Moon ferry returns', headline: 'Moon ferry sings' }),
  )
  const seen = { storyId: story.id, seenHeadline: 'Moon ferry sings' }
  expect(hasUnpublishedChanges(valueOf(await publishHeadline(editor, { ...seen, headline: 'Moon ferry hums' })))).toBe(
    false,
  )
})

test('a restored draft has unpublished changes once another headline is live', async () => {
  const { editor, section, story } = await aLiveHeadline()
  const seen = { storyId: story.id, seenLive: 'Moon ferry returns', seenHeadline: 'Moon ferry sings' }
  const saved = valueOf(
    await editHeadline(editor, { ...seen, seenHeadline: seen.seenLive, headline: seen.seenHeadline }),
  )
  const { version: seenVersion } = saved.draft
  valueOf(await discardChanges(editor, { storyId: story.id, seenVersion, seenRevision: story.liveRevisionId }))
  expect(valueOf(await publishHeadline(editor, { ...seen, headline: 'Moon ferry hums' })).draft).toMatchObject({
    headline: 'Moon ferry returns',
    keptAsRevisionId: null,
  })
  const { stories } = await findOnDesk(editor, { ...parseDeskQuery({ stage: 'changed' }), sectionId: section.id })
  expect(stories.map(({ id }) => id)).toEqual([story.id])
})

test('only the headline of a larger draft is published, and the draft stays', async () => {
  const { editor, section, story } = await aLiveHeadline()
  const changes = { headline: 'Moon ferry is back', kicker: 'Quay', standfirst: 'Not for readers yet', slug: 'moon' }
  const fields = { storyId: String(story.id), seenVersion: '1', sectionId: String(section.id) }
  const saved = valueOf(await saveDraft(editor, storyFields({ ...fields, ...changes })))
  const form = { storyId: story.id, seenHeadline: 'Moon ferry is back' }
  const published = valueOf(await publishDraftHeadline(editor, form))
  expect(await liveRow(story.id)).toMatchObject({
    headline: 'Moon ferry is back',
    kicker: null,
    standfirst: null,
    slug: story.slug,
  })
  expect(published.draft).toEqual(saved.draft)
  expect(hasUnpublishedChanges(published)).toBe(true)
  expect((await historyOf(story.id)).at(-1)).toMatchObject({
    type: 'headline-published',
    before: 'Moon ferry returns',
    formerRevisionId: story.liveRevisionId,
  })
  const lastId = await lastHistoryId()
  valueOf(await publishDraftHeadline(editor, form))
  expect(await lastHistoryId()).toBe(lastId)
})

test('a draft whose headline was its only change equals the live copy once it is published', async () => {
  const { editor, story } = await aLiveHeadline()
  const seen = { storyId: story.id, seenHeadline: 'Moon ferry returns' }
  valueOf(await editHeadline(editor, { ...seen, headline: 'Moon ferry hums' }))
  const form = { storyId: story.id, seenHeadline: 'Moon ferry hums' }
  expect(hasUnpublishedChanges(valueOf(await publishDraftHeadline(editor, form)))).toBe(false)
})

test('a headline other than the one that was seen, or none, is not published', async () => {
  const { editor, section, story } = await aLiveHeadline()
  const form = { storyId: story.id, seenHeadline: 'Moon ferry hums' }
  expect(refusalOf(await publishDraftHeadline(editor, form))).toMatchObject({ kind: 'stale', by: 'Edith', theirs: {} })
  const changes = { storyId: String(story.id), seenVersion: '1', headline: ' ', slug: story.slug }
  valueOf(await saveDraft(editor, storyFields({ ...changes, sectionId: String(section.id) })))
  const blank = { ...form, seenHeadline: '' }
  expect(refusalOf(await publishDraftHeadline(editor, blank))).toEqual({ kind: 'unfinished', gaps: ['a headline'] })
  const reporter = await aPerson('reporter')
  expect(refusalOf(await publishDraftHeadline(reporter, blank))).toMatchObject({ kind: 'not-permitted' })
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry returns' })
})
