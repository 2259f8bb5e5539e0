import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/story'
import type { Body } from '../body/body'
import { documentOf, paragraph } from '../body/blocks.test-support'
import type { Actor } from '../user/user'
import { sentence } from '../history/sentence'
import { staleTags } from '../history/tag'
import { aPerson, aSection, historyOf, lastHistoryId, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { saveDraft, startStory } from '../story/drafting'
import { findOnDesk } from '../desk/queries'
import { publishStory } from '../story/publishing'
import { scheduleStory } from '../schedule/scheduling'
import { hasUnpublishedChanges, type Story } from '../story/story'
import { compareBodies, restoreToken, restorable } from '../revision/comparison'
import { findCompared, findRevisions, REVISIONS_PER_PAGE } from '../story/queries'
import { restoreRevision } from './restoring'

const bodyJson = (...content: unknown[]) => JSON.stringify(documentOf(...content))
const [ferry, kite] = [paragraph('f', 'The ferry sang all night.'), paragraph('k', 'A kite answered from the quay.')]

const kept = (storyId: number) =>
  database().select().from(revisions).where(eq(revisions.storyId, storyId)).orderBy(asc(revisions.number))
const keptLines = async (storyId: number) =>
  (await kept(storyId)).map(({ number, headline, keptBecause }) => [number, headline, keptBecause])
const liveHeadline = async (id: number) =>
  (await database().select().from(liveStories).where(eq(liveStories.id, id)))[0]?.headline
const textsOf = (story: Story) =>
  story.draft.body?.content.map((block) => (block.type === 'paragraph' ? JSON.stringify(block.content) : '')).join()

/** A live story (revision 1) with a changed draft, and the form that restores the live revision in it. */
async function aChangedStory() {
  const editor = await aPerson('editor', 'Edith')
  const sectionId = String((await aSection()).id)
  const started = valueOf(await startStory(editor, { headline: 'Moon ferry returns', sectionId }))
  const fields = { storyId: String(started.id), sectionId, headline: 'Moon ferry returns', body: bodyJson(ferry, kite) }
  const live = valueOf(await publishStory(editor, storyFields({ ...fields, seenVersion: '1' })))
  const changed = { ...fields, headline: 'Moon ferry sinks', body: bodyJson(paragraph('f', 'It sank.')) }
  const story = valueOf(await saveDraft(editor, storyFields({ ...changed, seenVersion: String(live.draft.version) })))
  const form = { storyId: story.id, seenVersion: story.draft.version, revisionId: live.liveRevisionId }
  return { editor, story, live, fields, form }
}

/** A live story (revision 2) with an earlier revision and an unchanged draft. */
async function aStoryPublishedTwice() {
  const { editor, story: changed, fields, form } = await aChangedStory()
  const { headline, slug, body, version } = changed.draft
  const words = { ...fields, headline, slug, body: JSON.stringify(body), seenVersion: String(version) }
  return { editor, story: valueOf(await publishStory(editor, storyFields(words))), form }
}

/** The values of the restore buttons of a comparison. */
const pressedIn = (older: Body | null, newer: Body | null) =>
  compareBodies(older, newer).flatMap((compared) => {
    const choice = restorable(compared)
    return choice ? [restoreToken(choice)] : []
  })

async function isOnTheListOfChanged(editor: Actor, { id, draft }: Story): Promise<boolean> {
  const question = { list: null, stage: 'changed', sectionId: draft.sectionId, search: '', before: null } as const
  return (await findOnDesk(editor, question)).stories.some((line) => line.id === id)
}

test('restoring copies a revision into the draft as a new revision; readers see nothing of it', async () => {
  const { editor, story, form } = await aStoryPublishedTwice()
  const restored = valueOf(await restoreRevision(editor, form)).story
  expect(restored.draft).toMatchObject({ headline: 'Moon ferry returns', version: story.draft.version + 1 })
  expect(textsOf(restored)).toContain('kite answered')
  expect(restored).toMatchObject({ stage: 'live', liveRevisionId: story.liveRevisionId })
  expect(await keptLines(story.id)).toEqual([
    [1, 'Moon ferry returns', 'published'],
    [2, 'Moon ferry sinks', 'published'],
    [3, 'Moon ferry returns', 'restored'],
  ])
  expect(await liveHeadline(story.id)).toBe('Moon ferry sinks')
})

test('a live story is listed as changed once an earlier revision is restored, and no longer when the live one is', async () => {
  const { editor, story, form } = await aStoryPublishedTwice()
  expect(await isOnTheListOfChanged(editor, story)).toBe(false)
  const restored = valueOf(await restoreRevision(editor, form)).story
  expect(restored.draft.keptAsRevisionId).toBeNull()
  expect(await isOnTheListOfChanged(editor, restored)).toBe(true)
  const back = { ...form, seenVersion: restored.draft.version, revisionId: story.liveRevisionId }
  const undone = valueOf(await restoreRevision(editor, back)).story
  expect(undone.draft.keptAsRevisionId).toBe(story.liveRevisionId)
  expect(hasUnpublishedChanges(undone)).toBe(false)
  expect(await isOnTheListOfChanged(editor, undone)).toBe(false)
  // The former draft equals revision 3, so it is not kept again.
  expect(await kept(story.id)).toHaveLength(3)
})

test('a draft is linked to the live revision once it equals it, and not before', async () => {
  const { editor, live, form } = await aChangedStory()
  const { draft } = valueOf(await restoreRevision(editor, { ...form, blockId: 'k' })).story
  expect(draft.keptAsRevisionId).toBeNull()
  const all = valueOf(await restoreRevision(editor, { ...form, seenVersion: draft.version })).story
  expect(all.draft.keptAsRevisionId).toBe(live.liveRevisionId)
})

test('an earlier revision of a scheduled story is restored as a change, and still is one at its time', async () => {
  const { editor, live: first } = await aChangedStory()
  const sectionId = String(first.sectionId)
  const started = valueOf(await startStory(editor, { headline: 'Kite returns', sectionId }))
  const due = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
  const fields = { storyId: started.id, ...due }
  const once = valueOf(await scheduleStory(editor, { ...fields, seenVersion: 1 }))
  const words = storyFields({ storyId: String(started.id), seenVersion: '1', headline: 'Kite sinks', sectionId })
  const saved = valueOf(await saveDraft(editor, words))
  const anew = valueOf(await scheduleStory(editor, { ...fields, seenVersion: saved.draft.version }))
  const form = { storyId: started.id, seenVersion: saved.draft.version, revisionId: once.liveRevisionId }
  const { story } = valueOf(await restoreRevision(editor, form))
  expect(story).toMatchObject({ stage: 'scheduled', liveRevisionId: anew.liveRevisionId })
  expect(story.draft.keptAsRevisionId).toBeNull()
  expect((await kept(started.id)).map(({ keptBecause }) => keptBecause)).toEqual(['scheduled', 'scheduled', 'restored'])
})

test('restoring the live copy makes no other revision of it, but one of the former draft', async () => {
  const { editor, story, live, form } = await aChangedStory()
  const restored = valueOf(await restoreRevision(editor, form)).story
  expect(restored.draft).toMatchObject({ headline: 'Moon ferry returns', version: story.draft.version + 1 })
  expect(textsOf(restored)).toContain('kite answered')
  expect(restored).toMatchObject({ stage: 'live', liveRevisionId: live.liveRevisionId })
  expect(await keptLines(story.id)).toEqual([
    [1, 'Moon ferry returns', 'published'],
    [2, 'Moon ferry sinks', 'work'],
  ])
  expect(restored.draft.keptAsRevisionId).toBe(live.liveRevisionId)
  expect(await liveHeadline(story.id)).toBe('Moon ferry returns')
})

test('the history says what was restored and which revision has the former text, and no reader page becomes stale', async () => {
  const { editor, story, form } = await aChangedStory()
  valueOf(await restoreRevision(editor, form))
  const event = (await historyOf(story.id)).at(-1)
  if (event === undefined) return expect.fail('no event')
  const changed = ['headline', 'address', 'body']
  expect(event).toMatchObject({ type: 'revision-restored', number: 1, block: null, changed })
  expect(sentence(event)).toBe(
    'Restored version 1 of “Moon ferry returns” to the draft (headline, address, body; the headline was “Moon ferry sinks”). ' +
      'What the draft said before is kept as version 2.',
  )
  expect(staleTags(event)).toEqual([])
})

test('one paragraph is restored and everything else stays', async () => {
  const { editor, form } = await aChangedStory()
  const outcome = await restoreRevision(editor, { ...form, blockId: 'k' })
  const { draft } = valueOf(outcome).story
  expect(draft.headline).toBe('Moon ferry sinks')
  expect(draft.body?.content.map(({ attrs }) => attrs.id)).toEqual(['f', 'k'])
  expect(textsOf(valueOf(outcome).story)).toContain('It sank.')
  if (!outcome.ok) return
  expect(outcome.events.map(sentence)).toEqual([
    'Restored a paragraph from version 1 of “Moon ferry sinks” to the draft (body). What the draft said before is kept as version 2.',
  ])
})

test('a draft that equals a revision is not kept twice, and older revisions stay', async () => {
  const { editor, story, form } = await aChangedStory()
  const before = await kept(story.id)
  const again = valueOf(await restoreRevision(editor, { ...form, blockId: 'k' })).story
  valueOf(await restoreRevision(editor, { ...form, seenVersion: again.draft.version }))
  const after = await kept(story.id)
  // The draft (2) and the copy after the block (3); the last restoration equals the live copy (1).
  expect(after.map(({ keptBecause }) => keptBecause)).toEqual(['published', 'work', 'restored'])
  expect(after.slice(0, before.length)).toEqual(before)
})

test('restoring an equal revision changes nothing', async () => {
  const { editor, live, fields, form } = await aChangedStory()
  const saved = valueOf(await saveDraft(editor, storyFields({ ...fields, seenVersion: '3' })))
  const [versions, event] = [await kept(live.id), await lastHistoryId()]
  const { story } = valueOf(await restoreRevision(editor, { ...form, seenVersion: saved.draft.version }))
  expect(story.draft.version).toBe(saved.draft.version)
  expect(await kept(live.id)).toEqual(versions)
  expect(await lastHistoryId()).toBe(event)
})

test('nothing is restored over an unseen save', async () => {
  const { editor, story, fields, form } = await aChangedStory()
  const otto = await aPerson('editor', 'Otto')
  const saved = storyFields({ ...fields, kicker: 'His', seenVersion: String(story.draft.version) })
  valueOf(await saveDraft(otto, saved))
  expect(refusalOf(await restoreRevision(editor, form))).toMatchObject({ kind: 'stale', by: 'Otto' })
  expect(await kept(story.id)).toHaveLength(1)
})

test('a block is restored whatever was edited elsewhere, but not over an unseen change in its place', async () => {
  const { editor, story, live, fields, form } = await aChangedStory()
  const rae = await aPerson('editor', 'Rae')
  const save = async (draft: Story['draft'], over: Record<string, string>) => {
    const body = JSON.stringify(draft.body)
    return valueOf(await saveDraft(rae, storyFields({ ...fields, body, seenVersion: String(draft.version), ...over })))
  }
  const [sunk, gone] = pressedIn(live.draft.body, story.draft.body)
  const elsewhere = await save(story.draft, { kicker: 'By the quay' })
  const { draft } = valueOf(await restoreRevision(editor, { ...form, blockId: gone })).story
  expect(draft).toMatchObject({ kicker: 'By the quay', version: elsewhere.draft.version + 1 })
  expect(draft.body?.content.map(({ attrs }) => attrs.id)).toEqual(['f', 'k'])
  const there = await save(draft, { body: bodyJson(paragraph('f', 'It sank, and sang.'), kite) })
  const over = refusalOf(await restoreRevision(editor, { ...form, blockId: sunk }))
  expect(over).toMatchObject({ kind: 'stale', by: 'Rae' })
  // The block is restored already.
  expect((await restoreRevision(editor, { ...form, blockId: gone })).ok).toBe(true)
  const [row] = await database().select().from(drafts).where(eq(drafts.storyId, story.id))
  expect(row?.version).toBe(there.draft.version)
})

test('a revision of another story, or an unknown block, cannot be restored', async () => {
  const [{ editor, story, form }, other] = [await aChangedStory(), await aChangedStory()]
  for (const wrong of [{ revisionId: other.live.liveRevisionId }, { blockId: 'nowhere' }])
    expect(refusalOf(await restoreRevision(editor, { ...form, ...wrong }))).toEqual({
      kind: 'not-found',
      what: 'version',
    })
  expect(await kept(story.id)).toHaveLength(1)
})

test('a reporter sees, compares and restores revisions of their own stories only', async () => {
  const { story, form } = await aChangedStory()
  const reporter = await aPerson('reporter', 'Rae')
  expect(refusalOf(await restoreRevision(reporter, form))).toEqual({ kind: 'not-permitted', act: 'story.edit' })
  expect(await findRevisions(reporter, story.id, null)).toBeNull()
  expect(await findCompared(reporter, { storyId: story.id, from: 'live', to: 'draft' })).toBeNull()
  const own = valueOf(await startStory(reporter, { headline: 'Kite', sectionId: '' }))
  expect(await findRevisions(reporter, own.id, null)).toMatchObject({ versions: [], nextCursor: null })
})

test('two versions are compared in order of age, whichever comes first in the address', async () => {
  const { editor, story } = await aChangedStory()
  const found = await findCompared(editor, { storyId: story.id, from: 'draft', to: 'live' })
  expect(found).toMatchObject({
    older: {
      ref: 'live',
      revision: { number: 1, keptByName: 'Edith', keptBecause: 'published' },
      copy: { sectionName: 'Harbour' },
    },
    newer: { ref: 'draft', revision: null, copy: { headline: 'Moon ferry sinks' } },
  })
  expect(await findCompared(editor, { storyId: story.id, from: 1, to: 'draft' })).not.toBeNull()
  expect(await findCompared(editor, { storyId: story.id, from: 9, to: 'draft' })).toBeNull()
  const started = valueOf(await startStory(editor, { headline: 'Kite', sectionId: '' }))
  expect(await findCompared(editor, { storyId: started.id, from: 'live', to: 'draft' })).toBeNull()
})

test('revisions are listed newest first, page by page', async () => {
  const { editor, story } = await aChangedStory()
  const more = Array.from({ length: REVISIONS_PER_PAGE }, (_, place) => ({
    storyId: story.id,
    number: place + 2,
    headline: `Kite ${place}`,
    slug: 'kite',
    keptByName: 'Edith',
  }))
  await database().insert(revisions).values(more)
  const newest = await findRevisions(editor, story.id, null)
  expect(newest?.versions.map(({ number }) => number).slice(0, 2)).toEqual([51, 50])
  const older = await findRevisions(editor, story.id, newest?.nextCursor ?? null)
  expect(newest?.versions[0]?.keptBecause).toBeNull()
  expect(older?.versions).toMatchObject([{ number: 1, headline: 'Moon ferry returns', hasBody: true }])
  expect(older?.nextCursor).toBeNull()
})
