import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { withdrawnStories } from '@/db/schema/live'
import { revisions } from '@/db/schema/story'
import {
  aPerson,
  aSection,
  expectRefusal,
  historyOf,
  lastHistoryId,
  refusalOf,
  storyFields,
  valueOf,
} from '../newsroom.test-support'
import { saveDraft, startStory } from './drafting'
import { publishDraftHeadline, publishHeadline } from './headline-publishing'
import { publishNewHeadline, publishSavedDraft, publishStory, withdrawStory } from './publishing'
import { withdrawalOf } from './story'
import { aDraft, aLiveHeadline, bodyOf, eventTypesOf, liveRow, text } from './story.test-support'

test('a headline is started and published from one line, and the history has both events', async () => {
  const { storyId, section } = await aLiveHeadline()
  const headline = 'Moon ferry returns'
  expect(await liveRow(storyId)).toMatchObject({ headline, hasBody: false, sectionSlug: section.slug })
  expect(await eventTypesOf(storyId)).toEqual(['story-started', 'story-published'])
})

test('a headline without a section is refused with what is missing, and is not saved', async () => {
  const before = await lastHistoryId()
  const sent = { headline: 'Moon ferry returns', sectionId: '' }
  const refusal = refusalOf(await publishNewHeadline(await aPerson('editor'), sent))
  expect(refusal).toEqual({ kind: 'unfinished', gaps: ['a section'] })
  expect(await lastHistoryId()).toBe(before)
})

test('a form for a new headline that is sent twice, or twice at once, starts one story', async () => {
  const { editor, section } = await aLiveHeadline()
  const form = { headline: 'Kite over the mole', sectionId: String(section.id), idempotencyKey: crypto.randomUUID() }
  const sent = await Promise.all([1, 2, 3].map(() => publishNewHeadline(editor, form)))
  const ids = new Set([...sent, await publishNewHeadline(editor, form)].map((outcome) => valueOf(outcome).id))
  expect(ids.size).toBe(1)
  const [id = 0] = ids
  expect(await eventTypesOf(id)).toEqual(['story-started', 'story-published'])
})

test('the same form with another headline, section or person, or opened again, starts another story', async () => {
  const { editor, section } = await aLiveHeadline()
  const [other, colleague] = [await aSection(), await aPerson('editor')]
  const form = { headline: 'Kite', sectionId: String(section.id), idempotencyKey: crypto.randomUUID() }
  const begun = [
    await startStory(editor, form),
    await startStory(editor, { ...form, headline: 'Kites' }),
    await startStory(editor, { ...form, sectionId: String(other.id) }),
    await startStory(colleague, form),
    await startStory(editor, { ...form, idempotencyKey: crypto.randomUUID() }),
    await startStory(editor, { ...form, idempotencyKey: 'of an earlier build' }),
    await startStory(editor, { ...form, idempotencyKey: undefined }),
  ]
  expect(new Set(begun.map((outcome) => valueOf(outcome).id)).size).toBe(begun.length)
})

test('a headline that the same form saves and then publishes is one story; once it was edited, it is not published unseen', async () => {
  const { editor, section } = await aLiveHeadline()
  const sectionId = String(section.id)
  const form = (headline: string) => ({ headline, sectionId, idempotencyKey: crypto.randomUUID() })
  const kite = form('Kite')
  const saved = valueOf(await startStory(editor, kite))
  expect(valueOf(await startStory(editor, kite)).id).toBe(saved.id)
  expect(valueOf(await publishNewHeadline(editor, kite)).id).toBe(saved.id)
  valueOf(await withdrawStory(editor, { storyId: String(saved.id), reason: 'Not ours' }))
  expectRefusal(await publishNewHeadline(editor, kite), { kind: 'unfit' })

  const bell = form('Bell')
  const begun = valueOf(await startStory(editor, bell))
  const fields = storyFields({ storyId: String(begun.id), seenVersion: '1', headline: 'Bell', kicker: 'Unseen' })
  valueOf(await saveDraft(editor, fields))
  expectRefusal(await publishNewHeadline(editor, bell), { kind: 'unfit' })
  expect(await liveRow(begun.id)).toBeUndefined()
})

test('a reporter may not publish, and nothing changes', async () => {
  const { editor: reporter, section, storyId, form, seen } = await aDraft('Moon ferry', await aPerson('reporter'))
  expect(refusalOf(await publishStory(reporter, form()))).toEqual({ kind: 'not-permitted', act: 'story.publish' })
  expectRefusal(await publishSavedDraft(reporter, seen), { kind: 'not-permitted' })
  const mine = { headline: 'Mine', sectionId: String(section.id) }
  expectRefusal(await publishNewHeadline(reporter, mine), { kind: 'not-permitted' })
  expect(await liveRow(storyId)).toBeUndefined()
})

test('exactly what was on the screen is live, and a headline gets its body under the same id and address', async () => {
  const { editor, story, storyId, form } = await aLiveHeadline()
  const published = valueOf(await publishStory(editor, form({ body: bodyOf(text('It sang.')) })))
  expect(published.liveAt).toEqual(story.liveAt)
  expect(await liveRow(storyId)).toMatchObject({ hasBody: true, slug: story.slug, id: storyId })
})

test('publishing a saved draft from a list is refused when it was saved since', async () => {
  const { editor, storyId, form, seen } = await aLiveHeadline()
  valueOf(await saveDraft(editor, form({ headline: 'Ferry sings' })))
  expectRefusal(await publishSavedDraft(editor, seen), { kind: 'stale', by: 'Edith', version: 2 })
  valueOf(await publishSavedDraft(editor, { storyId, seenVersion: 2 }))
  expect(await liveRow(storyId)).toMatchObject({ headline: 'Ferry sings' })
})

