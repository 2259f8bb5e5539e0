import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts, revisions } from '@/db/schema/story'
import { findByNames } from '../name/keeping'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import type { Actor } from '../user/user'
import { startStory, saveDraft } from '../story/drafting'
import { publishSavedDraft, publishStory } from '../story/publishing'
import { scheduleStory } from '../schedule/scheduling'
import { applyEdit, copyIn, documentWith, parts, type TextField } from './story-document'
import type { Story } from '../story/story'
import { fromBase64, type WordsAnswer, type WordsApart, type WordsBehind } from './words-frame'
import { tellWhatWasWritten } from './telling'
import { keepWords, openWords } from './writing'

const minutesAgo = (count: number) => sql`now() - ${`${count} minutes`}::interval`

async function aStory(owner: Actor, headline = 'Moon ferry', sectionId = ''): Promise<Story> {
  return valueOf(await startStory(owner, { headline, sectionId }))
}

/** Somebody at their desk: a copy of the document of their own, which they write in and send. */
async function aWriter(actor: Actor, { id }: { id: number }) {
  const opened = valueOf(await openWords(actor, { storyId: id }))
  const document = documentWith(fromBase64(opened.missing))
  let vector = fromBase64(opened.vector)
  const outcome = (update = Y.encodeStateAsUpdate(document, vector), lineage = opened.lineage) =>
    keepWords(actor, { storyId: id, lineage, vector: Y.encodeStateVector(document), update })
  return {
    document,
    outcome,
    type: (field: TextField, words: string, at = parts.text(document, field).length) =>
      applyEdit(parts.text(document, field), { at, remove: 0, insert: words }),
    write: (words: string) => lineOf(document).insert(lineOf(document).length, words),
    send: async () => {
      const answer = whole(valueOf(await outcome()))
      Y.applyUpdate(document, fromBase64(answer.missing))
      vector = fromBase64(answer.vector)
      return answer
    },
  }
}

function lineOf(document: Y.Doc): Y.XmlText {
  const [paragraph] = parts.body(document).toArray()
  if (!(paragraph instanceof Y.XmlElement)) throw new Error('There is no paragraph to write in.')
  if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()])
  const [line] = paragraph.toArray()
  if (!(line instanceof Y.XmlText)) throw new Error('There is no line to write in.')
  return line
}

function whole(answer: WordsAnswer | WordsBehind | WordsApart): WordsAnswer {
  if ('behind' in answer) expect.fail('The newsroom says that it lacks the beginning.')
  if ('apart' in answer) expect.fail('The newsroom says that this is another document.')
  return answer
}

async function draftOf({ id }: { id: number }) {
  const [draft] = await database().select().from(drafts).where(eq(drafts.storyId, id))
  if (!draft) throw new Error('The draft is gone.')
  return draft
}

const wordsIn = (draft: Awaited<ReturnType<typeof draftOf>>) => JSON.stringify(draft.body)

test('what is typed is the draft, at once, and no reader and no history hears of every key', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const story = await aStory(ann)
  const writer = await aWriter(ann, story)
  writer.type('headline', ' sings')
  writer.type('kicker', 'Harbour')
  writer.write('It sang.')
  const answer = await writer.send()
  expect(answer).toMatchObject({ version: 2, sequence: 1 })
  const draft = await draftOf(story)
  expect(draft).toMatchObject({
    headline: 'Moon ferry sings',
    slug: 'moon-ferry-sings',
    kicker: 'Harbour',
    version: 2,
    savedByName: 'Ann',
    keptAsRevisionId: null,
  })
  expect(wordsIn(draft)).toContain('It sang.')
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual(['story-started'])
  expect(await writer.send()).toMatchObject({ version: 2, sequence: 1 })
})

test('two people who write in one line at once both find their words there', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const [her, him] = [await aWriter(ann, story), await aWriter(otto, story)]
  her.type('headline', 'Moon ', 0)
  him.type('headline', ' again')
  await her.send()
  await him.send()
  expect((await draftOf(story)).headline).toBe('Moon Ferry again')
  await her.send()
  expect(copyIn(her.document)).toEqual(copyIn(him.document))
})

