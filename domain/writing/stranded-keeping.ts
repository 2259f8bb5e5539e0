import { sql } from 'drizzle-orm'
import type { Work } from '../operation'
import { UnreadableBody, type Body, type Paragraph } from '../body/body'
import { readBody } from '../body/body-reader'
import { refuse } from '../refusal'
import type { Story } from '../story/story'
import { findRevisionWith, keepRevision } from '../version/revision-keeping'
import { writersOf } from './stranded-words'

/**
 * Keeps words that have no place in the document any more, behind those of the draft, once.
 * @returns the number of the version that has them
 */
export const keepStranded = (work: Work, story: Story, stranded: Paragraph[]): Promise<number> =>
  keepBehindDraft(work, story, stranded, {})

/** The same for words of others that somebody took away without having seen them; their writers are told, wherever they are. */
export async function keepUnseen(work: Work, story: Story, unseen: Paragraph[]) {
  const number = await keepBehindDraft(work, story, unseen, { unseen: true })
  const notice = { storyId: story.id, stranded: { number, writers: writersOf(unseen) } }
  await work.tx.execute(sql`select pg_notify('words', ${JSON.stringify(notice)})`)
}

async function keepBehindDraft(
  { tx, actor, now, tell }: Work,
  { id, draft }: Story,
  stranded: Paragraph[],
  how: { unseen?: true },
): Promise<number> {
  const known = await findRevisionWith(tx, id, stranded)
  if (known !== null) return known
  const { headline } = draft
  const copy = { ...draft, body: bodyWith(draft.body, stranded) }
  const { number } = await keepRevision(tx, actor, id, copy, now, 'stranded')
  tell({ type: 'words-stranded', storyId: id, headline, number, ...how })
  return number
}

/** @throws Refused when the words alone are more than a body can hold */
function bodyWith(body: Body | null, stranded: Paragraph[]): Body | null {
  try {
    return readBody({ type: 'doc', content: [...(body?.content ?? []), ...stranded] })
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error
    return body === null ? refuse({ kind: 'unfit', why: error.message }) : bodyWith(null, stranded)
  }
}
