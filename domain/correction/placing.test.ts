import { expect, test } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { htmlOf } from '@/components/reader/feeds/rss-feed'
import { readFeed } from '@/reading/feed'
import { readStoryAt } from '@/reading/story'
import { documentOf, paragraph } from '../body/blocks.test-support'
import { aPerson, aSection, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { saveDraft, startStory } from '../story/drafting'
import { publishStory } from '../story/publishing'
import { restoreRevision } from '../restore/restoring'
import { documentFromState, sharedTypes } from '../collaboration/document/story-document'
import { syncDocument, openDocument } from '../collaboration/sync/syncing'
import { correctStory, rewordCorrection } from './correcting'

const sang = paragraph('p', 'It sang.')
const noteAt = (correctionId: number) => ({ type: 'correctionNote', attrs: { id: 'n', correctionId } })
const bodyJson = (...content: unknown[]) => JSON.stringify(documentOf(...content))

async function aCorrectedStory() {
  const [editor, section] = [await aPerson('editor', 'Edith'), await aSection()]
  const { id } = valueOf(await startStory(editor, { headline: 'Moon ferry', sectionId: String(section.id) }))
  const form = (seenVersion: number, body: string) =>
    storyFields({ storyId: String(id), seenVersion: String(seenVersion), sectionId: String(section.id), body })
  const story = valueOf(await publishStory(editor, form(1, bodyJson(sang))))
  const seen = { storyId: id, seenVersion: story.draft.version, seenRevision: story.liveRevisionId }
  valueOf(await correctStory(editor, { ...seen, kind: 'correction', words: 'The ferry is a barge.' }))
  const found = await readStoryAt(id)
  const noteId = (found.kind === 'live' && found.corrections[0]?.id) || 0
  return { editor, id, form, noteId, version: story.draft.version }
}

test('a correction placed in the body stands there once it is published, in its present wording', async () => {
  const { editor, id, form, noteId, version } = await aCorrectedStory()
  const placed = valueOf(await saveDraft(editor, form(version, bodyJson(noteAt(noteId), sang))))
  expect(placed.draft.body?.content.map(({ type }) => type)).toEqual(['correctionNote', 'paragraph'])
  valueOf(await publishStory(editor, form(placed.draft.version, JSON.stringify(placed.draft.body))))
  const reword = { storyId: id, correctionId: noteId, seenWords: noteId, kind: 'correction', words: 'It is a <raft>.' }
  valueOf(await rewordCorrection(editor, reword))
  const item = (await readFeed()).find((item) => item.id === id)
  expect(item?.body && htmlOf(item.body, item.corrections)).toBe(
    '<p><strong>Correction:</strong> <bdi>It is a &lt;raft&gt;.</bdi></p><p>It sang.</p>',
  )
  expect(item?.body && htmlOf(item.body)).toBe('<p>It sang.</p>')
})

test('a correction keeps its place when a revision is restored', async () => {
  const { editor, id, form, noteId, version } = await aCorrectedStory()
  const placed = valueOf(await publishStory(editor, form(version, bodyJson(sang, noteAt(noteId)))))
  const without = valueOf(await publishStory(editor, form(placed.draft.version, bodyJson(sang))))
  const which = { storyId: id, seenVersion: without.draft.version, revisionId: placed.liveRevisionId }
  const { story } = valueOf(await restoreRevision(editor, which))
  expect(story.draft.body?.content.at(-1)).toEqual(noteAt(noteId))
})

test('a correction of another story, another wording and an unknown correction cannot be placed in a body, and nothing changes', async () => {
  const { editor, id, form, noteId, version } = await aCorrectedStory()
  const reword = { storyId: id, correctionId: noteId, seenWords: noteId, kind: 'correction', words: 'A raft.' }
  valueOf(await rewordCorrection(editor, reword))
  const stranger = await aCorrectedStory()
  for (const wrong of [stranger.noteId, noteId + 1, 10 ** 9]) {
    const saved = await saveDraft(editor, form(version, bodyJson(sang, noteAt(wrong))))
    expect(refusalOf(saved)).toMatchObject({ kind: 'unfit' })
    const opened = valueOf(await openDocument(editor, { storyId: id }))
    const document = documentFromState(fromBase64(opened.missing))
    const before = Y.encodeStateVector(document)
    const note = new Y.XmlElement('correctionNote')
    note.setAttribute('correctionId', wrong as unknown as string)
    sharedTypes.body(document).insert(0, [note])
    const update = Y.encodeStateAsUpdate(document, before)
    const synced = await syncDocument(editor, { storyId: id, lineage: opened.lineage, vector: before, update })
    expect(refusalOf(synced)).toMatchObject({ kind: 'unfit' })
  }
  expect(valueOf(await openDocument(editor, { storyId: id })).version).toBe(version)
})
