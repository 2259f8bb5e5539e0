import type { Paragraph } from '../../body/blocks/block'
import type { Body } from '../../body/body'
import { BodyLimitExceeded, parseBody } from '../../body/body-parser'
import type { Work } from '../../operation'
import { refuse } from '../../refusal'
import { findRevisionWithBlocks, keepRevision } from '../../revision/store'
import type { Story } from '../../story/story'
import { notifyStory } from '../notifications'
import { clientsOf } from './orphaned-text'

/**
 * Saves orphaned text once, in a revision with the draft before it.
 * @returns the number of the revision
 */
export const saveOrphanedText = (work: Work, story: Story, orphaned: Paragraph[]): Promise<number> =>
  saveWithDraft(work, story, orphaned, {})

/** The same for text that somebody deleted without having seen it; notifies its writers. */
export async function saveUnseenDeletions(work: Work, story: Story, deletions: Paragraph[]) {
  const number = await saveWithDraft(work, story, deletions, { unseen: true })
  await notifyStory(work.tx, { storyId: story.id, orphanedText: { number, writers: clientsOf(deletions) } })
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

/**
 * Without the body where both together exceed a limit.
 * @throws Refused where the orphaned text alone does
 */
function bodyWith(body: Body | null, orphaned: Paragraph[]): Body | null {
  try {
    return parseBody({ type: 'doc', content: [...(body?.content ?? []), ...orphaned] })
  } catch (error) {
    if (!(error instanceof BodyLimitExceeded)) throw error
    return body === null ? refuse({ kind: 'unfit', why: error.message }) : bodyWith(null, orphaned)
  }
}
