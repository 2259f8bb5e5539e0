import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { previewLinks, previewOpenings } from '@/db/schema/preview'
import { stories } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import { sentence } from '../history/sentence'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { embargoStory } from '../schedule/embargoing'
import { scheduleUnpublish } from '../schedule/unpublishing'
import { assignStory } from '../workflow/assigning'
import { saveDraft, startStory } from '../story/drafting'
import { findStoryById } from '../story/store'
import { publishSavedDraft, publishStory, withdrawStory } from '../story/publishing'
import { withdrawalOf } from '../story/story'
import { toTypedTime } from '../time/newsroom-time'
import { hashOfToken, newToken } from '../user/token'
import { commandLineActor } from '../user/user'
import { aPicture } from '../picture/library/picture.test-support'
import { useAsForm } from '../picture/use'
import { findPreviewLinks, openPreview, previewShowsPicture } from './opening'
import { revokePreview, sharePreview } from './sharing'

const FIREFOX = 'Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A reporter's draft, "Secret ferry". */
async function aDraft() {
  const [reporter, section] = [await aPerson('reporter', 'Rosa'), await aSection()]
  const sectionId = String(section.id)
  const { id } = valueOf(await startStory(reporter, { headline: 'Secret ferry', sectionId }))
  const save = async (headline: string, seenVersion: number) => {
    const seen = { storyId: String(id), seenVersion: String(seenVersion) }
    return valueOf(await saveDraft(reporter, storyFields({ ...seen, headline, sectionId })))
  }
  return { reporter, section, id, save }
}

const linkForm = (storyId: number, over: Record<string, string> = {}) => ({
  storyId: String(storyId),
  label: 'Counsel',
  shown: 'latest',
  days: '3',
  ...over,
})

async function aLink(over: Record<string, string> = {}) {
  const draft = await aDraft()
  const { previewToken: token, linkId } = valueOf(await sharePreview(draft.reporter, linkForm(draft.id, over)))
  return { ...draft, token, linkId }
}

test('a preview says that it is published while the live copy is the same', async () => {
  const { token, id, section, save } = await aLink()
  const editor = await aPerson('editor')
  const isPublished = async () => (await openPreview(token, FIREFOX))?.published
  expect(await isPublished()).toBe(false)
  const { previewToken } = valueOf(await sharePreview(editor, linkForm(id, { shown: 'now' })))
  const draft = { storyId: String(id), seenVersion: '1', headline: 'Secret ferry', sectionId: String(section.id) }
  valueOf(await publishStory(editor, storyFields(draft)))
  expect(await isPublished()).toBe(true)
  await save('Secret ferry sinks', 1)
  expect(await isPublished()).toBe(false)
  expect(await openPreview(previewToken, FIREFOX)).toMatchObject({ number: 1, published: true })
})

test('a reporter shares their own draft: the link shows the latest draft, and only the hash of its token is stored', async () => {
  const { token, id, save, linkId } = await aLink()
  expect(await openPreview(token, FIREFOX)).toMatchObject({
    copy: { headline: 'Secret ferry' },
    number: null,
    label: 'Counsel',
  })
  await save('Secret ferry sinks', 1)
  expect(await openPreview(token, FIREFOX)).toMatchObject({ copy: { headline: 'Secret ferry sinks' } })
  const [row] = await database().select().from(previewLinks).where(eq(previewLinks.id, linkId))
  expect(row?.tokenHash).toBe(hashOfToken(token))
  expect(JSON.stringify([row, await historyOf(id)])).not.toContain(token)
  expect((await historyOf(id)).at(1)).toEqual({
    type: 'preview-shared',
    storyId: id,
    headline: 'Secret ferry',
    linkId,
    label: 'Counsel',
    number: null,
    days: 3,
  })
})

test('a link to the present draft, or to a revision, goes on showing that', async () => {
  const { reporter, id, token, save } = await aLink({ shown: 'now' })
  await save('Secret ferry sinks', 1)
  expect(await openPreview(token, FIREFOX)).toMatchObject({ copy: { headline: 'Secret ferry' }, number: 1 })
  const same = valueOf(await sharePreview(reporter, linkForm(id, { shown: '1' })))
  expect(await openPreview(same.previewToken, FIREFOX)).toMatchObject({ number: 1 })
  const refusal = refusalOf(await sharePreview(reporter, linkForm(id, { shown: '7' })))
  expect(refusal).toEqual({ kind: 'not-found', what: 'version' })
})

test('an unknown, a malformed, an expired and a revoked token show the same nothing', async () => {
  const { reporter, id, token, linkId } = await aLink()
  const expired = await aLink()
  const made = sql`now() - interval '2 days'`
  await database()
    .update(previewLinks)
    .set({ createdAt: made, expiresAt: sql`now() - interval '1 second'` })
    .where(eq(previewLinks.id, expired.linkId))
  valueOf(await revokePreview(reporter, { storyId: id, linkId }))
  const hostile = ['', '..', `${token}\u0000`, 'x'.repeat(100_000), `' or true --`, token.toUpperCase()]
  for (const typed of [newToken(), expired.token, token, ...hostile])
    expect(await openPreview(typed, FIREFOX)).toBeNull()
  expect((await historyOf(id)).at(-1)).toMatchObject({ type: 'preview-revoked', linkId, label: 'Counsel' })
  const before = (await historyOf(id)).length
  valueOf(await revokePreview(reporter, { storyId: id, linkId }))
  expect(await historyOf(id)).toHaveLength(before)
})