test('twenty people write at once, and every word is there', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => aPerson('editor')))
  const [first] = people
  if (!first) throw new Error('Nobody is there.')
  const story = await aStory(first, 'Ferry')
  const writers = await Promise.all(people.map((person) => aWriter(person, story)))
  const wanted: string[] = []
  for (let round = 1; round <= 3; round += 1)
    await Promise.all(
      writers.map(async (writer, number) => {
        const words = `<${number}.${round}>`
        wanted.push(words)
        writer.write(words)
        await writer.send()
      }),
    )
  const draft = await draftOf(story)
  for (const words of wanted) expect(wordsIn(draft)).toContain(words)
  expect(draft.version).toBe(1 + wanted.length)
  expect(await versionsOf(story)).toEqual([])
})

test('first visitors who come at once get one and the same document', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const opened = await Promise.all(Array.from({ length: 8 }, () => openWords(ann, { storyId: story.id })))
  const merged = new Y.Doc()
  for (const outcome of opened) Y.applyUpdate(merged, fromBase64(valueOf(outcome).missing))
  expect(copyIn(merged).headline).toBe('Ferry')
  expect(new Set(opened.map((outcome) => valueOf(outcome).lineage)).size).toBe(1)
})

test('hostile and broken updates are refused, and the draft and its document stay as they are', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.write('It sang.')
  await writer.send()
  const [before] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, story.id))
  const hostile = documentWith(before?.state ?? new Uint8Array())
  parts.body(hostile).insert(0, [new Y.XmlElement('iframe')])
  const noise = Uint8Array.from({ length: 400 }, (_, at) => (at * 89 + 7) % 256)
  for (const update of [Y.encodeStateAsUpdate(hostile), noise, Uint8Array.of(255, 255, 255, 255, 15)])
    expect(refusalOf(await writer.outcome(update))).toMatchObject({ kind: 'unfit' })
  hostile.destroy()
  const nowhere = documentWith(before?.state ?? new Uint8Array())
  parts.choices(nowhere).set('sectionId', 987_654_321)
  expect(refusalOf(await writer.outcome(Y.encodeStateAsUpdate(nowhere)))).toMatchObject({ kind: 'not-found' })
  const [after] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, story.id))
  expect(after).toEqual(before)
  expect((await draftOf(story)).version).toBe(2)
})

test('a document that grows over six megabytes is refused, and nothing has changed', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.document.getText('elsewhere').insert(0, 'x'.repeat(6 * 1024 * 1024 + 1))
  expect(refusalOf(await writer.outcome())).toMatchObject({ kind: 'unfit' })
  expect((await draftOf(story)).version).toBe(1)
})

test('words longer than may be published are kept while somebody writes, and refused when they are published', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const story = await aStory(editor, 'Ferry', String(section.id))
  const writer = await aWriter(editor, story)
  writer.type('headline', ' long'.repeat(80))
  const { version } = await writer.send()
  expect((await draftOf(story)).headline).toHaveLength(405)
  const overlong = { kind: 'invalid', fields: { headline: ['The headline is longer than 300 characters.'] } }
  expect(refusalOf(await publishSavedDraft(editor, { storyId: story.id, seenVersion: version }))).toEqual(overlong)
  const due = { due: '2099-01-01T10:00', timeZone: 'UTC' }
  expect(refusalOf(await scheduleStory(editor, { storyId: story.id, seenVersion: version, ...due }))).toEqual(overlong)
})

test('a reporter writes in no story of others: it is not there', async () => {
  const [ann, rae] = [await aPerson('editor'), await aPerson('reporter')]
  const story = await aStory(ann)
  const { document } = await aWriter(ann, story)
  expect(refusalOf(await openWords(rae, { storyId: story.id }))).toEqual({ kind: 'not-found', what: 'story' })
  const frame = { vector: Y.encodeStateVector(document), update: Y.encodeStateAsUpdate(document) }
  const [kept] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, story.id))
  const sent = { storyId: story.id, lineage: kept?.lineage ?? '', ...frame }
  expect(refusalOf(await keepWords(rae, sent))).toEqual({ kind: 'not-found', what: 'story' })
})

