import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { aPerson, expectRefusal, historyOf, valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from '../schedule/changing'
import { ago, HOUR, inSeconds, setTimes } from '../schedule/due-changes.test-support'
import { settleDue } from '../story/settling'
import { saveDraft } from '../story/drafting'
import { publishStory, withdrawStory } from '../story/publishing'
import { aDraft, liveRow } from '../story/story.test-support'
import { discardChanges } from '../restore/discarding'
import { restoreRevision } from '../restore/restoring'
import { findByNames } from './store'
import { nameKey } from '../copy/name'

const somebody = () => `Wobble ${crypto.randomUUID().slice(0, 8)}`

/** The authors of a live story, in order. */
async function bylineOf(storyId: number): Promise<string[]> {
  const rows = await database().execute<{ name: string }>(
    sql`select authors.name from story_authors join authors on authors.id = author_id where story_id = ${storyId} order by position`,
  )
  return rows.map(({ name }) => name)
}

test('new authors and topics in a reporter’s story are known from then on under every spelling', async () => {
  const { editor: writer, storyId: id, form } = await aDraft(undefined, await aPerson('reporter'))
  const [ann, bo, salt] = [somebody(), somebody(), somebody()]
  const saved = valueOf(await saveDraft(writer, form({ authors: `${ann}, ${bo}`, topics: salt })))
  expect(saved.draft).toMatchObject({ authors: [ann, bo], topics: [salt] })
  const [found] = [...(await findByNames(database(), 'author', [ann.toUpperCase()])).values()]
  expect(found).toMatchObject({ name: ann })
  expect(await findByNames(database(), 'topic', [ann])).toEqual(new Map())
  valueOf(await saveDraft(writer, form({ seenVersion: '2', authors: ann.toLowerCase(), topics: salt })))
  expect((await findByNames(database(), 'author', [ann])).get(nameKey(ann))).toEqual(found)
  expect((await historyOf(id)).at(-1)).toMatchObject({ type: 'draft-saved', changed: ['authors'] })
})

test('readers see other authors only when the changes are published; discarding and restoring restore the names', async () => {
  const { editor: writer, storyId: id, form } = await aDraft()
  const [ann, bo] = [somebody(), somebody()]
  const live = valueOf(await publishStory(writer, form({ authors: ann })))
  expect(await bylineOf(id)).toEqual([ann])
  valueOf(await saveDraft(writer, form({ seenVersion: '2', authors: `${bo}, ${ann}` })))
  expect(await bylineOf(id)).toEqual([ann])
  const discarding = { storyId: id, seenVersion: '3', seenRevision: live.liveRevisionId }
  expect(valueOf(await discardChanges(writer, discarding)).draft.authors).toEqual([ann])
  const again = valueOf(await publishStory(writer, form({ seenVersion: '4', authors: `${bo}, ${ann}` })))
  expect(await bylineOf(id)).toEqual([bo, ann])
  expect(again.authorIds).toHaveLength(2)
  const restoring = { storyId: id, seenVersion: again.draft.version, revisionId: live.liveRevisionId }
  expect(valueOf(await restoreRevision(writer, restoring)).story.draft.authors).toEqual([ann])
  expect(await bylineOf(id)).toEqual([bo, ann])
  valueOf(await withdrawStory(writer, { storyId: id, reason: 'No salt.' }))
  expect(await bylineOf(id)).toEqual([])
})

test('scheduled names are shown on time, and written to the row when a clock settles them, also by an older build', async () => {
  for (const settles of ['ours', 'theirs']) {
    const { editor: writer, storyId: id, form } = await aDraft()
    const [ann, bo] = [somebody(), somebody()]
    valueOf(await publishStory(writer, form({ authors: ann, topics: bo })))
    valueOf(await saveDraft(writer, form({ seenVersion: '2', authors: bo, topics: '' })))
    valueOf(await scheduleStoryChanges(writer, { storyId: id, seenVersion: '3', ...inSeconds(24 * HOUR) }))
    await setTimes(id, { liveAt: ago(72 * HOUR), dueAt: ago(1) })
    const due = [...(await findByNames(database(), 'author', [bo])).values()]
    expect(await liveRow(id)).toMatchObject({ authorIds: due.map((author) => author.id), topicIds: [] })
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
  const { editor: writer, form } = await aDraft()
  const refusal = { kind: 'invalid', fields: { authors: [expect.stringContaining('longer than 100')] } }
  expectRefusal(await saveDraft(writer, form({ authors: `Ann, ${'x'.repeat(101)}` })), refusal)
})

test('two concurrent saves with the same new author add one', async () => {
  const [one, other] = [await aDraft(), await aDraft()]
  const ann = somebody()
  const saves = [
    publishStory(one.editor, one.form({ authors: ann })),
    publishStory(other.editor, other.form({ authors: ann.toUpperCase() })),
  ]
  for (const saved of await Promise.all(saves)) valueOf(saved)
  expect(await bylineOf(one.storyId)).toEqual(await bylineOf(other.storyId))
})
