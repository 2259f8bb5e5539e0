import { expect, test } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { aPerson, historyOf, refusalOf, storyFields, valueOf } from '../../newsroom.test-support'
import { saveDraft } from '../../story/drafting'
import { subscribeToStory } from '../notifications'
import { sharedTypes } from '../document/story-document'
import { syncDocument, openDocument } from '../sync/syncing'
import { aStory, aWriter, draftOf, firstLine, revisionsOf, expectSynced, bodyJson } from '../sync/writers.test-support'

test('an update that depends on missing ones is requested again, and nothing is lost', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
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
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const first = await aWriter(ann, story)
  first.write('It sang.')
  await first.send()
  const [her, him] = [await aWriter(ann, story), await aWriter(otto, story)]
  firstLine(her.document).insert(0, 'Far out at sea')
  firstLine(her.document).insert(14, ', in the fog: ')
  firstLine(her.document).insert(28, 'oops')
  firstLine(her.document).delete(28, 4)
  her.write(' Loudly.')
  const sent = Y.encodeStateAsUpdate(her.document, Y.encodeStateVector(him.document))
  sharedTypes.body(him.document).delete(0, 1)
  him.type('kicker', 'Harbour')
  await him.send()
  const response = expectSynced(valueOf(await her.outcome(sent)))
  expect(response).toMatchObject({ orphanedIn: 1 })
  expect(await draftOf(story)).toMatchObject({ body: null, kicker: 'Harbour' })
  const revision = await revisionsOf(story)
  expect(revision.map(({ keptBecause, kicker, keptByName }) => ({ keptBecause, kicker, keptByName }))).toEqual([
    { keptBecause: 'stranded', kicker: 'Harbour', keptByName: 'Ann' },
  ])
  expect(revision[0]?.body?.content.map((block) => 'content' in block && block.content)).toMatchObject([
    [{ text: 'Far out at sea, in the fog: ' }],
    [{ text: ' Loudly.' }],
  ])
  const event = { type: 'words-stranded', storyId: story.id, headline: 'Ferry', number: 1 }
  expect(await historyOf(story.id)).toContainEqual(event)
  // The response was lost: the update is sent again.
  expect(expectSynced(valueOf(await her.outcome(sent)))).toMatchObject({ orphanedIn: 1 })
  expect(await revisionsOf(story)).toHaveLength(1)
})

test('text in a line that somebody else makes a subheading, without having seen it, is saved in a revision, and its writer is notified', async () => {
  const [ella, otto] = [await aPerson('editor', 'Ella'), await aPerson('editor', 'Otto')]
  const story = await aStory(ella, 'Ferry')
  const first = await aWriter(ella, story)
  first.write('The mayor took the money.')
  await first.send()
  const [her, him] = [await aWriter(ella, story), await aWriter(otto, story)]
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
  const [ella, otto] = [await aPerson('editor', 'Ella'), await aPerson('editor', 'Otto')]
  const story = await aStory(ella, 'Ferry')
  const her = await aWriter(ella, story)
  her.write('It sang')
  await her.send()
  her.write(' over the harbour.')
  await her.send()
  const him = await aWriter(otto, story)
  asSubheading(him.document)
  await him.send()
  firstLine(her.document).delete(0, 3)
  await her.send()
  expect((await revisionsOf(story)).map(({ keptBecause }) => keptBecause)).not.toContain('stranded')
})

/** As the editor does it: replaces the paragraph by a heading with its text. */
function asSubheading(document: Y.Doc) {
  const heading = new Y.XmlElement('heading')
  heading.setAttribute('level', 2 as unknown as string)
  heading.setAttribute('id', 'made-a-heading')
  heading.insert(0, [new Y.XmlText(firstLine(document).toString())])
  document.transact(() => {
    sharedTypes.body(document).delete(0, 1)
    sharedTypes.body(document).insert(0, [heading])
  })
}

test('text that depends on lost updates is saved in a revision, and the rest is merged', async () => {
  const ann = await aPerson('editor', 'Ann')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.type('kicker', 'Harbour')
  const lost = Y.encodeStateVector(writer.document)
  writer.type('kicker', ' news')
  const rest = Y.encodeStateAsUpdate(writer.document, lost)
  expect(valueOf(await writer.outcome(rest))).toMatchObject({ lacksUpdates: true })
  const other = await aWriter(ann, story)
  other.type('dateline', 'Lower Quibble')
  const all = Y.mergeUpdates([rest, Y.encodeStateAsUpdate(other.document, lost)])
  const sent = { storyId: story.id, vector: new Uint8Array([0]), update: all, whole: true }
  const { lineage } = valueOf(await openDocument(ann, { storyId: story.id }))
  expect(valueOf(await syncDocument(ann, { ...sent, lineage }))).toMatchObject({ version: 2, orphanedIn: 1 })
  expect(await draftOf(story)).toMatchObject({ kicker: null, dateline: 'Lower Quibble' })
  const [revision] = await revisionsOf(story)
  expect(JSON.stringify(revision?.body)).toContain('" news"')
  other.type('dateline', '!')
  expect(await other.send()).toMatchObject({ version: 3 })
})

test('a document of another lineage is never merged', async () => {
  const ann = await aPerson('editor')
  const writer = await aWriter(ann, await aStory(ann, 'Ferry'))
  expect(refusalOf(await writer.outcome(undefined, crypto.randomUUID()))).toEqual({ kind: 'other-document' })
})

test('a local copy of another lineage is saved as a revision, once, and the draft stays', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.type('kicker', 'Harbour')
  writer.write('It sang.')
  await writer.send()
  const device = Y.encodeStateAsUpdate(writer.document)
  const bring = async (update = device) =>
    syncDocument(ann, {
      storyId: story.id,
      lineage: crypto.randomUUID(),
      vector: new Uint8Array(),
      update,
      whole: true,
    })
  expect(valueOf(await bring())).toEqual({ isDivergent: true, number: null })
  valueOf(await saveDraft(ann, { ...storyFields({ headline: 'Ferry' }), storyId: story.id, seenVersion: 2 }))
  const before = await draftOf(story)
  // The first has what the save removed.
  expect(valueOf(await bring())).toMatchObject({ isDivergent: true, number: 2 })
  expect(valueOf(await bring())).toMatchObject({ isDivergent: true, number: 2 })
  const version = (await revisionsOf(story)).at(-1)
  expect(version).toMatchObject({ kicker: 'Harbour', keptBecause: 'device' })
  expect(JSON.stringify(version?.body)).toContain('It sang.')
  expect(await draftOf(story)).toEqual(before)
  expect((await historyOf(story.id)).at(-1)).toMatchObject({ type: 'words-brought', number: 2 })
  expect(refusalOf(await bring(Uint8Array.of(9, 9, 9)))).toMatchObject({ kind: 'unfit' })
  const stranger = await aPerson('reporter')
  const theirs = {
    storyId: story.id,
    lineage: crypto.randomUUID(),
    vector: new Uint8Array(),
    update: device,
    whole: true,
  }
  expect(refusalOf(await syncDocument(stranger, theirs))).toEqual({ kind: 'not-found', what: 'story' })
})
