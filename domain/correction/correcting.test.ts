import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { revisions, stories } from '@/db/schema/story'
import { readCorrections } from '@/reading/corrections'
import { readFeed } from '@/reading/feed'
import { readSitemap } from '@/reading/sitemap'
import { readStoryAt } from '@/reading/story'
import { documentOf, paragraph } from '../body/blocks.test-support'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from '../schedule/changing'
import { saveDraft, startStory } from '../story/drafting'
import { embargoStory } from '../schedule/embargoing'
import { findStoryById } from '../story/store'
import { findStoryRevision } from '../revision/store'
import { publishDraftHeadline } from '../story/headline-publishing'
import { publishSavedDraft, publishStory, withdrawStory } from '../story/publishing'
import type { Live, Story } from '../story/story'
import { restoreRevision } from '../restore/restoring'
import type { Actor } from '../user/user'
import { correctStory, rewordCorrection } from './correcting'
import { MAX_CORRECTION_LENGTH } from './correction'
import { correctionsOf } from './store'

const body = (words: string) => JSON.stringify(documentOf(paragraph('p', words)))

async function aLiveStory() {
  const [editor, reporter, section] = [await aPerson('editor', 'Edith'), await aPerson('reporter'), await aSection()]
  const { id } = valueOf(await startStory(reporter, { headline: 'Moon ferry returns', sectionId: String(section.id) }))
  const words = { headline: 'Moon ferry returns', body: body('It sang.') }
  const fields = storyFields({ storyId: String(id), sectionId: String(section.id), ...words })
  const story = valueOf(await publishStory(editor, { ...fields, seenVersion: '1' }))
  const save = async (over: Record<string, string>) => {
    const { draft } = await storyNow(id)
    return valueOf(await saveDraft(reporter, { ...fields, seenVersion: String(draft.version), ...over }))
  }
  return { editor, reporter, story, id, save }
}

async function storyNow(id: number): Promise<Live> {
  const story = await findStoryById(database(), id)
  if (story?.stage !== 'live') throw new Error('The story is not live.')
  return story
}

const liveRevisionOf = (story: Story) => (story.stage === 'draft' ? null : story.liveRevisionId)

const note = ({ id, draft, ...story }: Story, over: Record<string, string> = {}) => ({
  storyId: String(id),
  seenVersion: String(draft.version),
  seenRevision: story.stage === 'draft' ? '1' : String(story.liveRevisionId),
  kind: 'correction',
  words: 'The ferry is a barge.',
  ...over,
})

async function asReadersSee(id: number) {
  const found = await readStoryAt(id)
  if (found.kind !== 'live') throw new Error('Readers do not see the story.')
  return found
}

test('a correction is published with the changes: one event, one revision, and the story says Updated', async () => {
  const { editor, id, save } = await aLiveStory()
  const liveAt = (await asReadersSee(id)).story.liveAt
  const changed = await save({ body: body('It hummed.') })
  const corrected = valueOf(await correctStory(editor, note(changed, { changes: 'publish' })))

  const { story, corrections } = await asReadersSee(id)
  expect(JSON.stringify(story)).toContain('It hummed.')
  expect(corrections).toMatchObject([{ kind: 'correction', words: 'The ferry is a barge.' }])
  expect(story).toMatchObject({ liveAt, updatedAt: corrections[0]?.publishedAt, retracted: false })
  const [kept] = await database().select().from(revisions).where(eq(revisions.id, corrected.liveRevisionId))
  expect(kept).toMatchObject({ keptBecause: 'corrected', number: 2, updatedForReadersAt: story.updatedAt })
  expect((await storyNow(id)).draft.keptAsRevisionId).toBe(corrected.liveRevisionId)
  expect((await historyOf(id)).slice(-1)).toMatchObject([
    { type: 'story-corrected', kind: 'correction', words: 'The ferry is a barge.', changed: ['body'] },
  ])
})

test('only the correction is published where the editor says so, and the changes stay in the draft', async () => {
  const { editor, id, save } = await aLiveStory()
  const changed = await save({ headline: 'Moon ferry sinks' })
  const corrected = valueOf(await correctStory(editor, note(changed, { changes: 'leave' })))
  const { story, corrections } = await asReadersSee(id)
  expect(story.headline).toBe('Moon ferry returns')
  expect(corrections).toHaveLength(1)
  const now = await storyNow(id)
  expect(now.draft).toMatchObject({ headline: 'Moon ferry sinks', keptAsRevisionId: null })
  expect([now.liveRevisionId, corrected.liveRevisionId]).toEqual([changed, changed].map(liveRevisionOf))
  expect((await historyOf(id)).at(-1)).toMatchObject({ headline: 'Moon ferry returns', changed: [] })
})

