import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/** A selection in the body; `head` is where the next character is inserted. Both are equal where nothing is selected. */
export type Caret = { anchor: Y.RelativePosition; head: Y.RelativePosition }

/** Several times the length of any position that an editor encodes. Characters of base64. */
const MAX_POSITION_LENGTH = 64

/** The head, followed by the anchor where that differs. Relative positions refer to a character, so that remote edits before it do not move the caret. */
export function encodeCaret({ anchor, head }: Caret): string {
  const encoded = toBase64(Y.encodeRelativePosition(head))
  return Y.compareRelativePositions(anchor, head) ? encoded : `${encoded} ${toBase64(Y.encodeRelativePosition(anchor))}`
}

/** @returns null for anything that `encodeCaret` does not return */
export function decodeCaret(encoded: string): Caret | null {
  const [head, anchor = head, ...more] = encoded.split(' ').map(decodePosition)
  return head && anchor && more.length === 0 ? { anchor, head } : null
}

function decodePosition(encoded: string): Y.RelativePosition | null {
  // In Node, base64 decoding skips characters outside the alphabet.
  if (encoded.length > MAX_POSITION_LENGTH || !/^[A-Za-z0-9+/]+={0,2}$/u.test(encoded)) return null
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded))
    // Resolving a position in a shared type of another name would create that type.
    const isInBody = position.item !== null || position.type !== null || position.tname === 'body'
    return isInBody ? position : null
  } catch {
    return null
  }
}
