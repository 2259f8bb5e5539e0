import { unescapeHtml } from '../http/page-metadata'

type Story = { storyId: number; headline: string }

/** Whether a document links to a story (by the id at the end of its address) or has its headline as a text of its own. */
export function mentions(document: string, { storyId, headline }: Story): boolean {
  if (new RegExp(`-${storyId}(?=["<#?&])`, 'u').test(document)) return true
  const texts = Array.from(document.matchAll(/>([^<>]+)(?=<)/gu), ([, text = '']) => unescapeHtml(text).trim())
  return texts.includes(headline.trim())
}
