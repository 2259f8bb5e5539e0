import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments } from '@/db/schema/draft'
import { aSection, valueOf } from '../../newsroom.test-support'
import { publishSavedDraft } from '../../story/publishing'
import { firstLine } from '../document/documents.test-support'
import { applyEdit, sharedTypes } from '../document/story-document'
import {
  aStoryWithTwoWriters,
  aStoryWithWriter,
  bodyJson,
  draftOf,
  minutesAgo,
  revisionsOf,
} from '../sync/writers.test-support'

const aLongLine = (word: string) => Array.from({ length: 40 }, (_, at) => `${word}${at}`).join(' ')

test('while somebody writes, the draft is saved as a revision every ten minutes, and refers to none', async () => {
  const { ann, story, writer } = await aStoryWithWriter({ sectionId: String((await aSection()).id) })
  const live = valueOf(await publishSavedDraft(ann, { storyId: story.id, seenVersion: 1 }))
  for (const text of ['One.', ' Two.']) {
    writer.write(text)
    await writer.send()
  }
  expect(await revisionsOf(story)).toHaveLength(1)
  await database()
    .update(draftDocuments)
    .set({ keptAt: sql`${minutesAgo(11)}` })
    .where(eq(draftDocuments.storyId, story.id))
  for (const text of [' Three.', ' Four.']) {
    writer.write(text)
    await writer.send()
  }
  const [first, second, ...more] = await revisionsOf(story)
  expect(more).toEqual([])
  expect(bodyJson(second)).toContain('One. Two.')
  expect(bodyJson(second)).not.toContain('Three')
  expect((await draftOf(story)).keptAsRevisionId).toBe(null)
  expect(live.draft.keptAsRevisionId).toBe(first?.id)
})

test('before a large deletion the draft is saved as a revision, once, however often the deletion is undone and redone', async () => {
  const { story, him } = await aStoryWithTwoWriters(aLongLine('kite'))
  const line = firstLine(him.document)
  const undo = new Y.UndoManager(line)
  line.delete(0, line.length)
  await him.send()
  const [revision] = await revisionsOf(story)
  expect(revision).toMatchObject({ keptBecause: 'removal', keptByName: 'Otto' })
  expect(bodyJson(revision)).toContain(aLongLine('kite'))
  for (let again = 0; again < 3; again += 1) {
    undo.undo()
    await him.send()
    expect(bodyJson(await draftOf(story))).toContain(aLongLine('kite'))
    undo.redo()
    await him.send()
  }
  expect(await revisionsOf(story)).toHaveLength(1)
  // Text that no revision has is saved, even directly after another.
  him.write(aLongLine('ferry'))
  await him.send()
  line.delete(0, line.length)
  await him.send()
  const [, next] = await revisionsOf(story)
  expect(bodyJson(next)).toContain(aLongLine('ferry'))
})

test('a deletion letter by letter, with a key held down, saves the draft before its first letter', async () => {
  const { story, writer } = await aStoryWithWriter()
  writer.write(aLongLine('kite'))
  await writer.send()
  const line = firstLine(writer.document)
  while (line.length > 0) {
    const some = Math.min(20, line.length)
    line.delete(line.length - some, some)
    await writer.send()
  }
  const [saved, ...more] = await revisionsOf(story)
  expect(more).toEqual([])
  expect(bodyJson(saved)).toContain(aLongLine('kite'))
})

test('a moved block, a corrected word and a field rewritten with the same words save no revision', async () => {
  const { story, writer } = await aStoryWithWriter()
  const headline = sharedTypes.text(writer.document, 'headline')
  const setHeadline = (insert: string) => applyEdit(headline, { at: 0, remove: headline.length, insert })
  setHeadline('The ferry sings to the kites')
  writer.write(aLongLine('kite'))
  await writer.send()
  const fragment = sharedTypes.body(writer.document)
  const moved = fragment.get(0).clone() as Y.XmlElement
  writer.document.transact(() => {
    fragment.delete(0, 1)
    fragment.insert(0, [moved])
  })
  await writer.send()
  firstLine(writer.document).delete(0, 4)
  setHeadline('A ferry sings for the kites')
  await writer.send()
  expect(await revisionsOf(story)).toEqual([])
  setHeadline('Nobody slept')
  await writer.send()
  expect(await revisionsOf(story)).toMatchObject([{ headline: 'A ferry sings for the kites', keptBecause: 'removal' }])
})
