import * as Y from 'yjs'
import { fromBase64, inBase64 } from './words-frame'

/** Where somebody's next letter would stand in the body (the head), and where their selection began; the same place where nothing is selected. */
export type Caret = { anchor: Y.RelativePosition; head: Y.RelativePosition }

/** The longest a written place gets is a fraction of this. Characters of base64. */
const LONGEST_PLACE = 64

/** A caret as it is told: its head, and its anchor behind it if that is elsewhere. Places name a letter, not a number: others' words move them along. */
export function writtenCaret({ anchor, head }: Caret): string {
  const written = inBase64(Y.encodeRelativePosition(head))
  return Y.compareRelativePositions(anchor, head) ? written : `${written} ${inBase64(Y.encodeRelativePosition(anchor))}`
}

/** @returns null for what nobody's editor wrote */
export function readCaret(written: string): Caret | null {
  const [head, anchor = head, ...more] = written.split(' ').map(readPlace)
  return head && anchor && more.length === 0 ? { anchor, head } : null
}

function readPlace(written: string): Y.RelativePosition | null {
  if (written.length > LONGEST_PLACE) return null
  try {
    const place = Y.decodeRelativePosition(fromBase64(written))
    // Asked for a part by any other name, a document would make one.
    const isInBody = place.item !== null || place.type !== null || place.tname === 'body'
    return isInBody ? place : null
  } catch {
    return null
  }
}
