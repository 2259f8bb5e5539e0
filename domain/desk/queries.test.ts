import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, storyFields, valueOf } from '../newsroom.test-support'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { deskStages, type DeskQuery } from './desk'
import { editHeadline, saveDraft, startStory } from '../story/drafting'
import { findStory } from '../story/queries'
import { findOnDesk, DESK_PAGE_SIZE } from './queries'
import { publishNewHeadline, publishStory, withdrawStory } from '../story/publishing'
import { aDraft as aStoryDraft } from '../story/story.test-support'

const everything: DeskQuery = { list: null, stage: null, sectionId: null, search: '', before: null }

const aDraft = async (actor: Actor, headline: string, sectionId: number | '' = '') =>
  valueOf(await startStory(actor, { headline, sectionId: String(sectionId) }))
const aLiveHeadline = async (editor: Actor, headline: string, sectionId: number) =>
  valueOf(await publishNewHeadline(editor, { headline, sectionId: String(sectionId) }))

/** One story of each stage, in a new section. */
async function aFullDesk(editor: Actor) {
  const section = await aSection()
  const draft = await aDraft(editor, 'Draft of a kite', section.id)
  const live = await aLiveHeadline(editor, 'Live kite', section.id)
  const changed = await aLiveHeadline(editor, 'Kite to change', section.id)
  const seen = { storyId: changed.id, seenHeadline: 'Kite to change' }
  valueOf(await editHeadline(editor, { ...seen, headline: 'Changed kite' }))
  const withdrawn = await aLiveHeadline(editor, 'Kite to withdraw', section.id)
  valueOf(await withdrawStory(editor, { storyId: withdrawn.id, reason: 'It flew away' }))
  const scheduled = await aLiveHeadline(editor, 'Kite of tomorrow', section.id)
  const tomorrow = new Date(Date.now() + 86_400_000)
  await database().update(stories).set({ liveAt: tomorrow }).where(eq(stories.id, scheduled.id))
  return { section, ids: { draft, live, changed, withdrawn, scheduled } }
}

test('the desk shows every story of every stage, last saved first, and filters by stage', async () => {
  const editor = await aPerson('editor', 'Edith')
  const { section, ids } = await aFullDesk(editor)
  const inSection = { ...everything, sectionId: section.id }
  const { stories: all } = await findOnDesk(editor, inSection)
  expect(all).toHaveLength(5)
  const savedAt = all.map(({ savedAt }) => savedAt.getTime())
  expect(savedAt).toEqual(savedAt.toSorted((one, other) => other - one))
  const found = await Promise.all(
    deskStages.map(async (stage) => (await findOnDesk(editor, { ...inSection, stage })).stories.map(({ id }) => id)),
  )
  expect(found).toEqual([
    [ids.draft.id],
    [ids.scheduled.id],
    [ids.changed.id, ids.live.id],
    [ids.changed.id],
    [ids.withdrawn.id],
  ])
})

test('a row has the live copy beside the draft', async () => {
  const editor = await aPerson('editor', 'Edith')
  const { section, ids } = await aFullDesk(editor)
  const { stories: lines } = await findOnDesk(editor, { ...everything, sectionId: section.id, stage: 'changed' })
  expect(lines[0]).toMatchObject({
    id: ids.changed.id,
    stage: 'live',
    changed: true,
    headline: 'Changed kite',
    liveHeadline: 'Kite to change',
    liveAddress: { section, slug: 'kite-to-change' },
    hasBody: false,
    section,
    version: 2,
    savedByName: 'Edith',
  })
})

test('a reporter finds their own and live stories, exactly those they may see', async () => {
  const [rae, other, editor] = [await aPerson('reporter'), await aPerson('reporter'), await aPerson('editor')]
  const { section } = await aFullDesk(editor)
  const own = await aDraft(rae, 'A kite of my own', section.id)
  await aDraft(other, 'A kite of another', section.id)
  const inSection = { ...everything, sectionId: section.id }
  const seenBy = async (actor: Actor) => (await findOnDesk(actor, inSection)).stories
  const all = await seenBy(editor)
  expect(all).toHaveLength(7)
  for (const actor of [rae, other, editor, { ...rae, id: null }]) {
    const allowed = all.filter((story) => can(actor, 'story.see', story)).map(({ id }) => id)
    expect((await seenBy(actor)).map(({ id }) => id)).toEqual(allowed)
  }
  expect((await seenBy(rae)).map(({ id }) => id)).toContain(own.id)
  expect(await seenBy(rae)).toHaveLength(3)
})

