import type { Withdrawal } from '@/domain/history/withdrawal'
import { unescapeHtml } from '../http/page-metadata'

/** What a page shows of stories, as numbers that take little room: the ends of its links, and its texts one by one, headlines among them. */
export type Mentions = ReadonlySet<number>

/** Longer texts are no headlines. Characters. */
const LONGEST_HEADLINE = 400

/** Reads what a document mentions, when it is printed, so that nobody has to unpack it when a story is withdrawn. */
export function mentionsIn(document: string): Mentions {
  const mentions = new Set<number>()
  for (const [end] of document.matchAll(/-\d{1,15}(?=["<#?&])/gu)) mentions.add(numberOf(end))
  for (const [, text = ''] of document.matchAll(/>([^<>]+)(?=<)/gu))
    if (text.length <= LONGEST_HEADLINE * 2) mentions.add(numberOf(unescapeHtml(text).trim()))
  return mentions
}

/**
 * Whether something of the story stands there; now and then a number is another text's too, and a page too many is printed again.
 * @param mentions null: not read yet, so anything may stand there
 */
export function mentioned(
  mentions: Mentions | null,
  { storyId, headline }: Pick<Withdrawal, 'storyId' | 'headline'>,
): boolean {
  return mentions === null || mentions.has(numberOf(`-${storyId}`)) || mentions.has(numberOf(headline.trim()))
}

/** FNV-1a, 32 bits. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
