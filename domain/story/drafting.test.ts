import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/story'
import { aPerson, expectRefusal, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { editHeadline, saveDraft, startStory } from './drafting'
import { publishStory } from './publishing'
import { aDraft, bodyOf, liveRow, text } from './story.test-support'

/** Without a section. */
async function aStory() {
  const writer = await aPerson('reporter', 'Rae')
  const story = valueOf(await startStory(writer, { headline: 'Moon ferry returns to Lower Quibble', sectionId: '' }))
  const form = (changes: Record<string, string> = {}) =>
    storyFields({ storyId: String(story.id), seenVersion: '1', ...changes })
  return { writer, story, storyId: story.id, form }
}
const draftOf = async (id: number) => (await database().select().from(drafts).where(eq(drafts.storyId, id)))[0]

test('a reporter starts a story with one line, and the history has it', async () => {
  const { writer, story } = await aStory()
  expect(story).toMatchObject({
    stage: 'draft',
    ownerId: writer.id,
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
  const { editor, storyId, form } = await aDraft()
  valueOf(await publishStory(editor, form()))
  const changes = { headline: 'Moon ferry sings', standfirst: 'One\r\n\r\nTwo', body: bodyOf(text('It sang.')) }
  const saved = valueOf(await saveDraft(editor, form(changes)))
  expect(saved.draft).toMatchObject({ headline: 'Moon ferry sings', standfirst: 'One\n\nTwo', version: 2 })
  expect(await liveRow(storyId)).toMatchObject({ headline: 'Moon ferry returns', body: null, standfirst: null })
})

test('a form of an older build, without a field of the story, leaves it as it is', async () => {
  const { writer, form } = await aStory()
  const fields = form({ kicker: 'Salt', standfirst: 'It sang.', authors: 'Zoë Wobble' })
  valueOf(await saveDraft(writer, fields))
  const { kicker: _kicker, standfirst: _standfirst, authors: _authors, ...older } = fields
  const { draft } = valueOf(await saveDraft(writer, { ...older, seenVersion: '2', dateline: 'Quay' }))
  const kept = { kicker: 'Salt', standfirst: 'It sang.', authors: ['Zoë Wobble'] }
  expect(draft).toMatchObject({ ...kept, dateline: 'Quay' })
})

test('the second of two saves is refused with the other’s text, and loses nothing', async () => {
  const [{ writer: rae, form }, edith] = [await aStory(), await aPerson('editor', 'Edith')]
  valueOf(await saveDraft(edith, form({ headline: 'Ferry late' })))
  const theirs = { kind: 'stale', by: 'Edith', version: 2, theirs: { headline: 'Ferry late' } }
  expectRefusal(await saveDraft(rae, form({ headline: 'Ferry early' })), theirs)
  const { draft } = valueOf(await saveDraft(rae, form({ headline: 'Ferry on time', seenVersion: '2' })))
  expect(draft.headline).toBe('Ferry on time')
})

test('saving an unchanged draft succeeds without an event, whatever its version', async () => {
  const { writer, storyId, form } = await aStory()
  expect(await saveDraft(writer, form())).toMatchObject({ ok: true, events: [] })
  expect(await historyOf(storyId)).toHaveLength(1)
})

test('of twenty concurrent saves one wins and nothing is overwritten', async () => {
  const editors = await Promise.all(Array.from({ length: 20 }, (_, n) => aPerson('editor', `Editor ${n}`)))
  const { storyId, form } = await aStory()
  const outcomes = await Promise.all(editors.map((editor, n) => saveDraft(editor, form({ headline: `Ferry ${n}` }))))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await draftOf(storyId))?.version).toBe(2)
})

test('a reporter cannot find another’s draft to save it, and nothing changes', async () => {
  const { storyId, form } = await aStory()
  const saved = await saveDraft(await aPerson('reporter'), form({ headline: 'Mine now' }))
  expect(refusalOf(saved)).toEqual({ kind: 'not-found', what: 'story' })
  expect((await draftOf(storyId))?.headline).toBe('Moon ferry returns to Lower Quibble')
})

test('long fields, a broken body, invalid ids and an unknown section are refused field by field', async () => {
  const { writer, form } = await aStory()
  for (const [changes, fields] of [
    [{ headline: 'x'.repeat(100_000) }, { headline: ['The headline is longer than 300 characters.'] }],
    [{ body: '{"type":' }, { body: [expect.stringContaining('did not arrive whole')] }],
    [{ sectionId: 'drop table' }, {}],
    [{ storyId: 'x' }, {}],
  ] satisfies [Record<string, string>, object][])
    expectRefusal(await saveDraft(writer, form(changes)), { kind: 'invalid', fields })
  for (const [changes, what] of [
    [{ storyId: '999999999' }, 'story'],
    [{ sectionId: '999999999' }, 'section'],
  ] satisfies [Record<string, string>, string][])
    expect(refusalOf(await saveDraft(writer, form(changes)))).toEqual({ kind: 'not-found', what })
})

test('the slug follows a headline that is changed in a list until the story is published', async () => {
  const { editor, storyId, form } = await aDraft('Ferry')
  const edited = async (seenHeadline: string, headline: string) =>
    valueOf(await editHeadline(editor, { storyId, seenHeadline, headline })).draft.slug
  expect(await edited('Ferry', 'Ferry sings')).toBe('ferry-sings')
  valueOf(await publishStory(editor, form({ seenVersion: '2', headline: 'Ferry sings' })))
  expect(await edited('Ferry sings', 'Ferry hums')).toBe('ferry-sings')
})

test('a headline is changed on the desk whatever else was saved since, and only an unseen headline is a conflict', async () => {
  const [{ writer: rae, story, storyId, form }, edith] = [await aStory(), await aPerson('editor', 'Edith')]
  const seen = { storyId, seenHeadline: story.draft.headline }
  valueOf(await saveDraft(rae, form({ kicker: 'By the quay' })))
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
  const { writer, storyId, form } = await aStory()
  valueOf(await saveDraft(writer, form({ standfirst: 'The kites sang all night.' })))
  valueOf(await saveDraft(writer, form({ seenVersion: '2', standfirst: '' })))
  const kept = await database().select().from(revisions).where(eq(revisions.storyId, storyId))
  expect(kept).toMatchObject([{ keptBecause: 'removal', standfirst: 'The kites sang all night.' }])
})