test('a link ends when its story is withdrawn, and when the person who made it is disabled', async () => {
  const { reporter, id, section, token } = await aLink()
  await database().update(users).set({ disabledAt: new Date() }).where(eq(users.id, reporter.id))
  expect(await openPreview(token, FIREFOX)).toBeNull()
  await database().update(users).set({ disabledAt: null }).where(eq(users.id, reporter.id))
  expect(await openPreview(token, FIREFOX)).not.toBeNull()
  const editor = await aPerson('editor')
  const fields = storyFields({ storyId: String(id), seenVersion: '1', sectionId: String(section.id) })
  valueOf(await publishStory(editor, fields))
  valueOf(await withdrawStory(editor, { storyId: id, reason: 'No ferry.' }))
  expect(await openPreview(token, FIREFOX)).toBeNull()
  expect(refusalOf(await sharePreview(editor, linkForm(id)))).toMatchObject({ kind: 'out-of-turn', stage: 'withdrawn' })
})

test('a link shows nothing when the person who made it may no longer share the story', async () => {
  const { reporter, id, save, token } = await aLink()
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const assign = async (from: string | number, assigneeId: string | number) =>
    valueOf(await assignStory(edith, { storyId: id, seenAssignee: String(from), assigneeId: String(assigneeId) }))
  await assign('', rae.id)
  const ofRae = valueOf(await sharePreview(rae, linkForm(id))).previewToken
  const ofEdith = valueOf(await sharePreview(edith, linkForm(id))).previewToken
  const ofCommand = valueOf(await sharePreview(commandLineActor, linkForm(id))).previewToken
  await assign(rae.id, '')
  await database().update(users).set({ role: 'reporter' }).where(eq(users.id, edith.id))
  await save('Secret ferry sinks', 1)
  for (const closed of [ofRae, ofEdith]) expect(await openPreview(closed, FIREFOX)).toBeNull()
  for (const open of [token, ofCommand])
    expect((await openPreview(open, FIREFOX))?.copy.headline).toBe('Secret ferry sinks')
  expect((await findPreviewLinks(reporter, id))?.links.map(({ timesOpened }) => timesOpened)).toEqual([1, 0, 0, 1])
})

test('links that a withdrawal revoked stay revoked when the story is published again, and are listed as such', async () => {
  const { reporter, id, section, token } = await aLink()
  const editor = await aPerson('editor')
  const fields = storyFields({ storyId: String(id), seenVersion: '1', sectionId: String(section.id) })
  valueOf(await publishStory(editor, fields))
  const { previewToken: formerToken, linkId: formerId } = valueOf(await sharePreview(editor, linkForm(id)))
  valueOf(await revokePreview(editor, { storyId: id, linkId: formerId }))
  const listed = async () => (await findPreviewLinks(reporter, id))?.links.map(({ revokedAt }) => revokedAt)
  const [takenBack] = (await listed()) ?? []
  const seenWithdrawal = withdrawalOf(valueOf(await withdrawStory(editor, { storyId: id, reason: 'No ferry.' })))
  const { draft } = valueOf(await publishStory(editor, { ...fields, seenVersion: '2', seenWithdrawal }))
  for (const closed of [token, formerToken]) expect(await openPreview(closed, FIREFOX)).toBeNull()
  expect(await listed()).toEqual([takenBack, expect.any(Date)])
  const { previewToken } = valueOf(await sharePreview(editor, linkForm(id)))
  expect((await openPreview(previewToken, FIREFOX))?.copy.headline).toBe(draft.headline)
})

test('a story that is unpublished on schedule revokes its links as well, and no other story’s', async () => {
  const [over, other] = [await aLink(), await aLink()]
  const editor = await aPerson('editor')
  valueOf(await publishSavedDraft(editor, { storyId: over.id, seenVersion: 1 }))
  const inAnHour = toTypedTime(new Date(Date.now() + 3_600_000), 'UTC')
  valueOf(await scheduleUnpublish(editor, { storyId: over.id, due: inAnHour, timeZone: 'UTC', reason: 'It sails.' }))
  expect(await openPreview(over.token, FIREFOX)).not.toBeNull()
  const [liveAt, unpublishAt] = [sql`now() - interval '1 hour'`, sql`now() - interval '1 second'`]
  await database().update(stories).set({ liveAt, unpublishAt }).where(eq(stories.id, over.id))
  const ended = await findStoryById(database(), over.id)
  const seenWithdrawal = ended ? withdrawalOf(ended) : ''
  valueOf(await publishSavedDraft(editor, { storyId: over.id, seenVersion: 1, seenWithdrawal }))
  expect(await openPreview(over.token, FIREFOX)).toBeNull()
  expect(await openPreview(other.token, FIREFOX)).not.toBeNull()
})

