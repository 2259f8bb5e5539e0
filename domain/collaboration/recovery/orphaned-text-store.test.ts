import { expect, test } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { aPerson, historyOf, refusalOf, storyFields, valueOf } from '../../newsroom.test-support'
import { saveDraft } from '../../story/drafting'
import { subscribeToStory } from '../notifications'
import { element, firstLine } from '../document/documents.test-support'
import { sharedTypes } from '../document/story-document'
import { syncDocument } from '../sync/syncing'
import {
  aStoryWithTwoWriters,
  aStoryWithWriter,
  aWriter,
  bodyJson,
  draftOf,
  expectSynced,
  revisionsOf,
  storedDocumentOf,
} from '../sync/writers.test-support'

test('an update that depends on missing ones is requested again, and nothing is lost', async () => {
  const { story, writer } = await aStoryWithWriter()
  writer.type('headline', ' sings')
  const ahead = Y.encodeStateVector(writer.document)
  writer.type('headline', ' again')
  const answer = valueOf(await writer.outcome(Y.encodeStateAsUpdate(writer.document, ahead)))
  if (!('lacksUpdates' in answer)) expect.fail('It was merged without its dependencies.')
  expect((await draftOf(story)).headline).toBe('Ferry')
  const all = Y.encodeStateAsUpdate(writer.document, fromBase64(answer.vector))
  expect(valueOf(await writer.outcome(all))).toMatchObject({ version: 2 })
  expect((await draftOf(story)).headline).toBe('Ferry sings again')
})

test('text in a paragraph that somebody deleted meanwhile is saved in a revision, once, and recorded', async () => {
  const { story, her, him } = await aStoryWithTwoWriters('It sang.')
  const line = firstLine(her.document)
  line.insert(0, 'Far out at sea')
  line.insert(14, ', in the fog: ')
  line.insert(28, 'oops')
  line.delete(28, 4)
  her.write(' Loudly.')
  const sent = Y.encodeStateAsUpdate(her.document, Y.encodeStateVector(him.document))
  sharedTypes.body(him.document).delete(0, 1)
  him.type('kicker', 'Harbour')
  await him.send()
  const response = expectSynced(valueOf(await her.outcome(sent)))
  expect(response).toMatchObject({ orphanedIn: 1 })
  expect(await draftOf(story)).toMatchObject({ body: null, kicker: 'Harbour' })
  const content = [{ content: [{ text: 'Far out at sea, in the fog: ' }] }, { content: [{ text: ' Loudly.' }] }]
  expect(await revisionsOf(story)).toMatchObject([
    { keptBecause: 'stranded', kicker: 'Harbour', keptByName: 'Ann', body: { content } },
  ])
  const event = { type: 'words-stranded', storyId: story.id, headline: 'Ferry', number: 1 }
  expect(await historyOf(story.id)).toContainEqual(event)
  // The response was lost: the update is sent again.
  expect(expectSynced(valueOf(await her.outcome(sent)))).toMatchObject({ orphanedIn: 1 })
  expect(await revisionsOf(story)).toHaveLength(1)
})

test('text in a line that somebody else makes a subheading, without having seen it, is saved in a revision, and its writer is notified', async () => {
  const { story, her, him } = await aStoryWithTwoWriters('The mayor took the money.')
  firstLine(her.document).insert(9, ' denies that she')
  await her.send()
  asSubheading(him.document)
  const received: unknown[] = []
  const unsubscribe = subscribeToStory(story.id, (notification) => received.push(notification))
  await expect.poll(() => received).toContainEqual({ kind: 'missed' })
  const sent = Y.encodeStateAsUpdate(him.document, Y.encodeStateVector(her.document))
  expect(expectSynced(valueOf(await him.outcome(sent)))).not.toHaveProperty('orphanedIn')
  await expect
    .poll(() => received)
    .toContainEqual({ kind: 'orphanedText', orphanedText: { number: 1, writers: [her.document.clientID] } })
  unsubscribe()
  expect(bodyJson(await draftOf(story))).toContain('"text":"The mayor took the money."')
  const [revision, ...more] = await revisionsOf(story)
  expect(more).toEqual([])
  expect(revision).toMatchObject({ keptBecause: 'stranded', keptByName: 'Otto' })
  expect(revision?.body?.content.at(-1)).toMatchObject({ content: [{ text: ' denies that she' }] })
  const event = { type: 'words-stranded', storyId: story.id, headline: 'Ferry', number: 1, unseen: true }
  expect(await historyOf(story.id)).toContainEqual(event)
  // The response was lost: the update is sent again.
  await him.outcome(sent)
  expect(await revisionsOf(story)).toHaveLength(1)
})

