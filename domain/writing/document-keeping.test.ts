import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { aPerson, refusalOf, valueOf } from '../newsroom.test-support'
import { saveDraft, startStory } from '../story/drafting'
import type { Actor } from '../user/user'
import { copyIn, documentWith, parts } from './story-document'
import { fromBase64 } from './words-frame'

type Newsroom = typeof import('./writing')

/** One process of the newsroom: it remembers documents of its own. */
async function aServer(): Promise<Newsroom> {
  vi.resetModules()
  return import('./writing')
}

async function aStory(owner: Actor) {
  return valueOf(await startStory(owner, { headline: 'Ferry', sectionId: '' })).id
}

async function openIn({ openWords }: Newsroom, actor: Actor, storyId: number) {
  const { lineage, missing } = valueOf(await openWords(actor, { storyId }))
  return { lineage, document: documentWith(fromBase64(missing)) }
}

/** Writes behind the kicker, in a document that knows nothing newer than `document`. */
function written(document: Y.Doc, words: string): Uint8Array {
  const before = Y.encodeStateVector(document)
  const kicker = parts.text(document, 'kicker')
  kicker.insert(kicker.length, words)
  return Y.encodeStateAsUpdate(document, before)
}

async function keptIn(storyId: number) {
  const [row] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, storyId))
  const [draft] = await database().select().from(drafts).where(eq(drafts.storyId, storyId))
  if (!row || !draft) throw new Error('The story is gone.')
  return { document: documentWith(row.state), sequence: row.sequence, kicker: draft.kicker }
}

test('two servers that remember a document write in it by turns, and no word of either is lost', async () => {
  const ann = await aPerson('editor')
  const storyId = await aStory(ann)
  const servers = [await aServer(), await aServer()] as const
  const { lineage, document } = await openIn(servers[0], ann, storyId)
  await openIn(servers[1], ann, storyId)
  for (let turn = 0; turn < 12; turn += 1) {
    // Twice in the first, once in the second: each meets its own document and one that the other has written since.
    const server = turn % 3 === 2 ? servers[1] : servers[0]
    const update = written(document, ` w${turn}`)
    valueOf(await server.keepWords(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update }))
  }
  const kept = await keptIn(storyId)
  expect(kept.sequence).toBe(12)
  expect(kept.kicker).toBe('w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11')
  expect(copyIn(kept.document).kicker).toBe(kept.kicker)
})

test('what was merged and then refused is not in the document that is remembered', async () => {
  const ann = await aPerson('editor')
  const storyId = await aStory(ann)
  const { keepWords, openWords } = await aServer()
  const { lineage, document } = await openIn({ keepWords, openWords } as Newsroom, ann, storyId)
  const send = (update: Uint8Array) =>
    keepWords(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update })
  valueOf(await send(written(document, 'Harbour')))
  const hostile = documentWith(Y.encodeStateAsUpdate(document))
  parts.body(hostile).insert(0, [new Y.XmlElement('iframe')])
  const nowhere = documentWith(Y.encodeStateAsUpdate(document))
  parts.choices(nowhere).set('sectionId', 987_654_321)
  for (const other of [hostile, nowhere]) {
    refusalOf(await send(Y.encodeStateAsUpdate(other)))
    valueOf(await send(written(document, '!')))
    const { missing } = valueOf(await openWords(ann, { storyId }))
    const handedOut = documentWith(fromBase64(missing))
    expect(parts.body(handedOut).toString()).toBe(parts.body(document).toString())
    expect(parts.choices(handedOut).get('sectionId')).toBe(parts.choices(document).get('sectionId'))
  }
  expect((await keptIn(storyId)).kicker).toBe('Harbour!!')
})

test('a form that was saved meanwhile is in the document that a server remembers', async () => {
  const ann = await aPerson('editor')
  const storyId = await aStory(ann)
  const server = await aServer()
  const { lineage, document } = await openIn(server, ann, storyId)
  const update = written(document, 'Harbour')
  valueOf(await server.keepWords(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update }))
  // Saved by a process that remembers other things.
  const fields = { headline: 'Ferry returns', slug: '', kicker: 'Harbour', standfirst: '', dateline: '', sectionId: '' }
  valueOf(await saveDraft(ann, { ...fields, storyId, seenVersion: 2, body: '' }))
  const next = written(document, 's')
  valueOf(await server.keepWords(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update: next }))
  const kept = await keptIn(storyId)
  expect(copyIn(kept.document)).toMatchObject({ headline: 'Ferry returns', kicker: 'Harbours' })
})
