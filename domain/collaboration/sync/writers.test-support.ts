import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/story'
import { aPerson, valueOf } from '../../newsroom.test-support'
import type { Actor, Role } from '../../user/user'
import { startStory } from '../../story/drafting'
import { firstLine } from '../document/documents.test-support'
import { applyEdit, documentFromState, sharedTypes, type TextField } from '../document/story-document'
import type { Story } from '../../story/story'
import { type SyncResponse, type DivergentCopyResponse, type MissingUpdates } from '../protocol'
import { syncDocument, openDocument } from './syncing'

export const minutesAgo = (count: number) => sql`now() - ${`${count} minutes`}::interval`

export async function aStory(owner: Actor, headline = 'Ferry', sectionId = ''): Promise<Story> {
  return valueOf(await startStory(owner, { headline, sectionId }))
}

/** Ann with a story of hers, in which she writes. */
export async function aStoryWithWriter({ role = 'editor' as Role, sectionId = '' } = {}) {
  const ann = await aPerson(role, 'Ann')
  const story = await aStory(ann, 'Ferry', sectionId)
  return { ann, story, writer: await aWriter(ann, story) }
}

/**
 * A story that Ann and Otto, who are editors, have open.
 * @param text of its first line
 */
export async function aStoryWithTwoWriters(text = '') {
  const { ann, story, writer } = await aStoryWithWriter()
  writer.write(text)
  await writer.send()
  const otto = await aPerson('editor', 'Otto')
  return { ann, otto, story, her: await aWriter(ann, story), him: await aWriter(otto, story) }
}

export type Server = Pick<typeof import('./syncing'), 'openDocument' | 'syncDocument'>

/** A person with a document of their own, which they write in and sync. */
export async function aWriter(actor: Actor, { id }: { id: number }, server: Server = { openDocument, syncDocument }) {
  const opened = valueOf(await server.openDocument(actor, { storyId: id }))
  const document = documentFromState(fromBase64(opened.missing))
  let vector = fromBase64(opened.vector)
  const outcome = (update = Y.encodeStateAsUpdate(document, vector), lineage = opened.lineage) =>
    server.syncDocument(actor, { storyId: id, lineage, vector: Y.encodeStateVector(document), update })
  return {
    document,
    outcome,
    type: (field: TextField, text: string, at = sharedTypes.text(document, field).length) =>
      applyEdit(sharedTypes.text(document, field), { at, remove: 0, insert: text }),
    write: (text: string) => firstLine(document).insert(firstLine(document).length, text),
    send: async () => {
      const answer = expectSynced(valueOf(await outcome()))
      Y.applyUpdate(document, fromBase64(answer.missing))
      vector = fromBase64(answer.vector)
      return answer
    },
  }
}

export function expectSynced(answer: SyncResponse | MissingUpdates | DivergentCopyResponse): SyncResponse {
  if ('lacksUpdates' in answer) expect.fail('The server lacks updates.')
  if ('isDivergent' in answer) expect.fail('The document has another lineage.')
  return answer
}

export async function draftOf({ id }: { id: number }) {
  const [draft] = await database().select().from(drafts).where(eq(drafts.storyId, id))
  if (!draft) throw new Error('The draft is gone.')
  return draft
}

/** The row of the document. */
export async function storedDocumentOf({ id }: { id: number }) {
  const [row] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, id))
  if (!row) throw new Error('The document is gone.')
  return row
}

export const bodyJson = (copy: { body: unknown } | undefined) => JSON.stringify(copy?.body)

/** Oldest first. */
export const revisionsOf = ({ id }: { id: number }) =>
  database().select().from(revisions).where(eq(revisions.storyId, id)).orderBy(revisions.id)
