import { fromBase64 } from 'lib0/buffer'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { aPerson, aSection, valueOf } from '../../newsroom.test-support'
import { startStory } from '../../story/drafting'
import { documentFromState, sharedTypes } from '../document/story-document'
import { checkMerge } from './merge-checking'
import { openDocument, syncDocument } from './syncing'

/** A story with its document, as somebody has it who opens it. */
async function aStory() {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const { id: storyId } = valueOf(await startStory(editor, { headline: 'Kite', sectionId: String(section.id) }))
  const { lineage, missing } = valueOf(await openDocument(editor, { storyId }))
  const copy = () => documentFromState(fromBase64(missing))
  const updateOf = (change: (document: Y.Doc) => void) => {
    const document = copy()
    const vector = Y.encodeStateVector(document)
    change(document)
    return { vector, update: Y.encodeStateAsUpdate(document, vector) }
  }
  const sync = (sent: { vector: Uint8Array; update: Uint8Array }) => syncDocument(editor, { storyId, lineage, ...sent })
  return { storyId, updateOf, sync }
}

/** Each letter before the one before: against another such update each is compared with all of its letters. */
const backwards = (count: number, client: number) => (document: Y.Doc) => {
  // Of two clients the letters of the one with the greater number come behind.
  document.clientID = client
  const text = sharedTypes.text(document, 'standfirst')
  for (let at = 0; at < count; at += 1) text.insert(0, 'a')
}

const paragraphs = (count: number) => (document: Y.Doc) =>
  sharedTypes.body(document).insert(
    0,
    Array.from({ length: count }, (_, at) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.setAttribute('id', `p${at}`)
      paragraph.insert(0, [new Y.XmlText(`Kite ${at} sang over the harbour.`)])
      return paragraph
    }),
  )

test('two updates in conflict are not merged where that would take long, and others go on', async () => {
  const { storyId, updateOf, sync } = await aStory()
  const [first, second] = [updateOf(backwards(9000, 10)), updateOf(backwards(9000, 20))]
  expect(await checkMerge(storyId, first.update)).toBe('fine')
  valueOf(await sync(first))
  let turns = 0
  const counting = setInterval(() => (turns += 1), 5)
  expect(await checkMerge(storyId, second.update)).toBe('too-much')
  clearInterval(counting)
  // This thread went on.
  expect(turns).toBeGreaterThan(20)
  const small = updateOf((document) => sharedTypes.text(document, 'kicker').insert(0, 'Sung'))
  expect(await checkMerge(storyId, small.update)).toBe('fine')
  valueOf(await sync(small))
})

test('a large paste and a long session offline are fine, and what cannot be read is left to the merge', async () => {
  const { storyId, updateOf } = await aStory()
  expect(await checkMerge(storyId, updateOf(paragraphs(10_000)).update)).toBe('fine')
  const session = updateOf((document) => {
    const text = sharedTypes.text(document, 'standfirst')
    for (let at = 0; at < 5000; at += 1) text.insert(at % 3 === 0 ? text.length >> 1 : text.length, 'word ')
  })
  expect(await checkMerge(storyId, session.update)).toBe('fine')
  expect(await checkMerge(storyId, new Uint8Array([1, 2, 3, 255]))).toBe('fine')
  expect(await checkMerge(storyId, new Uint8Array())).toBe('fine')
})

test('checks that wait are bounded', async () => {
  const { storyId, updateOf, sync } = await aStory()
  valueOf(await sync(updateOf(backwards(9000, 10))))
  const { update } = updateOf(backwards(9000, 20))
  const checks = await Promise.all(Array.from({ length: 8 }, () => checkMerge(storyId, update)))
  expect(checks.filter((check) => check === 'busy').length).toBe(4)
  expect(checks.filter((check) => check === 'too-much').length).toBe(4)
})
