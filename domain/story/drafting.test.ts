import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/story'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { editHeadline, saveDraft, startStory } from './drafting'
import { publishStory } from './publishing'

const aStory = async (owner: Awaited<ReturnType<typeof aPerson>>) =>
  valueOf(await startStory(owner, { headline: 'Moon ferry returns to Lower Quibble', sectionId: '' }))

test('a reporter starts a story with one line, and the history has it', async () => {
  const reporter = await aPerson('reporter')
  const story = await aStory(reporter)
  expect(story).toMatchObject({
    stage: 'draft',
    ownerId: reporter.id,
    draft: { slug: 'moon-ferry-returns-to-lower-quibble', version: 1 },
  })
  expect(await historyOf(story.id)).toEqual([
    { type: 'story-started', storyId: story.id, headline: 'Moon ferry returns to Lower Quibble' },
  ])
})

test('a story cannot start without a headline', async () => {
  expect(refusalOf(await startStory(await aPerson('editor'), { headline: ' \u0000 ', sectionId: '' }))).toMatchObject({
    kind: 'invalid',
    fields: { headline: ['Write a headline first: it can change later.'] },
  })
})

test('saving a draft keeps all text and changes nothing for readers', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const story = await aStory(editor)
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1', sectionId: String(section.id) })
  valueOf(await publishStory(editor, fields))
  const body = JSON.stringify({
    type: 'doc',
    content: [{ type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text: 'It sang.' }] }],
  })
  const saved = valueOf(
    await saveDraft(editor, {
      ...fields,
      seenVersion: '2',
      headline: 'Moon ferry sings',
      standfirst: 'One\r\n\r\nTwo',
      body,
    }),
  )
  expect(saved.draft).toMatchObject({ headline: 'Moon ferry sings', standfirst: 'One\n\nTwo', version: 3 })
  const [live] = await database().select().from(liveStories).where(eq(liveStories.id, story.id))
  expect(live).toMatchObject({ headline: 'Moon ferry returns to Lower Quibble', body: null, standfirst: null })
})

test('a form of an older build, without a field of the story, leaves it as it is', async () => {
  const editor = await aPerson('editor')
  const story = await aStory(editor)
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1', kicker: 'Salt', standfirst: 'It sang.' })
  valueOf(await saveDraft(editor, fields))
  const { kicker: _kicker, standfirst: _standfirst, ...older } = fields
  const { draft } = valueOf(await saveDraft(editor, { ...older, seenVersion: '2', dateline: 'Quay' }))
  expect(draft).toMatchObject({ kicker: 'Salt', standfirst: 'It sang.', dateline: 'Quay' })
})

test('the second of two saves is refused with the other’s text, and loses nothing', async () => {
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const story = await aStory(rae)
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1' })
  valueOf(await saveDraft(edith, { ...fields, headline: 'Ferry late' }))
  const refusal = refusalOf(await saveDraft(rae, { ...fields, headline: 'Ferry early' }))
  expect(refusal).toMatchObject({ kind: 'stale', by: 'Edith', version: 2, theirs: { headline: 'Ferry late' } })
  expect(valueOf(await saveDraft(rae, { ...fields, headline: 'Ferry on time', seenVersion: '2' })).draft.headline).toBe(
    'Ferry on time',
  )
})

test('saving an unchanged draft succeeds without an event, whatever its version', async () => {
  const reporter = await aPerson('reporter')
  const story = await aStory(reporter)
  const outcome = await saveDraft(reporter, storyFields({ storyId: String(story.id), seenVersion: '1' }))
  expect(outcome).toMatchObject({ ok: true, events: [] })
  expect(await historyOf(story.id)).toHaveLength(1)
})

