import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { withdrawnStories } from '@/db/schema/live'
import { revisions } from '@/db/schema/story'
import { aPerson, aSection, historyOf, lastHistoryId, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { saveDraft, startStory } from './drafting'
import { publishDraftHeadline, publishHeadline } from './headline-publishing'
import { aLiveHeadline, liveRow } from './live-headline.test-support'
import { publishNewHeadline, publishSavedDraft, publishStory, withdrawStory } from './publishing'
import { withdrawalOf } from './story'

test('a headline is started and published from one line, and the history has both events', async () => {
  const { story, section } = await aLiveHeadline()
  expect(await liveRow(story.id)).toMatchObject({
    headline: 'Moon ferry returns',
    hasBody: false,
    sectionSlug: section.slug,
  })
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual(['story-started', 'story-published'])
})

test('a headline without a section is refused with what is missing, and is not saved', async () => {
  const before = await lastHistoryId()
  expect(
    refusalOf(await publishNewHeadline(await aPerson('editor'), { headline: 'Moon ferry returns', sectionId: '' })),
  ).toEqual({ kind: 'unfinished', gaps: ['a section'] })
  expect(await lastHistoryId()).toBe(before)
})

test('a form for a new headline that is sent twice, or twice at once, starts one story', async () => {
  const { editor, section } = await aLiveHeadline()
  const form = { headline: 'Kite over the mole', sectionId: String(section.id), idempotencyKey: crypto.randomUUID() }
  const sent = await Promise.all([1, 2, 3].map(() => publishNewHeadline(editor, form)))
  const ids = new Set([...sent, await publishNewHeadline(editor, form)].map((outcome) => valueOf(outcome).id))
  expect(ids.size).toBe(1)
  const [id = 0] = ids
  expect((await historyOf(id)).map(({ type }) => type)).toEqual(['story-started', 'story-published'])
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
  const form = (headline: string) => ({
    headline,
    sectionId: String(section.id),
    idempotencyKey: crypto.randomUUID(),
  })
  const kite = form('Kite')
  const saved = valueOf(await startStory(editor, kite))
  expect(valueOf(await startStory(editor, kite)).id).toBe(saved.id)
  expect(valueOf(await publishNewHeadline(editor, kite)).id).toBe(saved.id)
  valueOf(await withdrawStory(editor, { storyId: String(saved.id), reason: 'Not ours' }))
  expect(refusalOf(await publishNewHeadline(editor, kite))).toMatchObject({ kind: 'unfit' })

  const bell = form('Bell')
  const begun = valueOf(await startStory(editor, bell))
  const fields = storyFields({ storyId: String(begun.id), seenVersion: '1', headline: 'Bell', kicker: 'Unseen' })
  valueOf(await saveDraft(editor, fields))
  expect(refusalOf(await publishNewHeadline(editor, bell))).toMatchObject({ kind: 'unfit' })
  expect(await liveRow(begun.id)).toBeUndefined()
})

test('a reporter may not publish, and nothing changes', async () => {
  const reporter = await aPerson('reporter')
  const section = await aSection()
  const story = valueOf(await startStory(reporter, { headline: 'Moon ferry', sectionId: String(section.id) }))
  const fields = storyFields({ storyId: String(story.id), seenVersion: '1', sectionId: String(section.id) })
  expect(refusalOf(await publishStory(reporter, fields))).toEqual({ kind: 'not-permitted', act: 'story.publish' })
  expect(refusalOf(await publishSavedDraft(reporter, { storyId: story.id, seenVersion: 1 }))).toMatchObject({
    kind: 'not-permitted',
  })
  expect(
    refusalOf(await publishNewHeadline(reporter, { headline: 'Mine', sectionId: String(section.id) })),
  ).toMatchObject({ kind: 'not-permitted' })
  expect(await liveRow(story.id)).toBeUndefined()
})

test('exactly what was on the screen is live, and a headline gets its body under the same id and address', async () => {
  const { editor, section, story } = await aLiveHeadline()
  const body = JSON.stringify({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It sang.' }] }],
  })
  const fields = storyFields({
    storyId: String(story.id),
    seenVersion: '1',
    headline: 'Moon ferry returns',
    sectionId: String(section.id),
    body,
  })
  const published = valueOf(await publishStory(editor, fields))
  expect(published.liveAt).toEqual(story.liveAt)
  expect(await liveRow(story.id)).toMatchObject({ hasBody: true, slug: story.slug, id: story.id })
})

test('publishing a saved draft from a list is refused when it was saved since', async () => {
  const { editor, section, story } = await aLiveHeadline()
  valueOf(
    await saveDraft(
      editor,
      storyFields({
        storyId: String(story.id),
        seenVersion: '1',
        headline: 'Ferry sings',
        sectionId: String(section.id),
      }),
    ),
  )
  expect(refusalOf(await publishSavedDraft(editor, { storyId: story.id, seenVersion: 1 }))).toMatchObject({
    kind: 'stale',
    by: 'Edith',
    version: 2,
  })
  valueOf(await publishSavedDraft(editor, { storyId: story.id, seenVersion: 2 }))
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Ferry sings' })
})

test('a live draft is not published again, without an event', async () => {
  const { editor, story } = await aLiveHeadline()
  const before = await historyOf(story.id)
  const again = await publishSavedDraft(editor, { storyId: story.id, seenVersion: 1 })
  expect(valueOf(again).liveRevisionId).toBe(story.liveRevisionId)
  expect(again.ok && again.events).toEqual([])
  expect(await historyOf(story.id)).toEqual(before)
})

test('a withdrawn story is gone for readers at once, its reason is kept, and it can be published again', async () => {
  const { editor, section, story } = await aLiveHeadline()
  expect(refusalOf(await withdrawStory(editor, { storyId: story.id, reason: '  ' }))).toMatchObject({ kind: 'invalid' })
  const withdrawn = valueOf(await withdrawStory(editor, { storyId: story.id, reason: 'The ferry never left.' }))
  expect(await liveRow(story.id)).toBeUndefined()
  expect(await database().select().from(withdrawnStories).where(eq(withdrawnStories.id, story.id))).toHaveLength(1)
  expect((await historyOf(story.id)).at(-1)).toMatchObject({ type: 'story-withdrawn', reason: 'The ferry never left.' })
  expect(refusalOf(await withdrawStory(editor, { storyId: story.id, reason: 'Again' }))).toMatchObject({
    kind: 'out-of-turn',
    stage: 'withdrawn',
  })
  valueOf(
    await publishStory(
      editor,
      storyFields({
        storyId: String(story.id),
        seenVersion: '1',
        headline: 'Moon ferry returns',
        sectionId: String(section.id),
        seenWithdrawal: withdrawalOf(withdrawn),
      }),
    ),
  )
  expect(await liveRow(story.id)).toBeDefined()
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
  const { story } = await aLiveHeadline()
  await expect(database().execute(sql`update stories set slug = null where id = ${story.id}`)).rejects.toMatchObject({
    cause: { code: '23514' },
  })
  await expect(
    database().execute(sql`update stories set withdrawn_at = now() where id = ${story.id}`),
  ).rejects.toMatchObject({ cause: { code: '23514' } })
  const { story: other } = await aLiveHeadline()
  await expect(
    database().execute(sql`update stories set live_revision_id = ${story.liveRevisionId} where id = ${other.id}`),
  ).rejects.toMatchObject({ cause: { code: '23503' } })
})

test('readers do not see a scheduled story before its time, and see it then', async () => {
  const { story } = await aLiveHeadline()
  await database().execute(sql`update stories set live_at = now() + interval '1 hour' where id = ${story.id}`)
  expect(await liveRow(story.id)).toBeUndefined()
  await database().execute(sql`update stories set live_at = now() where id = ${story.id}`)
  expect(await liveRow(story.id)).toBeDefined()
})

const linkedTo = (href: string, words = 'there') => ({
  type: 'text',
  text: words,
  marks: [{ type: 'link', attrs: { href } }],
})
const bodyOf = (...content: unknown[]) => JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', content }] })

test('internal links that readers cannot open are refused, each with its text; others pass', async () => {
  const { editor, section, story: live } = await aLiveHeadline()
  const gone = (await aLiveHeadline()).story
  valueOf(await withdrawStory(editor, { storyId: gone.id, reason: 'wrong' }))
  const draft = valueOf(await startStory(editor, { headline: 'Not out yet', sectionId: '' }))
  const story = valueOf(await startStory(editor, { headline: 'Kites', sectionId: '' }))
  const fields = (...content: unknown[]) =>
    storyFields({
      storyId: String(story.id),
      seenVersion: '1',
      headline: 'Kites',
      sectionId: String(section.id),
      body: bodyOf(...content),
    })
  const dead = [`/${section.slug}/x-${gone.id}`, `/x/x-${draft.id}`, '/europe/x-999999999', '/no-such-section']
  const alive = [`/${section.slug}/x-${live.id}`, `/${section.slug}`, '/latest', 'https://harbour.example/x-999999999']
  const between = { type: 'text', text: ' and ' }
  const refused = refusalOf(
    await publishStory(editor, fields(...[...dead, ...alive].flatMap((to) => [linkedTo(to), between]))),
  )
  expect(refused).toEqual({
    kind: 'unfinished',
    gaps: dead.map((href) => ({ kind: 'dead-link', href, words: 'there' })),
  })
  expect(await liveRow(story.id)).toBeUndefined()
  valueOf(await publishStory(editor, fields(...alive.flatMap((to) => [linkedTo(to), between]))))
})

test('nothing is published with a TK in it; a headline that is published alone is checked alone', async () => {
  const { editor, story } = await aLiveHeadline()
  const come = { kind: 'unresolved', where: 'headline', words: 'TK ferry' }
  expect(
    refusalOf(
      await publishHeadline(editor, { storyId: story.id, seenHeadline: 'Moon ferry returns', headline: 'TK ferry' }),
    ),
  ).toEqual({ kind: 'unfinished', gaps: [come] })
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry returns' })
  const fields = { storyId: String(story.id), seenVersion: '1', sectionId: String(story.sectionId) }
  const saved = valueOf(
    await saveDraft(
      editor,
      storyFields({ ...fields, headline: 'Moon ferry sings', body: bodyOf({ type: 'text', text: 'TK songs' }) }),
    ),
  )
  expect(
    refusalOf(await publishSavedDraft(editor, { storyId: story.id, seenVersion: saved.draft.version })),
  ).toMatchObject({ kind: 'unfinished', gaps: [{ kind: 'unresolved', where: 'body' }] })
  valueOf(await publishDraftHeadline(editor, { storyId: story.id, seenHeadline: 'Moon ferry sings' }))
  expect(await liveRow(story.id)).toMatchObject({ headline: 'Moon ferry sings', hasBody: false })
})

test('the largest body with the longest words is published', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const letters = (count: number) => '\u{20000}'.repeat(count)
  const texts = [
    Array.from({ length: 900 }, (_, n) => `${String.fromCodePoint(0x20001 + n)}${letters(249)}-${letters(250)}`).join(
      ' ',
    ),
    Array.from({ length: 90_000 }, (_, n) => `я${n}-ж${n}`)
      .join(' ')
      .slice(0, 990_000),
  ]
  for (const text of texts) {
    const story = valueOf(await startStory(editor, { headline: 'Moon ferry', sectionId: String(section.id) }))
    const body = JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })
    const fields = { storyId: String(story.id), seenVersion: '1', sectionId: String(section.id), body }
    valueOf(await publishStory(editor, storyFields(fields)))
  }
})