test('a reporter finds and sees the live copy of another’s story, never the draft', async () => {
  const [rae, editor] = [await aPerson('reporter'), await aPerson('editor')]
  const { section, ids } = await aFullDesk(editor)
  const elsewhere = await aSection('Elsewhere')
  const fields = storyFields({ storyId: String(ids.changed.id), seenVersion: '2', sectionId: String(elsewhere.id) })
  valueOf(await saveDraft(editor, { ...fields, headline: 'A secret' }))
  const find = async (query: Partial<DeskQuery>) =>
    (await findOnDesk(rae, { ...everything, sectionId: section.id, ...query })).stories
  expect((await find({})).find(({ id }) => id === ids.changed.id)).toMatchObject({
    headline: 'Kite to change',
    changed: false,
    section,
  })
  expect(await find({ search: 'secret' })).toEqual([])
  expect(await find({ stage: 'changed' })).toEqual([])
  expect((await find({ search: 'change' })).map(({ id }) => id)).toEqual([ids.changed.id])
  expect((await find({ sectionId: elsewhere.id })).map(({ id }) => id)).toEqual([])
})

test('a search has prefixes, phrases in quotes, and exclusions', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const ferry = await aDraft(editor, 'Moon ferry’s return to Lower Quibble', section.id)
  const train = await aDraft(editor, 'Return ferry is a train: O’Moon', section.id)
  const found = async (search: string) =>
    (await findOnDesk(editor, { ...everything, sectionId: section.id, search })).stories.map(({ id }) => id)
  expect(await found('FERR quib')).toEqual([ferry.id])
  expect(await found('"moon ferry"')).toEqual([ferry.id])
  expect(await found('ferry -train')).toEqual([ferry.id])
  expect(await found('ferry')).toEqual([train.id, ferry.id])
  expect(await found('nobody')).toEqual([])
})

test.each(["'", "''", '\\', '" or "', ':*', '&|!()', '-', '\u0000', "o''moon", 'a\\b', '<-> x', '’', 'x'.repeat(200)])(
  'an odd search (%s) has a result, never an error',
  async (search) => {
    const editor = await aPerson('editor')
    expect((await findOnDesk(editor, { ...everything, search })).stories).toBeInstanceOf(Array)
  },
)

test('the standfirst is searched, also of a story without a section', async () => {
  const editor = await aPerson('editor')
  const story = await aDraft(editor, 'Nothing to see')
  const word = `w${crypto.randomUUID().replaceAll('-', '')}`
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1', headline: 'Nothing', standfirst: word })
  valueOf(await saveDraft(editor, fields))
  const query: DeskQuery = { ...everything, sectionId: 'none', search: word }
  expect((await findOnDesk(editor, query)).stories.map(({ id }) => id)).toEqual([story.id])
})

test('pages have nothing twice and nothing missed, also when a story is saved between or many share a time', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const ids: number[] = []
  for (let n = 0; n < DESK_PAGE_SIZE + 5; n += 1) ids.push((await aDraft(editor, `Kite number ${n}`, section.id)).id)
  await database()
    .update(drafts)
    .set({ savedAt: new Date('2026-01-01T12:00:00.123Z') })
    .where(eq(drafts.sectionId, section.id))
  const query = { ...everything, sectionId: section.id }
  const first = await findOnDesk(editor, query)
  expect(first.stories).toHaveLength(DESK_PAGE_SIZE)
  await aDraft(editor, 'A newer kite', section.id)
  const second = await findOnDesk(editor, { ...query, before: first.olderCursor })
  expect(second.olderCursor).toBeNull()
  expect([...first.stories, ...second.stories].map(({ id }) => id)).toEqual([...ids].reverse())
  const unreadable = await findOnDesk(editor, { ...query, before: "1'; drop table" })
  expect(unreadable.stories).toHaveLength(DESK_PAGE_SIZE)
})

test('an unknown story and another’s look the same to a reporter', async () => {
  const [rae, editor] = [await aPerson('reporter'), await aPerson('editor')]
  const { storyId, form } = await aStoryDraft('Not for Rae', editor)
  expect(await findStory(rae, storyId)).toBeNull()
  expect(await findStory(rae, Number.MAX_SAFE_INTEGER)).toBeNull()
  expect(await findStory(editor, storyId)).toMatchObject({ story: { id: storyId }, liveCopy: null })
  valueOf(await publishStory(editor, form()))
  const found = { story: { stage: 'live' }, liveCopy: { headline: 'Not for Rae' } }
  expect(await findStory(rae, storyId)).toMatchObject(found)
})