test('what the form saves merges into what others are writing', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.write('It sang.')
  const { version } = await writer.send()
  const draft = await draftOf(story)
  const form = { storyId: String(story.id), seenVersion: String(version), body: JSON.stringify(draft.body) }
  valueOf(await saveDraft(otto, storyFields({ ...form, headline: 'Ferry sings', kicker: 'Harbour' })))
  writer.write(' Loudly.')
  await writer.send()
  expect(copyIn(writer.document)).toMatchObject({ headline: 'Ferry sings', kicker: 'Harbour' })
  const now = await draftOf(story)
  expect(now).toMatchObject({ headline: 'Ferry sings', kicker: 'Harbour' })
  expect(wordsIn(now)).toContain('It sang. Loudly.')
})

test('a draft saved by a version that knows no documents is in the document at the next visit', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  const saved = { kicker: 'By the old version', version: 2 }
  await database().update(drafts).set(saved).where(eq(drafts.storyId, story.id))
  writer.type('headline', ' sings')
  expect(await writer.send()).toMatchObject({ version: 3 })
  expect(copyIn(writer.document)).toMatchObject({ headline: 'Ferry sings', kicker: 'By the old version' })
})

test('what arrives without its beginning is asked for again, and nothing is lost', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.type('headline', ' sings')
  const ahead = Y.encodeStateVector(writer.document)
  writer.type('headline', ' again')
  const answer = valueOf(await writer.outcome(Y.encodeStateAsUpdate(writer.document, ahead)))
  if (!('behind' in answer)) expect.fail('It was merged without its beginning.')
  expect((await draftOf(story)).headline).toBe('Ferry')
  const all = Y.encodeStateAsUpdate(writer.document, fromBase64(answer.vector))
  expect(valueOf(await writer.outcome(all))).toMatchObject({ version: 2 })
  expect((await draftOf(story)).headline).toBe('Ferry sings again')
})

test('words written in a paragraph that somebody removed meanwhile are kept in a version, once, and told', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const first = await aWriter(ann, story)
  first.write('It sang.')
  await first.send()
  const [her, him] = [await aWriter(ann, story), await aWriter(otto, story)]
  lineOf(her.document).insert(0, 'Far out at sea')
  lineOf(her.document).insert(14, ', in the fog: ')
  lineOf(her.document).insert(28, 'oops')
  lineOf(her.document).delete(28, 4)
  her.write(' Loudly.')
  const sent = Y.encodeStateAsUpdate(her.document, Y.encodeStateVector(him.document))
  parts.body(him.document).delete(0, 1)
  him.type('kicker', 'Harbour')
  await him.send()
  const answered = whole(valueOf(await her.outcome(sent)))
  expect(answered).toMatchObject({ strandedIn: 1 })
  expect(await draftOf(story)).toMatchObject({ body: null, kicker: 'Harbour' })
  const kept = await database().select().from(revisions).where(eq(revisions.storyId, story.id))
  expect(kept.map(({ keptBecause, kicker, keptByName }) => ({ keptBecause, kicker, keptByName }))).toEqual([
    { keptBecause: 'stranded', kicker: 'Harbour', keptByName: 'Ann' },
  ])
  expect(kept[0]?.body?.content.map((block) => 'content' in block && block.content)).toMatchObject([
    [{ text: 'Far out at sea, in the fog: ' }],
    [{ text: ' Loudly.' }],
  ])
  const line = { type: 'words-stranded', storyId: story.id, headline: 'Ferry', number: 1 }
  expect(await historyOf(story.id)).toContainEqual(line)
  // An answer that was lost on the way: all is sent again.
  await her.outcome(sent)
  expect(await database().select().from(revisions).where(eq(revisions.storyId, story.id))).toHaveLength(1)
})