test('openings are recorded once a minute for each agent family, up to a limit', async () => {
  const { reporter, id, token, linkId } = await aLink()
  await Promise.all(Array.from({ length: 20 }, () => openPreview(token, FIREFOX)))
  await openPreview(token, 'MailScanner/1.0')
  const listed = async () => (await findPreviewLinks(reporter, id))?.links[0]
  const seen = await listed()
  expect(seen?.timesOpened).toBeGreaterThanOrEqual(2)
  // A minute may have passed in between.
  expect(seen?.timesOpened).toBeLessThanOrEqual(4)
  expect(new Set(seen?.openings.map(({ agent }) => agent))).toEqual(new Set(['Firefox', 'a robot']))
  await database().execute(sql`
    insert into preview_openings (link_id, opened_at, agent)
    select ${linkId}::bigint, date_trunc('minute', now() - interval '1 day', 'UTC') - make_interval(mins => n), 'Chrome'
    from generate_series(1, 500) as n`)
  const full = (await listed())?.timesOpened
  await openPreview(token, 'curl/8')
  await openPreview(token, 'Opera')
  expect((await listed())?.timesOpened).toBe(full)
  const rows = await database().select().from(previewOpenings).where(eq(previewOpenings.linkId, linkId))
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['agent', 'id', 'linkId', 'openedAt'])
})

test('another reporter may not see the links of a draft; an editor may; a link of another story is not found', async () => {
  const { id, linkId } = await aLink()
  const [stranger, editor, other] = [await aPerson('reporter'), await aPerson('editor'), await aDraft()]
  expect(await findPreviewLinks(stranger, id)).toBeNull()
  const refusal = refusalOf(await revokePreview(other.reporter, { storyId: other.id, linkId }))
  expect(refusal).toEqual({ kind: 'not-found', what: 'preview link' })
  valueOf(await sharePreview(editor, linkForm(id)))
  expect((await findPreviewLinks(editor, id))?.links).toHaveLength(2)
})

test('a story under embargo is shared only with a confirmation, and the history has it', async () => {
  const { reporter, id } = await aDraft()
  const until = { until: '2099-01-01T10:00:30', due: '2099-01-01T10:00:30', timeZone: 'UTC', note: 'The quay.' }
  valueOf(await embargoStory(reporter, { storyId: id, ...until }))
  expect(refusalOf(await sharePreview(reporter, linkForm(id)))).toMatchObject({
    kind: 'invalid',
    fields: { knowing: [expect.stringContaining('under embargo')] },
  })
  expect((await findPreviewLinks(reporter, id))?.links).toEqual([])
  const { previewToken } = valueOf(await sharePreview(reporter, linkForm(id, { knowing: 'yes' })))
  expect((await openPreview(previewToken, FIREFOX))?.story.embargo?.note).toBe('The quay.')
  const event = (await historyOf(id)).at(-1)
  expect(event).toMatchObject({ type: 'preview-shared', embargoed: true })
  expect(event && sentence(event)).toContain('knowing that it is under embargo')
})

test('a link without a name, an end or a target is refused', async () => {
  const { reporter, id } = await aDraft()
  const refusalTo = async (over: Record<string, string>) => refusalOf(await sharePreview(reporter, linkForm(id, over)))
  expect(await refusalTo({ label: ' ' })).toMatchObject({ fields: { label: ['Say for whom the link is.'] } })
  expect(await refusalTo({ label: 'x'.repeat(121) })).toMatchObject({ kind: 'invalid' })
  expect(await refusalTo({ days: '365' })).toMatchObject({ fields: { days: ['Choose how long the link works.'] } })
  expect(await refusalTo({ shown: '../1' })).toMatchObject({ kind: 'invalid' })
  expect(await refusalTo({ shown: '2147483648' })).toMatchObject({ kind: 'not-found' })
})

test('a link shows the pictures of its story while it opens, and no others', async () => {
  const { token, linkId, id, reporter, section } = await aLink()
  const [shown, other] = [await aPicture({}, reporter), await aPicture({}, reporter)]
  const shows = (key: string, opened = token) => previewShowsPicture(opened, key)
  expect(await shows(shown.key)).toBe(false)
  const seen = { storyId: String(id), seenVersion: '1', headline: 'Secret ferry', sectionId: String(section.id) }
  const picture = useAsForm({ pictureId: shown.id, ratio: null, focus: null })
  valueOf(await saveDraft(reporter, storyFields({ ...seen, picture })))
  expect([await shows(shown.key), await shows(other.key), await shows(shown.key, newToken())]).toEqual([
    true,
    false,
    false,
  ])
  valueOf(await revokePreview(reporter, { storyId: id, linkId }))
  expect(await shows(shown.key)).toBe(false)
})
