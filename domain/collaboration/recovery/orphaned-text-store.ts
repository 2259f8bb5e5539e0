import { notify } from '@/db/subscription'
import type { Work } from '../../operation'
import type { Paragraph } from '../../body/blocks/block'
import type { Body } from '../../body/body'
import { BodyLimitExceeded, parseBody } from '../../body/body-parser'
import { refuse } from '../../refusal'
import type { Story } from '../../story/story'
import { findRevisionWithBlocks, keepRevision } from '../../revision/revision-store'
import { clientsOf } from './orphaned-text'

/**
 * Keeps words that have no place in the document any more, behind those of the draft, once.
 * @returns the number of the version that has them
 */
export const saveOrphanedText = (work: Work, story: Story, orphaned: Paragraph[]): Promise<number> =>
  saveWithDraft(work, story, orphaned, {})

/** The same for words of others that somebody took away without having seen them; their writers are told, wherever they are. */
export async function saveUnseenDeletions(work: Work, story: Story, deletions: Paragraph[]) {
  const number = await saveWithDraft(work, story, deletions, { unseen: true })
  const notice = { storyId: story.id, stranded: { number, writers: clientsOf(deletions) } }
  await notify(work.tx, 'collaboration', JSON.stringify(notice))
}

async function saveWithDraft(
  { tx, actor, now, tell }: Work,
  { id, draft }: Story,
  orphaned: Paragraph[],
  details: { unseen?: true },
): Promise<number> {
  const existing = await findRevisionWithBlocks(tx, id, orphaned)
  if (existing !== null) return existing
  const { headline } = draft
  const copy = { ...draft, body: bodyWith(draft.body, orphaned) }
  const { number } = await keepRevision(tx, actor, id, copy, now, 'stranded')
  tell({ type: 'words-stranded', storyId: id, headline, number, ...details })
  return number
}

/** @throws Refused when the words alone are more than a body can hold */
function bodyWith(body: Body | null, orphaned: Paragraph[]): Body | null {
  try {
    return parseBody({ type: 'doc', content: [...(body?.content ?? []), ...orphaned] })
  } catch (error) {
    if (!(error instanceof BodyLimitExceeded)) throw error
    return body === null ? refuse({ kind: 'unfit', why: error.message }) : bodyWith(null, orphaned)
  }
}