test('words behind others that were lost on the device are kept in a version, and the rest is merged', async () => {
  const ann = await aPerson('editor', 'Ann')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.type('kicker', 'Harbour')
  const lost = Y.encodeStateVector(writer.document)
  writer.type('kicker', ' news')
  const rest = Y.encodeStateAsUpdate(writer.document, lost)
  expect(valueOf(await writer.outcome(rest))).toMatchObject({ behind: true })
  const other = await aWriter(ann, story)
  other.type('dateline', 'Lower Quibble')
  const all = Y.mergeUpdates([rest, Y.encodeStateAsUpdate(other.document, lost)])
  const sent = { storyId: story.id, vector: new Uint8Array([0]), update: all, whole: true }
  const { lineage } = valueOf(await openWords(ann, { storyId: story.id }))
  expect(valueOf(await keepWords(ann, { ...sent, lineage }))).toMatchObject({ version: 2, strandedIn: 1 })
  expect(await draftOf(story)).toMatchObject({ kicker: null, dateline: 'Lower Quibble' })
  const [kept] = await database().select().from(revisions).where(eq(revisions.storyId, story.id))
  expect(JSON.stringify(kept?.body)).toContain('" news"')
  other.type('dateline', '!')
  expect(await other.send()).toMatchObject({ version: 3 })
})

test('a document of another lineage never merges', async () => {
  const ann = await aPerson('editor')
  const writer = await aWriter(ann, await aStory(ann, 'Ferry'))
  expect(refusalOf(await writer.outcome(undefined, crypto.randomUUID()))).toEqual({ kind: 'other-document' })
})

test('what a device kept of another document of the story is kept as a version when its writer wants it, once, and the draft stays', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.type('kicker', 'Harbour')
  writer.write('It sang.')
  await writer.send()
  const device = Y.encodeStateAsUpdate(writer.document)
  const bring = async (update = device) =>
    keepWords(ann, { storyId: story.id, lineage: crypto.randomUUID(), vector: new Uint8Array(), update, whole: true })
  expect(valueOf(await bring())).toEqual({ apart: true, number: null })
  valueOf(await saveDraft(ann, { ...storyFields({ headline: 'Ferry' }), storyId: story.id, seenVersion: 2 }))
  const before = await draftOf(story)
  // The first has what the save took out.
  expect(valueOf(await bring())).toMatchObject({ apart: true, number: 2 })
  expect(valueOf(await bring())).toMatchObject({ apart: true, number: 2 })
  const version = (await versionsOf(story)).at(-1)
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
  expect(refusalOf(await keepWords(stranger, theirs))).toEqual({ kind: 'not-found', what: 'story' })
})

test('history tells what was written when it is saved, in one line with all its parts', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.type('headline', ' sings')
  await writer.send()
  writer.type('kicker', 'Harbour')
  const { version } = await writer.send()
  const fields = { storyId: String(story.id), seenVersion: String(version), headline: 'Ferry sings', kicker: 'Harbour' }
  valueOf(await saveDraft(ann, storyFields(fields)))
  const line = {
    type: 'draft-saved',
    storyId: story.id,
    headline: 'Ferry sings',
    before: { headline: 'Ferry' },
    changed: ['headline', 'kicker', 'address'],
  }
  expect((await historyOf(story.id)).slice(1)).toEqual([line])
  valueOf(await saveDraft(ann, storyFields(fields)))
  expect((await historyOf(story.id)).slice(1)).toEqual([line])
})

test('what nobody saves is told after ten minutes, once, by its writer’s name', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const [her, him] = [await aWriter(ann, story), await aWriter(otto, story)]
  her.type('kicker', 'Harbour')
  await her.send()
  him.write('It sang.')
  await him.send()
  await tellWhatWasWritten()
  expect((await historyOf(story.id)).map(({ type }) => type)).toEqual(['story-started'])
  const later = new Date(Date.now() + 10 * 60 * 1000 + 1000)
  await Promise.all([tellWhatWasWritten(later), tellWhatWasWritten(later), tellWhatWasWritten(later)])
  const told = (await historyOf(story.id)).slice(1)
  expect(told.map((event) => (event.type === 'draft-saved' ? event.changed : []))).toEqual([['kicker'], ['body']])
})

