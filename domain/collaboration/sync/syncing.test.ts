import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { findByNames } from '../../taxonomy/store'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../../newsroom.test-support'
import { saveDraft } from '../../story/drafting'
import { publishSavedDraft, publishStory } from '../../story/publishing'
import { scheduleStory } from '../../schedule/scheduling'
import { clone } from '../document/documents.test-support'
import { copyFromDocument, sharedTypes } from '../document/story-document'
import { syncDocument, openDocument } from './syncing'
import {
  aStory,
  aStoryWithTwoWriters,
  aStoryWithWriter,
  aWriter,
  bodyJson,
  draftOf,
  revisionsOf,
  storedDocumentOf,
} from './writers.test-support'

test('what is typed is in the draft at once, and not in history', async () => {
  const { story, writer } = await aStoryWithWriter({ role: 'reporter' })
  writer.type('headline', ' sings')
  writer.type('kicker', 'Harbour')
  writer.write('It sang.')
  const answer = await writer.send()
  expect(answer).toMatchObject({ version: 2, sequence: 1 })
  const draft = await draftOf(story)
  expect(draft).toMatchObject({
    headline: 'Ferry sings',
    slug: 'ferry-sings',
    kicker: 'Harbour',
    version: 2,
    savedByName: 'Ann',
    keptAsRevisionId: null,
  })
  expect(bodyJson(draft)).toContain('It sang.')
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual(['story-started'])
  expect(await writer.send()).toMatchObject({ version: 2, sequence: 1 })
})

test('the text of two people who write in one line at once is all there', async () => {
  const { story, her, him } = await aStoryWithTwoWriters()
  her.type('headline', 'Moon ', 0)
  him.type('headline', ' again')
  await her.send()
  await him.send()
  expect(await draftOf(story)).toMatchObject({ headline: 'Moon Ferry again', slug: 'moon-ferry-again' })
  await her.send()
  expect(copyFromDocument(her.document)).toEqual(copyFromDocument(him.document))
})

test('twenty people write at once, and no text is lost', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => aPerson('editor')))
  const [first] = people
  if (!first) throw new Error('There is no person.')
  const story = await aStory(first, 'Ferry')
  const writers = await Promise.all(people.map((person) => aWriter(person, story)))
  const wanted: string[] = []
  for (let round = 1; round <= 3; round += 1)
    await Promise.all(
      writers.map(async (writer, number) => {
        const text = `<${number}.${round}>`
        wanted.push(text)
        writer.write(text)
        await writer.send()
      }),
    )
  const draft = await draftOf(story)
  for (const text of wanted) expect(bodyJson(draft)).toContain(text)
  expect(draft.version).toBe(1 + wanted.length)
  expect(await revisionsOf(story)).toEqual([])
})

test('concurrent first visits open the same document', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const opened = await Promise.all(Array.from({ length: 8 }, () => openDocument(ann, { storyId: story.id })))
  const merged = new Y.Doc()
  for (const outcome of opened) Y.applyUpdate(merged, fromBase64(valueOf(outcome).missing))
  expect(copyFromDocument(merged).headline).toBe('Ferry')
  expect(new Set(opened.map((outcome) => valueOf(outcome).lineage)).size).toBe(1)
})

test('malicious and invalid updates are refused; the draft, its document and the cached one stay as they are', async () => {
  const { ann, story, writer } = await aStoryWithWriter()
  writer.write('It sang.')
  await writer.send()
  const [hostile, nowhere] = [clone(writer.document), clone(writer.document)]
  sharedTypes.body(hostile).insert(0, [new Y.XmlElement('iframe')])
  sharedTypes.choices(nowhere).set('sectionId', 987_654_321)
  const refused = [
    { update: Y.encodeStateAsUpdate(hostile), kind: 'unfit' },
    { update: Uint8Array.from({ length: 400 }, (_, at) => (at * 89 + 7) % 256), kind: 'unfit' },
    { update: Uint8Array.of(255, 255, 255, 255, 15), kind: 'unfit' },
    { update: Y.encodeStateAsUpdate(nowhere), kind: 'not-found' },
  ]
  for (const [round, { update, kind }] of refused.entries()) {
    const before = await storedDocumentOf(story)
    expect(refusalOf(await writer.outcome(update))).toMatchObject({ kind })
    expect(await storedDocumentOf(story)).toEqual(before)
    expect((await draftOf(story)).version).toBe(2 + round)
    writer.type('kicker', '!')
    await writer.send()
    const { document } = await aWriter(ann, story)
    expect(sharedTypes.body(document).toString()).toBe(sharedTypes.body(writer.document).toString())
    expect(sharedTypes.choices(document).get('sectionId')).toBe(sharedTypes.choices(writer.document).get('sectionId'))
  }
  expect((await draftOf(story)).kicker).toBe('!!!!')
})

test('a document that grows over six megabytes is refused, and nothing has changed', async () => {
  const { story, writer } = await aStoryWithWriter()
  writer.document.getText('elsewhere').insert(0, 'x'.repeat(6 * 1024 * 1024 + 1))
  expect(refusalOf(await writer.outcome())).toMatchObject({ kind: 'unfit' })
  expect((await draftOf(story)).version).toBe(1)
})

