import * as Y from 'yjs'
import { fromBase64, toBase64 } from '../protocol'

/** Where somebody's next letter would stand in the body (the head), and where their selection began; the same place where nothing is selected. */
export type Caret = { anchor: Y.RelativePosition; head: Y.RelativePosition }

/** The longest a written place gets is a fraction of this. Characters of base64. */
const MAX_POSITION_LENGTH = 64

/** A caret as it is told: its head, and its anchor behind it if that is elsewhere. Places name a letter, not a number: others' words move them along. */
export function encodeCaret({ anchor, head }: Caret): string {
  const encoded = toBase64(Y.encodeRelativePosition(head))
  return Y.compareRelativePositions(anchor, head) ? encoded : `${encoded} ${toBase64(Y.encodeRelativePosition(anchor))}`
}

/** @returns null for what nobody's editor wrote */
export function decodeCaret(encoded: string): Caret | null {
  const [head, anchor = head, ...more] = encoded.split(' ').map(decodePosition)
  return head && anchor && more.length === 0 ? { anchor, head } : null
}

function decodePosition(encoded: string): Y.RelativePosition | null {
  if (encoded.length > MAX_POSITION_LENGTH) return null
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded))
    // Asked for a part by any other name, a document would make one.
    const isInBody = position.item !== null || position.type !== null || position.tname === 'body'
    return isInBody ? position : null
  } catch {
    return null
  }
}