test('while somebody writes, what stood there is kept as a revision every ten minutes, and the draft is tied to none', async () => {
  const ann = await aPerson('editor')
  const section = await aSection()
  const story = await aStory(ann, 'Ferry', String(section.id))
  const live = valueOf(await publishSavedDraft(ann, { storyId: story.id, seenVersion: 1 }))
  const writer = await aWriter(ann, story)
  writer.write('One.')
  await writer.send()
  writer.write(' Two.')
  await writer.send()
  const kept = () => database().select().from(revisions).where(eq(revisions.storyId, story.id)).orderBy(revisions.id)
  expect(await kept()).toHaveLength(1)
  await database()
    .update(draftDocuments)
    .set({ keptAt: sql`${minutesAgo(11)}` })
    .where(eq(draftDocuments.storyId, story.id))
  writer.write(' Three.')
  await writer.send()
  writer.write(' Four.')
  await writer.send()
  const all = await kept()
  expect(all).toHaveLength(2)
  expect(JSON.stringify(all[1]?.body)).toContain('One. Two.')
  expect(JSON.stringify(all[1]?.body)).not.toContain('Three')
  expect((await draftOf(story)).keptAsRevisionId).toBe(null)
  expect(live.draft.keptAsRevisionId).toBe(all[0]?.id)
})

const versionsOf = ({ id }: { id: number }) =>
  database().select().from(revisions).where(eq(revisions.storyId, id)).orderBy(revisions.id)

const aLongLine = (word: string) => Array.from({ length: 40 }, (_, at) => `${word}${at}`).join(' ')

test('what somebody deletes is kept as a version first, once, however often it comes back and goes again', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann, 'Ferry')
  const [her, him] = [await aWriter(ann, story), await aWriter(otto, story)]
  her.write(aLongLine('kite'))
  await her.send()
  await him.send()
  const line = lineOf(him.document)
  const undo = new Y.UndoManager(line)
  line.delete(0, line.length)
  await him.send()
  const [kept] = await versionsOf(story)
  expect(kept).toMatchObject({ keptBecause: 'removal', keptByName: 'Otto' })
  expect(JSON.stringify(kept?.body)).toContain(aLongLine('kite'))
  for (let again = 0; again < 3; again += 1) {
    undo.undo()
    await him.send()
    expect(wordsIn(await draftOf(story))).toContain(aLongLine('kite'))
    undo.redo()
    await him.send()
  }
  expect(await versionsOf(story)).toHaveLength(1)
  // Words that no version has are not lost because one was kept a moment ago.
  him.write(aLongLine('ferry'))
  await him.send()
  line.delete(0, line.length)
  await him.send()
  const [, next] = await versionsOf(story)
  expect(JSON.stringify(next?.body)).toContain(aLongLine('ferry'))
})

test('what is deleted letter by letter, with a key held down, is kept as it was when that began', async () => {
  const ann = await aPerson('editor', 'Ann')
  const story = await aStory(ann, 'Ferry')
  const writer = await aWriter(ann, story)
  writer.write(aLongLine('kite'))
  await writer.send()
  const line = lineOf(writer.document)
  while (line.length > 0) {
    const some = Math.min(20, line.length)
    line.delete(line.length - some, some)
    await writer.send()
  }
  const versions = await versionsOf(story)
  expect(versions).toHaveLength(1)
  expect(JSON.stringify(versions[0]?.body)).toContain(aLongLine('kite'))
})