test('text that somebody deletes after having seen it is not orphaned', async () => {
  const { story, her, him } = await aStoryWithTwoWriters('It sang')
  her.write(' over the harbour.')
  await her.send()
  await him.send()
  asSubheading(him.document)
  await him.send()
  firstLine(her.document).delete(0, 3)
  await her.send()
  expect((await revisionsOf(story)).map(({ keptBecause }) => keptBecause)).not.toContain('stranded')
})

test('text that depends on lost updates is saved in a revision, and the rest is merged', async () => {
  const { ann, story, writer } = await aStoryWithWriter()
  writer.type('kicker', 'Harbour')
  const lost = Y.encodeStateVector(writer.document)
  writer.type('kicker', ' news')
  const rest = Y.encodeStateAsUpdate(writer.document, lost)
  expect(valueOf(await writer.outcome(rest))).toMatchObject({ lacksUpdates: true })
  const other = await aWriter(ann, story)
  other.type('dateline', 'Lower Quibble')
  const all = Y.mergeUpdates([rest, Y.encodeStateAsUpdate(other.document, lost)])
  const sent = { storyId: story.id, vector: new Uint8Array([0]), update: all, whole: true }
  const { lineage } = await storedDocumentOf(story)
  expect(valueOf(await syncDocument(ann, { ...sent, lineage }))).toMatchObject({ version: 2, orphanedIn: 1 })
  expect(await draftOf(story)).toMatchObject({ kicker: null, dateline: 'Lower Quibble' })
  const [revision] = await revisionsOf(story)
  expect(bodyJson(revision)).toContain('" news"')
  other.type('dateline', '!')
  expect(await other.send()).toMatchObject({ version: 3 })
})

test('a document of another lineage is never merged', async () => {
  const { writer } = await aStoryWithWriter()
  expect(refusalOf(await writer.outcome(undefined, crypto.randomUUID()))).toEqual({ kind: 'other-document' })
})

test('a local copy of another lineage is saved as a revision, once, and the draft stays', async () => {
  const { ann, story, writer } = await aStoryWithWriter()
  writer.type('kicker', 'Harbour')
  writer.write('It sang.')
  await writer.send()
  const device = Y.encodeStateAsUpdate(writer.document)
  const sent = { storyId: story.id, vector: new Uint8Array(), whole: true }
  const bring = (update = device, actor = ann) => syncDocument(actor, { ...sent, lineage: crypto.randomUUID(), update })
  expect(valueOf(await bring())).toEqual({ isDivergent: true, number: null })
  valueOf(await saveDraft(ann, { ...storyFields({ headline: 'Ferry' }), storyId: story.id, seenVersion: 2 }))
  const before = await draftOf(story)
  // The first has what the save removed.
  expect(valueOf(await bring())).toMatchObject({ isDivergent: true, number: 2 })
  expect(valueOf(await bring())).toMatchObject({ isDivergent: true, number: 2 })
  const revision = (await revisionsOf(story)).at(-1)
  expect(revision).toMatchObject({ kicker: 'Harbour', keptBecause: 'device' })
  expect(bodyJson(revision)).toContain('It sang.')
  expect(await draftOf(story)).toEqual(before)
  expect((await historyOf(story.id)).at(-1)).toMatchObject({ type: 'words-brought', number: 2 })
  expect(refusalOf(await bring(Uint8Array.of(9, 9, 9)))).toMatchObject({ kind: 'unfit' })
  expect(refusalOf(await bring(device, await aPerson('reporter')))).toEqual({ kind: 'not-found', what: 'story' })
})

/** As the editor does it: replaces the paragraph by a heading with its text. */
function asSubheading(document: Y.Doc) {
  const body = sharedTypes.body(document)
  const text = new Y.XmlText(firstLine(document).toString())
  document.transact(() => {
    body.delete(0, 1)
    body.insert(0, [element('heading', { level: 2, id: 'made-a-heading' }, text)])
  })
}
