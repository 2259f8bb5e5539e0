/** A replacement in a text. Offsets and lengths in UTF-16 code units. */
export type TextEdit = { at: number; remove: number; insert: string }

/**
 * The smallest edit between two texts, which never splits a surrogate pair.
 * @param caret in `after`: of several possible edits, the one that ends there
 */
export function editBetween(before: string, after: string, caret = after.length): TextEdit {
  let start = 0
  const shorter = Math.min(before.length, after.length)
  // The text behind the caret was there before: in "aaa" only the caret shows which letter is new.
  const behind = after.slice(caret)
  let end = before.endsWith(behind) && behind.length <= shorter ? behind.length : 0
  while (start < shorter - end && before[start] === after[start]) start += 1
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  if (isHighSurrogate(before[start - 1]) || isHighSurrogate(after[start - 1])) start -= 1
  if (end > 0 && (isLowSurrogate(before[before.length - end]) || isLowSurrogate(after[after.length - end]))) end -= 1
  return { at: start, remove: before.length - end - start, insert: after.slice(start, after.length - end) }
}

export function withEdit(text: string, { at, remove, insert }: TextEdit): string {
  return text.slice(0, at) + insert + text.slice(at + remove)
}

/** The same edit after another one. Where both replace the same characters, both insertions stay. */
export function rebasedEdit(edit: TextEdit, over: TextEdit): TextEdit {
  const shift = over.insert.length - over.remove
  if (edit.at >= over.at + over.remove) return { ...edit, at: edit.at + shift }
  if (edit.at + edit.remove <= over.at) return edit
  const [overEnd, editEnd] = [over.at + over.remove, edit.at + edit.remove]
  if (edit.at < over.at) return { ...edit, remove: over.at - edit.at }
  return { at: over.at + over.insert.length, remove: Math.max(0, editEnd - overEnd), insert: edit.insert }
}

/** The offset of a caret after an edit of another person: between the same characters. */
export function caretAfter(caret: number, { at, remove, insert }: TextEdit): number {
  if (caret <= at) return caret
  return caret >= at + remove ? caret + insert.length - remove : at + insert.length
}

const isHighSurrogate = (unit: string | undefined) => unit !== undefined && /^[\ud800-\udbff]$/.test(unit)
const isLowSurrogate = (unit: string | undefined) => unit !== undefined && /^[\udc00-\udfff]$/.test(unit)
