import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { aPerson, refusalOf, valueOf } from '../../newsroom.test-support'
import { saveDraft, startStory } from '../../story/drafting'
import type { Actor } from '../../user/user'
import { copyFromDocument, documentFromState, sharedTypes } from './story-document'

type Server = typeof import('../sync/syncing')

/** A server process with a document cache of its own. */
async function aServer(): Promise<Server> {
  vi.resetModules()
  return import('../sync/syncing')
}

async function aStory(owner: Actor) {
  return valueOf(await startStory(owner, { headline: 'Ferry', sectionId: '' })).id
}

async function openIn({ openDocument }: Server, actor: Actor, storyId: number) {
  const { lineage, missing } = valueOf(await openDocument(actor, { storyId }))
  return { lineage, document: documentFromState(fromBase64(missing)) }
}

/** An update that appends to the kicker. */
function updateWriting(document: Y.Doc, text: string): Uint8Array {
  const before = Y.encodeStateVector(document)
  const kicker = sharedTypes.text(document, 'kicker')
  kicker.insert(kicker.length, text)
  return Y.encodeStateAsUpdate(document, before)
}

async function storedIn(storyId: number) {
  const [row] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, storyId))
  const [draft] = await database().select().from(drafts).where(eq(drafts.storyId, storyId))
  if (!row || !draft) throw new Error('The story is gone.')
  return { document: documentFromState(row.state), sequence: row.sequence, kicker: draft.kicker }
}

test('two servers that have a document cached write to it in turns, and no text of either is lost', async () => {
  const ann = await aPerson('editor')
  const storyId = await aStory(ann)
  const servers = [await aServer(), await aServer()] as const
  const { lineage, document } = await openIn(servers[0], ann, storyId)
  await openIn(servers[1], ann, storyId)
  for (let turn = 0; turn < 12; turn += 1) {
    // Two updates to the first, one to the second: each finds its own document cached, or one that the other has replaced.
    const server = turn % 3 === 2 ? servers[1] : servers[0]
    const update = updateWriting(document, ` w${turn}`)
    valueOf(await server.syncDocument(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update }))
  }
  const stored = await storedIn(storyId)
  expect(stored.sequence).toBe(12)
  expect(stored.kicker).toBe('w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11')
  expect(copyFromDocument(stored.document).kicker).toBe(stored.kicker)
})

test('an update that was merged and then refused is not in the cached document', async () => {
  const ann = await aPerson('editor')
  const storyId = await aStory(ann)
  const { syncDocument, openDocument } = await aServer()
  const { lineage, document } = await openIn({ syncDocument, openDocument } as Server, ann, storyId)
  const send = (update: Uint8Array) =>
    syncDocument(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update })
  valueOf(await send(updateWriting(document, 'Harbour')))
  const hostile = documentFromState(Y.encodeStateAsUpdate(document))
  sharedTypes.body(hostile).insert(0, [new Y.XmlElement('iframe')])
  const nowhere = documentFromState(Y.encodeStateAsUpdate(document))
  sharedTypes.choices(nowhere).set('sectionId', 987_654_321)
  for (const other of [hostile, nowhere]) {
    refusalOf(await send(Y.encodeStateAsUpdate(other)))
    valueOf(await send(updateWriting(document, '!')))
    const { missing } = valueOf(await openDocument(ann, { storyId }))
    const handedOut = documentFromState(fromBase64(missing))
    expect(sharedTypes.body(handedOut).toString()).toBe(sharedTypes.body(document).toString())
    expect(sharedTypes.choices(handedOut).get('sectionId')).toBe(sharedTypes.choices(document).get('sectionId'))
  }
  expect((await storedIn(storyId)).kicker).toBe('Harbour!!')
})

test('a form that was saved meanwhile is in the document of a server that has it cached', async () => {
  const ann = await aPerson('editor')
  const storyId = await aStory(ann)
  const server = await aServer()
  const { lineage, document } = await openIn(server, ann, storyId)
  const update = updateWriting(document, 'Harbour')
  valueOf(await server.syncDocument(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update }))
  // Saved by a process with another cache.
  const fields = { headline: 'Ferry returns', slug: '', kicker: 'Harbour', standfirst: '', dateline: '', sectionId: '' }
  valueOf(await saveDraft(ann, { ...fields, storyId, seenVersion: 2, body: '' }))
  const next = updateWriting(document, 's')
  valueOf(await server.syncDocument(ann, { storyId, lineage, vector: Y.encodeStateVector(document), update: next }))
  const stored = await storedIn(storyId)
  expect(copyFromDocument(stored.document)).toMatchObject({ headline: 'Ferry returns', kicker: 'Harbours' })
})