test('publishing changes sets no time that readers see, before a correction or after it', async () => {
  const { editor, id, save } = await aLiveStory()
  const times = async () => {
    const { story } = await asReadersSee(id)
    const item = (await readFeed()).find((item) => item.id === id)
    const place = (await readSitemap())?.stories.find((place) => place.id === id)
    return [story, item, place].map((seen) => [seen?.liveAt, seen?.updatedAt])
  }
  const fix = async (headline: string) => {
    const { draft } = await save({ headline, body: body(headline) })
    valueOf(await publishSavedDraft(editor, { storyId: id, seenVersion: draft.version }))
  }
  const before = await times()
  await fix('Moon ferry returned')
  expect(await times()).toEqual(before)
  expect(before[0]?.[1]).toBeNull()

  valueOf(await correctStory(editor, note(await storyNow(id))))
  const after = await times()
  expect(after[0]?.[1]).toBeInstanceOf(Date)
  await fix('Moon ferry returns again')
  const { draft } = await save({ headline: 'Moon ferry, again' })
  valueOf(await publishDraftHeadline(editor, { storyId: id, seenHeadline: draft.headline }))
  // A revision from before the correction, restored.
  const latest = await storyNow(id)
  const first = await findStoryRevision(database(), id, { number: 1 })
  valueOf(await restoreRevision(editor, { storyId: id, seenVersion: latest.draft.version, revisionId: first?.id }))
  valueOf(await publishSavedDraft(editor, { storyId: id, seenVersion: (await storyNow(id)).draft.version }))
  expect((await asReadersSee(id)).story.headline).toBe('Moon ferry returns')
  expect(await times()).toEqual(after)
})

test('a retraction marks the story and leaves its text; reworded to another kind, it does not mark it any more', async () => {
  const { editor, id, story } = await aLiveStory()
  valueOf(await correctStory(editor, note(story, { kind: 'retraction', words: 'There is no ferry.' })))
  expect((await asReadersSee(id)).story).toMatchObject({ headline: 'Moon ferry returns', retracted: true })
  const [kept] = await correctionsOf(database(), id)
  const wording = { kind: 'correction', words: 'The ferry is a barge.' }
  const reworded = { storyId: id, correctionId: kept?.id, seenWords: kept?.newestId, ...wording }
  valueOf(await rewordCorrection(editor, reworded))
  const { story: now, corrections } = await asReadersSee(id)
  expect(now.retracted).toBe(false)
  expect(corrections).toEqual([{ id: kept?.id, ...wording, publishedAt: kept?.publishedAt }])
  expect(now.updatedAt).toEqual(kept?.publishedAt)
  expect(await correctionsOf(database(), id)).toMatchObject([
    { words: 'The ferry is a barge.', former: [{ kind: 'retraction', words: 'There is no ferry.', by: 'Edith' }] },
  ])
  // A page with the former wording does not overwrite the new one.
  const refusal = refusalOf(await rewordCorrection(editor, { ...reworded, words: 'No.' }))
  expect(refusal).toMatchObject({ kind: 'stale', theirs: { words: wording.words } })
})

test('a correction cannot be updated or deleted, also in SQL', async () => {
  const { editor, story, id } = await aLiveStory()
  valueOf(await correctStory(editor, note(story)))
  for (const statement of [sql`update corrections set words = 'Nothing.'`, sql`delete from corrections`])
    await expect(database().execute(statement)).rejects.toThrow()
  expect((await asReadersSee(id)).corrections).toHaveLength(1)
})

test('a reporter corrects nothing, and cannot find another’s draft', async () => {
  const { reporter, story, id } = await aLiveStory()
  const stranger: Actor = await aPerson('reporter')
  for (const actor of [reporter, stranger])
    expect(refusalOf(await correctStory(actor, note(story)))).toEqual({ kind: 'not-permitted', act: 'story.correct' })
  const draft = valueOf(await startStory(reporter, { headline: 'Secret ferry', sectionId: '' }))
  expect(refusalOf(await correctStory(stranger, note(draft)))).toEqual({ kind: 'not-found', what: 'story' })
  const editor = await aPerson('editor')
  expect(refusalOf(await correctStory(editor, note(draft)))).toMatchObject({ kind: 'out-of-turn', stage: 'draft' })
  expect((await asReadersSee(id)).corrections).toEqual([])
})

