import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/story'
import { valueOf } from '../../newsroom.test-support'
import type { Actor } from '../../user/user'
import { startStory } from '../../story/drafting'
import { applyEdit, documentFromState, sharedTypes, type TextField } from '../document/story-document'
import type { Story } from '../../story/story'
import { type SyncResponse, type DivergentCopyResponse, type MissingUpdates } from '../protocol'
import { syncDocument, openDocument } from './syncing'

export const minutesAgo = (count: number) => sql`now() - ${`${count} minutes`}::interval`

export async function aStory(owner: Actor, headline = 'Moon ferry', sectionId = ''): Promise<Story> {
  return valueOf(await startStory(owner, { headline, sectionId }))
}

/** A person with a document of their own, which they write in and sync. */
export async function aWriter(actor: Actor, { id }: { id: number }) {
  const opened = valueOf(await openDocument(actor, { storyId: id }))
  const document = documentFromState(fromBase64(opened.missing))
  let vector = fromBase64(opened.vector)
  const outcome = (update = Y.encodeStateAsUpdate(document, vector), lineage = opened.lineage) =>
    syncDocument(actor, { storyId: id, lineage, vector: Y.encodeStateVector(document), update })
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

export function firstLine(document: Y.Doc): Y.XmlText {
  const [paragraph] = sharedTypes.body(document).toArray()
  if (!(paragraph instanceof Y.XmlElement)) throw new Error('There is no paragraph to write in.')
  if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()])
  const [line] = paragraph.toArray()
  if (!(line instanceof Y.XmlText)) throw new Error('There is no line to write in.')
  return line
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

export const bodyJson = (draft: Awaited<ReturnType<typeof draftOf>>) => JSON.stringify(draft.body)

/** Oldest first. */
export const revisionsOf = ({ id }: { id: number }) =>
  database().select().from(revisions).where(eq(revisions.storyId, id)).orderBy(revisions.id)