test('a block that is moved, a word that is corrected and a field that is filled anew from the same words are no reason for a version', async () => {
  const ann = await aPerson('editor', 'Ann')
  const story = await aStory(ann, 'The ferry sings to the kites')
  const writer = await aWriter(ann, story)
  writer.write(aLongLine('kite'))
  await writer.send()
  const fragment = parts.body(writer.document)
  const moved = fragment.get(0)
  if (!(moved instanceof Y.XmlElement)) throw new Error('There is no paragraph to move.')
  const copied = moved.clone()
  writer.document.transact(() => {
    fragment.delete(0, 1)
    fragment.insert(0, [copied])
  })
  await writer.send()
  lineOf(writer.document).delete(0, 4)
  const headline = parts.text(writer.document, 'headline')
  applyEdit(headline, { at: 0, remove: headline.length, insert: 'A ferry sings for the kites' })
  await writer.send()
  expect(await versionsOf(story)).toEqual([])
  applyEdit(headline, { at: 0, remove: headline.length, insert: 'Nobody slept' })
  await writer.send()
  expect(await versionsOf(story)).toMatchObject([{ headline: 'A ferry sings for the kites', keptBecause: 'removal' }])
})

test('publishing what is on the screen after typing publishes it, and the address stays from then on', async () => {
  const editor = await aPerson('editor')
  const section = await aSection()
  const story = await aStory(editor, 'Ferry', String(section.id))
  const writer = await aWriter(editor, story)
  writer.type('headline', ' sings')
  const { version } = await writer.send()
  const fields = { storyId: String(story.id), seenVersion: String(version), sectionId: String(section.id) }
  const published = valueOf(await publishStory(editor, storyFields({ ...fields, headline: 'Ferry sings' })))
  expect(published).toMatchObject({ stage: 'live', slug: 'ferry-sings' })
  writer.type('headline', ' again')
  await writer.send()
  expect(await draftOf(story)).toMatchObject({ headline: 'Ferry sings again', slug: 'ferry-sings' })
})

test('a document in which a newer newsroom wrote is handed to nobody who would take that away', async () => {
  const ann = await aPerson('reporter', 'Ann')
  const story = await aStory(ann)
  const writer = await aWriter(ann, story)
  parts.body(writer.document).insert(0, [new Y.XmlElement('hologram')])
  const state = Y.encodeStateAsUpdate(writer.document)
  await database().update(draftDocuments).set({ state }).where(eq(draftDocuments.storyId, story.id))
  expect(refusalOf(await openWords(ann, { storyId: story.id }))).toMatchObject({ kind: 'unfit' })
})

test('names that two people write at once are all in the draft, and nobody is an author by being written before it is saved', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann)
  const [one, other] = [await aWriter(ann, story), await aWriter(otto, story)]
  const [wren, quill] = [`Wren ${story.id}`, `Quill ${story.id}`]
  parts.names(one.document, 'authors').push([wren])
  parts.names(other.document, 'authors').push([quill])
  await one.send()
  await other.send()
  await one.send()
  const { authors, version } = await draftOf(story)
  expect([...authors].sort()).toEqual([quill, wren])
  expect(copyIn(one.document).authors).toEqual(authors)
  expect(await findByNames(database(), 'author', authors)).toEqual(new Map())

  // Saved otherwise, the document says it too, and whoever writes in it has it.
  const fields = { storyId: String(story.id), headline: 'Moon ferry' }
  valueOf(
    await saveDraft(otto, storyFields({ ...fields, seenVersion: String(version), authors: quill, topics: 'Salt' })),
  )
  expect((await findByNames(database(), 'author', authors)).size).toBe(1)
  await one.send()
  expect(copyIn(one.document)).toMatchObject({ authors: [quill], topics: ['Salt'] })

  parts.names(other.document, 'topics').push([7])
  expect(refusalOf(await other.outcome())).toMatchObject({ kind: 'unfit' })
  expect((await draftOf(story)).topics).toEqual(['Salt'])
})

test('what is thousands deep is refused at once, also in a part that nobody knows: the next word in it would take minutes', async () => {
  const rae = await aPerson('reporter')
  const writer = await aWriter(rae, await aStory(rae))
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