test('an empty, too long or unknown kind of correction is refused; hostile text is kept as text', async () => {
  const { editor, story, id } = await aLiveStory()
  const refused = async (over: Record<string, string>) => refusalOf(await correctStory(editor, note(story, over)))
  expect(await refused({ words: ' \n ' })).toMatchObject({ kind: 'invalid', fields: { words: [/what readers/u] } })
  expect(await refused({ words: 'x'.repeat(MAX_CORRECTION_LENGTH + 1) })).toMatchObject({ kind: 'invalid' })
  expect(await refused({ kind: 'apology' })).toMatchObject({ kind: 'invalid', fields: { kind: [/kind of note/u] } })
  const words = '</script><script>alert(1)</script>\u0000 & ‮'
  valueOf(await correctStory(editor, note(story, { words: `${words}${'🛶'.repeat(900)}` })))
  expect((await asReadersSee(id)).corrections[0]?.words).toContain('</script><script>alert(1)</script>')
})

test.each(['leave', 'publish'])(
  'of two concurrent corrections one is published, and the other is refused with the name of its editor (changes: %s)',
  async (changes) => {
    const { editor, id, save } = await aLiveStory()
    const other = await aPerson('editor', 'Otto')
    const form = note(await save({ headline: 'Moon ferry sinks' }), { changes })
    const outcomes = await Promise.all([correctStory(editor, form), correctStory(other, form)])
    expect(outcomes.filter(({ ok }) => !ok)).toMatchObject([
      { refusal: { kind: 'stale', by: expect.stringMatching(/^(?:Edith|Otto)$/u) as string } },
    ])
    const { corrections } = await asReadersSee(id)
    expect(corrections).toHaveLength(1)
    valueOf(await correctStory(other, note(await storyNow(id), { seenNote: String(corrections[0]?.id) })))
  },
)

test('changes saved after the page was opened are not published unseen', async () => {
  const { editor, id, save } = await aLiveStory()
  const seen = await save({ headline: 'Moon ferry sinks' })
  await save({ headline: 'Moon ferry flies' })
  expect(refusalOf(await correctStory(editor, note(seen, { changes: 'publish' })))).toMatchObject({ kind: 'stale' })
  expect((await asReadersSee(id)).corrections).toEqual([])
  valueOf(await correctStory(editor, note(seen, { changes: 'leave' })))
})

test('a correction alone leaves scheduled changes; changes published with it cancel them, with an event', async () => {
  const { editor, id, save } = await aLiveStory()
  const changed = await save({ headline: 'Moon ferry sinks' })
  const later = { storyId: id, seenVersion: changed.draft.version, due: '2099-01-01T10:00:30', timeZone: 'UTC' }
  valueOf(await scheduleStoryChanges(editor, later))
  valueOf(await correctStory(editor, note(changed, { changes: 'leave' })))
  expect((await storyNow(id)).due).not.toBeNull()
  const [last] = await correctionsOf(database(), id)
  valueOf(await correctStory(editor, note(changed, { changes: 'publish', seenNote: String(last?.id) })))
  expect((await storyNow(id)).due).toBeNull()
  const types = (await historyOf(id)).map(({ type }) => type)
  expect(types.slice(-2)).toEqual(['scheduled-changes-cancelled', 'story-corrected'])
})

test('a story under embargo cannot be corrected', async () => {
  const { editor, id, story } = await aLiveStory()
  const due = '2099-01-01T10:00:30'
  valueOf(await embargoStory(editor, { storyId: id, until: due, due, timeZone: 'UTC', note: 'The quay.' }))
  expect(refusalOf(await correctStory(editor, note(story)))).toMatchObject({ kind: 'embargoed' })
  expect((await asReadersSee(id)).corrections).toEqual([])
})

test('corrections are listed newest first with their stories, without those of withdrawn ones', async () => {
  const [first, second] = [await aLiveStory(), await aLiveStory()]
  for (const { editor, story } of [first, second]) valueOf(await correctStory(editor, note(story)))
  const listed = async (before: string | null) => readCorrections(before, 1)
  const newest = await listed(null)
  expect(newest.corrections.map(({ story }) => story.id)).toEqual([second.id])
  expect((await listed(newest.olderCursor)).corrections.map(({ story }) => story.id)).toEqual([first.id])
  valueOf(await withdrawStory(second.editor, { storyId: second.id, reason: 'No ferry.' }))
  expect((await listed(null)).corrections.map(({ story }) => story.id)).toEqual([first.id])
  const [row] = await database().select().from(stories).where(eq(stories.id, second.id))
  expect(row?.updatedForReadersAt).toBeInstanceOf(Date)
})