test('text longer than may be published is stored while somebody writes, and refused at publication', async () => {
  const sectionId = String((await aSection()).id)
  const { ann, story, writer } = await aStoryWithWriter({ sectionId })
  writer.type('headline', ' long'.repeat(80))
  const { version } = await writer.send()
  expect((await draftOf(story)).headline).toHaveLength(405)
  const overlong = { kind: 'invalid', fields: { headline: ['The headline is longer than 300 characters.'] } }
  expect(refusalOf(await publishSavedDraft(ann, { storyId: story.id, seenVersion: version }))).toEqual(overlong)
  const due = { due: '2099-01-01T10:00', timeZone: 'UTC' }
  expect(refusalOf(await scheduleStory(ann, { storyId: story.id, seenVersion: version, ...due }))).toEqual(overlong)
})

test('a reporter writes in no story of others: it is not there', async () => {
  const rae = await aPerson('reporter')
  const { story, writer } = await aStoryWithWriter()
  expect(refusalOf(await openDocument(rae, { storyId: story.id }))).toEqual({ kind: 'not-found', what: 'story' })
  const update = Y.encodeStateAsUpdate(writer.document)
  const { lineage } = await storedDocumentOf(story)
  const sent = { storyId: story.id, lineage, vector: Y.encodeStateVector(writer.document), update }
  expect(refusalOf(await syncDocument(rae, sent))).toEqual({ kind: 'not-found', what: 'story' })
})

test('a draft saved by a build from before there were documents is in the document at the next visit', async () => {
  const { story, writer } = await aStoryWithWriter()
  const saved = { kicker: 'By the old version', version: 2 }
  await database().update(drafts).set(saved).where(eq(drafts.storyId, story.id))
  writer.type('headline', ' sings')
  expect(await writer.send()).toMatchObject({ version: 3 })
  expect(copyFromDocument(writer.document)).toMatchObject({ headline: 'Ferry sings', kicker: 'By the old version' })
})

test('publishing what is on the screen after typing publishes it, and the address stays from then on', async () => {
  const sectionId = String((await aSection()).id)
  const { ann, story, writer } = await aStoryWithWriter({ sectionId })
  writer.type('headline', ' sings')
  const { version } = await writer.send()
  const fields = { storyId: String(story.id), seenVersion: String(version), sectionId }
  const published = valueOf(await publishStory(ann, storyFields({ ...fields, headline: 'Ferry sings' })))
  expect(published).toMatchObject({ stage: 'live', slug: 'ferry-sings' })
  writer.type('headline', ' again')
  await writer.send()
  expect(await draftOf(story)).toMatchObject({ headline: 'Ferry sings again', slug: 'ferry-sings' })
})

test('a document with nodes of a newer build is not opened', async () => {
  const { ann, story, writer } = await aStoryWithWriter({ role: 'reporter' })
  sharedTypes.body(writer.document).insert(0, [new Y.XmlElement('hologram')])
  const state = Y.encodeStateAsUpdate(writer.document)
  await database().update(draftDocuments).set({ state }).where(eq(draftDocuments.storyId, story.id))
  expect(refusalOf(await openDocument(ann, { storyId: story.id }))).toMatchObject({ kind: 'unfit' })
})

test('names that two people write at once are all in the draft, and become authors only when it is saved', async () => {
  const { otto, story, her: one, him: other } = await aStoryWithTwoWriters()
  const [wren, quill] = [`Wren ${story.id}`, `Quill ${story.id}`]
  sharedTypes.names(one.document, 'authors').push([wren])
  sharedTypes.names(other.document, 'authors').push([quill])
  await one.send()
  await other.send()
  await one.send()
  const { authors, version } = await draftOf(story)
  expect([...authors].sort()).toEqual([quill, wren])
  expect(copyFromDocument(one.document).authors).toEqual(authors)
  expect(await findByNames(database(), 'author', authors)).toEqual(new Map())

  // What the form saves is in the document of those who write.
  const fields = { storyId: String(story.id), headline: 'Ferry' }
  valueOf(
    await saveDraft(otto, storyFields({ ...fields, seenVersion: String(version), authors: quill, topics: 'Salt' })),
  )
  expect((await findByNames(database(), 'author', authors)).size).toBe(1)
  await one.send()
  expect(copyFromDocument(one.document)).toMatchObject({ authors: [quill], topics: ['Salt'] })

  sharedTypes.names(other.document, 'topics').push([7])
  expect(refusalOf(await other.outcome())).toMatchObject({ kind: 'unfit' })
  expect((await draftOf(story)).topics).toEqual(['Salt'])
})

test('thousands of nested nodes are refused at once, also in an unknown shared type: the next update of them would take minutes', async () => {
  const { writer } = await aStoryWithWriter({ role: 'reporter' })
  writer.document.transact(() => {
    let inside: Y.XmlFragment = writer.document.getXmlFragment('elsewhere')
    for (let depth = 0; depth < 5000; depth += 1) {
      const next = new Y.XmlElement('a')
      inside.insert(0, [next])
      inside = next
    }
  })
  expect(refusalOf(await writer.outcome())).toMatchObject({ kind: 'unfit' })
})
