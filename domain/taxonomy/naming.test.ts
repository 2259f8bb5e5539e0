import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from '../schedule/changing'
import { settleDue } from '../story/settling'
import { saveDraft, startStory } from '../story/drafting'
import { publishStory, withdrawStory } from '../story/publishing'
import { discardChanges } from '../restore/discarding'
import { restoreRevision } from '../restore/restoring'
import { findByNames } from './store'
import { nameKey } from '../copy/name'

const somebody = () => `Wobble ${crypto.randomUUID().slice(0, 8)}`

async function aStory(role: 'reporter' | 'editor' = 'editor') {
  const [writer, section] = [await aPerson(role), await aSection()]
  const { id } = valueOf(
    await startStory(writer, { headline: 'Salt library forgets Port Umbrage', sectionId: String(section.id) }),
  )
  const fields = (over: Record<string, string>) =>
    storyFields({
      storyId: String(id),
      sectionId: String(section.id),
      headline: 'Salt library forgets Port Umbrage',
      ...over,
    })
  return { writer, id, fields }
}

/** The authors of a live story, in order. */
async function bylineOf(storyId: number): Promise<string[]> {
  const rows = await database().execute<{ name: string }>(
    sql`select authors.name from story_authors join authors on authors.id = author_id where story_id = ${storyId} order by position`,
  )
  return rows.map(({ name }) => name)
}

test('new authors and topics in a reporter’s story are known from then on under every spelling', async () => {
  const { writer, id, fields } = await aStory('reporter')
  const [ann, bo, salt] = [somebody(), somebody(), somebody()]
  const saved = valueOf(await saveDraft(writer, fields({ seenVersion: '1', authors: `${ann}, ${bo}`, topics: salt })))
  expect(saved.draft).toMatchObject({ authors: [ann, bo], topics: [salt] })
  const [found] = [...(await findByNames(database(), 'author', [ann.toUpperCase()])).values()]
  expect(found).toMatchObject({ name: ann })
  expect(await findByNames(database(), 'topic', [ann])).toEqual(new Map())
  valueOf(await saveDraft(writer, fields({ seenVersion: '2', authors: ann.toLowerCase(), topics: salt })))
  expect((await findByNames(database(), 'author', [ann])).get(nameKey(ann))).toEqual(found)
  expect((await historyOf(id)).at(-1)).toMatchObject({ type: 'draft-saved', changed: ['authors'] })
})

test('a form without names leaves them as they are', async () => {
  const { writer, fields } = await aStory()
  const ann = somebody()
  valueOf(await saveDraft(writer, fields({ seenVersion: '1', authors: ann })))
  const saved = valueOf(await saveDraft(writer, fields({ seenVersion: '2', kicker: 'Salt' })))
  expect(saved.draft.authors).toEqual([ann])
})

test('readers see other authors only when the changes are published; discarding and restoring restore the names', async () => {
  const { writer, id, fields } = await aStory()
  const [ann, bo] = [somebody(), somebody()]
  const live = valueOf(await publishStory(writer, fields({ seenVersion: '1', authors: ann })))
  expect(await bylineOf(id)).toEqual([ann])
  valueOf(await saveDraft(writer, fields({ seenVersion: '2', authors: `${bo}, ${ann}` })))
  expect(await bylineOf(id)).toEqual([ann])
  const discarded = valueOf(
    await discardChanges(writer, { storyId: id, seenVersion: '3', seenRevision: live.liveRevisionId }),
  )
  expect(discarded.draft.authors).toEqual([ann])
  const again = valueOf(await publishStory(writer, fields({ seenVersion: '4', authors: `${bo}, ${ann}` })))
  expect(await bylineOf(id)).toEqual([bo, ann])
  expect(again.authorIds).toHaveLength(2)
  const restored = valueOf(
    await restoreRevision(writer, {
      storyId: id,
      seenVersion: String(again.draft.version),
      revisionId: live.liveRevisionId,
    }),
  )
  expect(restored.story.draft.authors).toEqual([ann])
  expect(await bylineOf(id)).toEqual([bo, ann])
  valueOf(await withdrawStory(writer, { storyId: id, reason: 'No salt.' }))
  expect(await bylineOf(id)).toEqual([])
})

test('scheduled names are shown on time, and written to the row when a clock settles them, also by an older build', async () => {
  for (const settles of ['ours', 'theirs']) {
    const { writer, id, fields } = await aStory()
    const [ann, bo] = [somebody(), somebody()]
    valueOf(await publishStory(writer, fields({ seenVersion: '1', authors: ann, topics: bo })))
    valueOf(await saveDraft(writer, fields({ seenVersion: '2', authors: bo, topics: '' })))
    const at = new Date(Date.now() + 86_400_000).toISOString()
    valueOf(
      await scheduleStoryChanges(writer, {
        storyId: id,
        seenVersion: '3',
        due: at.slice(0, 16),
        timeZone: 'UTC',
      }),
    )
    await database().execute(
      sql`update stories set live_at = live_at - interval '3 days', due_at = now() - interval '1 second' where id = ${id}`,
    )
    const [seen] = await database()
      .select({ authorIds: liveStories.authorIds, topicIds: liveStories.topicIds })
      .from(liveStories)
      .where(eq(liveStories.id, id))
    const due = [...(await findByNames(database(), 'author', [bo])).values()]
    expect(seen).toEqual({ authorIds: due.map((author) => author.id), topicIds: [] })
    if (settles === 'ours') await settleDue()
    else
      await database().execute(
        sql`update stories set live_revision_id = due_revision_id, section_id = due_section_id, slug = due_slug, live_words = due_words,
          live_has_body = due_has_body, due_revision_id = null, due_at = null, due_section_id = null, due_slug = null, due_words = null, due_has_body = null
          where id = ${id}`,
      )
    expect(await bylineOf(id)).toEqual([bo])
  }
})

test('a name that is too long is refused', async () => {
  const { writer, fields } = await aStory()
  expect(
    refusalOf(await saveDraft(writer, fields({ seenVersion: '1', authors: `Ann, ${'x'.repeat(101)}` }))),
  ).toMatchObject({
    kind: 'invalid',
    fields: { authors: [expect.stringContaining('longer than 100')] },
  })
})

test('two concurrent saves with the same new author add one', async () => {
  const [one, other] = [await aStory(), await aStory()]
  const ann = somebody()
  await Promise.all(
    [one, other].map(async ({ writer, fields }, at) =>
      valueOf(await publishStory(writer, fields({ seenVersion: '1', authors: at === 0 ? ann : ann.toUpperCase() }))),
    ),
  )
  expect(await bylineOf(one.id)).toEqual(await bylineOf(other.id))
})