test('a live draft is not published again, without an event', async () => {
  const { editor, story, storyId, seen } = await aLiveHeadline()
  const before = await historyOf(storyId)
  const again = await publishSavedDraft(editor, seen)
  expect(valueOf(again).liveRevisionId).toBe(story.liveRevisionId)
  expect(again.ok && again.events).toEqual([])
  expect(await historyOf(storyId)).toEqual(before)
})

test('a withdrawn story is gone for readers at once, its reason is kept, and it can be published again', async () => {
  const { editor, storyId, form } = await aLiveHeadline()
  expectRefusal(await withdrawStory(editor, { storyId, reason: '  ' }), { kind: 'invalid' })
  const reason = 'The ferry never left.'
  const withdrawn = valueOf(await withdrawStory(editor, { storyId, reason }))
  expect(await liveRow(storyId)).toBeUndefined()
  expect(await database().select().from(withdrawnStories).where(eq(withdrawnStories.id, storyId))).toHaveLength(1)
  expect((await historyOf(storyId)).at(-1)).toMatchObject({ type: 'story-withdrawn', reason })
  const again = await withdrawStory(editor, { storyId, reason: 'Again' })
  expectRefusal(again, { kind: 'out-of-turn', stage: 'withdrawn' })
  valueOf(await publishStory(editor, form({ seenWithdrawal: withdrawalOf(withdrawn) })))
  expect(await liveRow(storyId)).toBeDefined()
})

test('revisions and history cannot be rewritten, also with our own database login', async () => {
  const { story } = await aLiveHeadline()
  const rewriting = [
    database().update(revisions).set({ headline: 'Another' }).where(eq(revisions.storyId, story.id)),
    database().delete(revisions).where(eq(revisions.storyId, story.id)),
    database().execute(sql`update history set actor_name = 'nobody' where story_id = ${story.id}`),
    database().execute(sql`delete from history where story_id = ${story.id}`),
    database().execute(sql`truncate history`),
  ]
  for (const attempt of rewriting) await expect(attempt).rejects.toMatchObject({ cause: { code: '23001' } })
})

test('SQL refuses a live story without a section, slug or revision', async () => {
  const [{ story }, { story: other }] = [await aLiveHeadline(), await aLiveHeadline()]
  for (const [rewriting, code] of [
    [sql`update stories set slug = null where id = ${story.id}`, '23514'],
    [sql`update stories set withdrawn_at = now() where id = ${story.id}`, '23514'],
    [sql`update stories set live_revision_id = ${story.liveRevisionId} where id = ${other.id}`, '23503'],
  ] as const)
    await expect(database().execute(rewriting)).rejects.toMatchObject({ cause: { code } })
})

const linkedTo = (href: string) => ({ ...text('there'), marks: [{ type: 'link', attrs: { href } }] })

test('internal links that readers cannot open are refused, each with its text; others pass', async () => {
  const { editor, section, storyId: live } = await aLiveHeadline()
  const { storyId: gone } = await aLiveHeadline()
  valueOf(await withdrawStory(editor, { storyId: gone, reason: 'wrong' }))
  const draft = valueOf(await startStory(editor, { headline: 'Not out yet', sectionId: '' }))
  const { storyId, form } = await aDraft('Kites', editor)
  const dead = [`/${section.slug}/x-${gone}`, `/x/x-${draft.id}`, '/europe/x-999999999', '/no-such-section']
  const alive = [`/${section.slug}/x-${live}`, `/${section.slug}`, '/latest', 'https://harbour.example/x-999999999']
  const linking = (to: string[]) => form({ body: bodyOf(...to.flatMap((href) => [linkedTo(href), text(' and ')])) })
  expect(refusalOf(await publishStory(editor, linking([...dead, ...alive])))).toEqual({
    kind: 'unfinished',
    gaps: dead.map((href) => ({ kind: 'dead-link', href, words: 'there' })),
  })
  expect(await liveRow(storyId)).toBeUndefined()
  valueOf(await publishStory(editor, linking(alive)))
})

test('nothing is published with a TK in it; a headline that is published alone is checked alone', async () => {
  const { editor, storyId, form } = await aLiveHeadline()
  const typed = { storyId, seenHeadline: 'Moon ferry returns', headline: 'TK ferry' }
  expect(refusalOf(await publishHeadline(editor, typed))).toEqual({
    kind: 'unfinished',
    gaps: [{ kind: 'unresolved', where: 'headline', words: 'TK ferry', name: 'TK ferry' }],
  })
  expect(await liveRow(storyId)).toMatchObject({ headline: 'Moon ferry returns' })
  const headline = 'Moon ferry sings'
  const { draft } = valueOf(await saveDraft(editor, form({ headline, body: bodyOf(text('TK songs')) })))
  expectRefusal(await publishSavedDraft(editor, { storyId, seenVersion: draft.version }), {
    kind: 'unfinished',
    gaps: [{ kind: 'unresolved', where: 'body' }],
  })
  valueOf(await publishDraftHeadline(editor, { storyId, seenHeadline: headline }))
  expect(await liveRow(storyId)).toMatchObject({ headline, hasBody: false })
})

test('the largest body with the longest words is published', async () => {
  const letters = (count: number) => '\u{20000}'.repeat(count)
  const texts = [
    Array.from({ length: 900 }, (_, n) => `${String.fromCodePoint(0x20001 + n)}${letters(249)}-${letters(250)}`).join(
      ' ',
    ),
    Array.from({ length: 90_000 }, (_, n) => `я${n}-ж${n}`)
      .join(' ')
      .slice(0, 990_000),
  ]
  for (const words of texts) {
    const { editor, form } = await aDraft()
    valueOf(await publishStory(editor, form({ body: bodyOf(text(words)) })))
  }
})
