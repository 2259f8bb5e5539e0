import type { Embargo } from '../story/story'

/** An embargo in one line, as a form sends the one that its page showed; empty: none. Line breaks would come back from a browser as others. */
export function embargoToken(embargo: Embargo | null): string {
  return embargo === null ? '' : `${embargo.until.toISOString()} ${embargo.note.replace(/\s+/gu, ' ')}`
}