test('of twenty concurrent saves one wins and nothing is overwritten', async () => {
  const editors = await Promise.all(Array.from({ length: 20 }, (_, n) => aPerson('editor', `Editor ${n}`)))
  const story = await aStory(await aPerson('reporter'))
  const outcomes = await Promise.all(
    editors.map((editor, n) =>
      saveDraft(editor, storyFields({ storyId: String(story.id), seenVersion: '1', headline: `Ferry ${n}` })),
    ),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  const [row] = await database().select().from(drafts).where(eq(drafts.storyId, story.id))
  expect(row?.version).toBe(2)
})

test('a reporter cannot find another’s draft to save it, and nothing changes', async () => {
  const story = await aStory(await aPerson('reporter'))
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1', headline: 'Mine now' })
  expect(refusalOf(await saveDraft(await aPerson('reporter'), fields))).toEqual({ kind: 'not-found', what: 'story' })
  const [row] = await database().select().from(drafts).where(eq(drafts.storyId, story.id))
  expect(row?.headline).toBe('Moon ferry returns to Lower Quibble')
})

test('long fields, a broken body and invalid ids are refused field by field', async () => {
  const reporter = await aPerson('reporter')
  const story = await aStory(reporter)
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1' })
  expect(refusalOf(await saveDraft(reporter, { ...fields, headline: 'x'.repeat(100_000) }))).toMatchObject({
    kind: 'invalid',
    fields: { headline: ['The headline is longer than 300 characters.'] },
  })
  expect(refusalOf(await saveDraft(reporter, { ...fields, body: '{"type":' }))).toMatchObject({
    kind: 'invalid',
    fields: { body: [expect.stringContaining('did not arrive whole')] },
  })
  expect(refusalOf(await saveDraft(reporter, { ...fields, sectionId: 'drop table' }))).toMatchObject({
    kind: 'invalid',
  })
  expect(refusalOf(await saveDraft(reporter, { ...fields, storyId: '999999999' }))).toEqual({
    kind: 'not-found',
    what: 'story',
  })
  expect(refusalOf(await saveDraft(reporter, { ...fields, storyId: 'x' }))).toMatchObject({ kind: 'invalid' })
})

test('an unknown section is refused', async () => {
  const reporter = await aPerson('reporter')
  const story = await aStory(reporter)
  expect(
    refusalOf(
      await saveDraft(reporter, storyFields({ storyId: String(story.id), seenVersion: '1', sectionId: '999999999' })),
    ),
  ).toEqual({ kind: 'not-found', what: 'section' })
})

test('the slug follows a headline that is changed in a list until the story is published', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const story = await aStory(editor)
  expect(
    valueOf(
      await editHeadline(editor, { storyId: story.id, seenHeadline: story.draft.headline, headline: 'Ferry sings' }),
    ).draft.slug,
  ).toBe('ferry-sings')
  valueOf(
    await publishStory(
      editor,
      storyFields({
        storyId: String(story.id),
        seenVersion: '2',
        headline: 'Ferry sings',
        sectionId: String(section.id),
      }),
    ),
  )
  expect(
    valueOf(await editHeadline(editor, { storyId: story.id, seenHeadline: 'Ferry sings', headline: 'Ferry hums' }))
      .draft.slug,
  ).toBe('ferry-sings')
})

test('a headline is changed on the desk whatever else was saved since, and only an unseen headline is a conflict', async () => {
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const story = await aStory(rae)
  const { headline } = story.draft
  const seen = { storyId: story.id, seenHeadline: headline }
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1', headline, kicker: 'By the quay' })
  valueOf(await saveDraft(rae, fields))
  const changed = valueOf(await editHeadline(edith, { ...seen, headline: 'Ferry sings' }))
  expect(changed.draft).toMatchObject({ headline: 'Ferry sings', kicker: 'By the quay', version: 3 })
  const late = { ...seen, headline: 'Ferry hums' }
  expect(refusalOf(await editHeadline(rae, late))).toEqual({
    kind: 'stale',
    by: 'Edith',
    version: 3,
    theirs: { headline: 'Ferry sings' },
  })
  // The draft has this headline already.
  expect((await editHeadline(rae, { ...seen, headline: 'Ferry sings' })).ok).toBe(true)
  expect(valueOf(await editHeadline(rae, { ...late, seenHeadline: 'Ferry sings' })).draft.headline).toBe('Ferry hums')
})

test('a revision is kept before a form without script deletes much of a story', async () => {
  const rae = await aPerson('reporter', 'Rae')
  const story = await aStory(rae)
  const fields = { storyId: String(story.id), headline: 'Moon ferry returns' }
  valueOf(await saveDraft(rae, storyFields({ ...fields, seenVersion: '1', standfirst: 'The kites sang all night.' })))
  valueOf(await saveDraft(rae, storyFields({ ...fields, seenVersion: '2', standfirst: '' })))
  const kept = await database().select().from(revisions).where(eq(revisions.storyId, story.id))
  expect(kept).toMatchObject([{ keptBecause: 'removal', standfirst: 'The kites sang all night.' }])
})
