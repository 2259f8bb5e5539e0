import { expect, test, vi } from 'vitest'
import { aPerson, storyFields, valueOf } from '../../newsroom.test-support'
import { saveDraft } from '../../story/drafting'
import { aStory, aWriter, bodyJson, draftOf, storedDocumentOf, type Server } from '../sync/writers.test-support'
import { copyFromDocument, documentFromState } from './story-document'

/** A server process with a document cache of its own. */
async function aServer(): Promise<Server> {
  vi.resetModules()
  return import('../sync/syncing')
}

test('two servers that have a document cached write to it in turns, and no text of either is lost', async () => {
  const ann = await aPerson('editor')
  const story = await aStory(ann)
  const [one, other] = [await aServer(), await aServer()]
  // Two updates to the first, one to the second: each finds its own document cached, or one that the other has replaced.
  let turn = 0
  const inTurns: Server = { ...one, syncDocument: (...sent) => (turn % 3 === 2 ? other : one).syncDocument(...sent) }
  const writer = await aWriter(ann, story, inTurns)
  valueOf(await other.openDocument(ann, { storyId: story.id }))
  for (; turn < 12; turn += 1) {
    writer.type('kicker', ` w${turn}`)
    await writer.send()
  }
  const { kicker } = await draftOf(story)
  const { sequence, state } = await storedDocumentOf(story)
  expect(sequence).toBe(12)
  expect(kicker).toBe('w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11')
  expect(copyFromDocument(documentFromState(state)).kicker).toBe(kicker)
})

test('what the form saves is merged with what others are writing, also where their server has the document cached', async () => {
  const [ann, otto] = [await aPerson('editor', 'Ann'), await aPerson('editor', 'Otto')]
  const story = await aStory(ann)
  const writer = await aWriter(ann, story, await aServer())
  writer.write('It sang.')
  writer.type('kicker', 'Harbour')
  const { version } = await writer.send()
  const { body } = await draftOf(story)
  const form = {
    storyId: String(story.id),
    seenVersion: String(version),
    kicker: 'Harbour',
    body: JSON.stringify(body),
  }
  // Saved by a process with another cache.
  valueOf(await saveDraft(otto, storyFields({ ...form, headline: 'Ferry sings', standfirst: 'It flew.' })))
  writer.write(' Loudly.')
  writer.type('kicker', 's')
  await writer.send()
  const [draft, { state }] = [await draftOf(story), await storedDocumentOf(story)]
  for (const copy of [copyFromDocument(writer.document), draft, copyFromDocument(documentFromState(state))]) {
    expect(copy).toMatchObject({ headline: 'Ferry sings', standfirst: 'It flew.', kicker: 'Harbours' })
    expect(bodyJson(copy)).toContain('It sang. Loudly.')
  }
})
