import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments } from '@/db/schema/draft'
import { aPerson, aSection, valueOf } from '../../newsroom.test-support'
import { publishSavedDraft } from '../../story/publishing'
import { applyEdit, sharedTypes } from '../document/story-document'
import { aStory, aWriter, draftOf, firstLine, minutesAgo, revisionsOf, bodyJson } from '../sync/writers.test-support'

const aLongLine = (word: string) => Array.from({ length: 40 }, (_, at) => `${word}${at}`).join(' ')

test('while somebody writes, the draft is saved as a revision every ten minutes, and refers to none', async () => {
  const ann = await aPerson('editor')
  const section = await aSection()
  const story = await aStory(ann, 'Ferry', String(section.id))
  const live = valueOf(await publishSavedDraft(ann, { storyId: story.id, seenVersion: 1 }))
  const writer = await aWriter(ann, story)
  writer.write('One.')
  await writer.send()
  writer.write(' Two.')
  await writer.send()
  expect(await revisionsOf(story)).toHaveLength(1)
  await database()
    .update(draftDocuments)
    .set({ keptAt: sql`${minutesAgo(11)}` })
    .where(eq(draftDocuments.storyId, story.id))
  writer.write(' Three.')
  await writer.send()
  writer.write(' Four.')
  await writer.send()
  const all = await revisionsOf(story)
  expect(all).toHaveLength(2)
  expect(JSON.stringify(all[1]?.body)).toContain('One. Two.')
  expect(JSON.stringify(all[1]?.body)).not.toContain('Three')
  expect((await draftOf(story)).keptAsRevisionId).toBe(null)
  expect(live.draft.keptAsRevisionId).toBe(all[0]?.id)
})

test('before a large deletion the draft is saved as a revision, once, however often the deletion is undone and redone', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const [her, him] = [await aWriter(ann, story), await aWriter(otto, story)]
  her.write(aLongLine('kite'))
  await her.send()
  await him.send()
  const line = firstLine(him.document)
  const undo = new Y.UndoManager(line)
  line.delete(0, line.length)
  await him.send()
  const [revision] = await revisionsOf(story)
  expect(revision).toMatchObject({ keptBecause: 'removal', keptByName: 'Otto' })
  expect(JSON.stringify(revision?.body)).toContain(aLongLine('kite'))
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
  expect(JSON.stringify(next?.body)).toContain(aLongLine('ferry'))
})

test('a deletion letter by letter, with a key held down, saves the draft before its first letter', async () => {
  const ann = await aPerson('editor', 'Ann')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.write(aLongLine('kite'))
  await writer.send()
  const line = firstLine(writer.document)
  while (line.length > 0) {
    const some = Math.min(20, line.length)
    line.delete(line.length - some, some)
    await writer.send()
  }
  const saved = await revisionsOf(story)
  expect(saved).toHaveLength(1)
  expect(JSON.stringify(saved[0]?.body)).toContain(aLongLine('kite'))
})

test('a moved block, a corrected word and a field rewritten with the same words save no revision', async () => {
  const ann = await aPerson('editor', 'Ann')
  const story = await aStory(ann, 'The ferry sings to the kites')
  const writer = await aWriter(ann, story)
  writer.write(aLongLine('kite'))
  await writer.send()
  const fragment = sharedTypes.body(writer.document)
  const moved = fragment.get(0)
  if (!(moved instanceof Y.XmlElement)) throw new Error('There is no paragraph to move.')
  const copied = moved.clone()
  writer.document.transact(() => {
    fragment.delete(0, 1)
    fragment.insert(0, [copied])
  })
  await writer.send()
  firstLine(writer.document).delete(0, 4)
  const headline = sharedTypes.text(writer.document, 'headline')
  applyEdit(headline, { at: 0, remove: headline.length, insert: 'A ferry sings for the kites' })
  await writer.send()
  expect(await revisionsOf(story)).toEqual([])
  applyEdit(headline, { at: 0, remove: headline.length, insert: 'Nobody slept' })
  await writer.send()
  expect(await revisionsOf(story)).toMatchObject([{ headline: 'A ferry sings for the kites', keptBecause: 'removal' }])
})
