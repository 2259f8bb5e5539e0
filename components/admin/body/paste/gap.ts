/** Whether space lies between the last word and a text that follows it without a space: then they are two words. */
export function hasGap(before: Text | null, next: Text): boolean {
  if (!before) return false
  const last = rectOf(before, before.data.trimEnd().length - 1)
  const first = rectOf(next, 0)
  if (!last || !first) return false
  const isOneLine = first.top < last.bottom && last.top < first.bottom
  return !isOneLine || Math.abs(first.left - last.right) > GAP * Math.min(last.height, first.height)
}

/** The share of the line's height from which on a gap separates two words. */
const GAP = 0.1

function rectOf(text: Text, at: number): DOMRect | undefined {
  const range = text.ownerDocument.createRange()
  range.setStart(text, Math.max(0, at))
  range.setEnd(text, Math.max(0, at) + 1)
  return range.getClientRects()[0]
}
