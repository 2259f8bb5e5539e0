import { plainText, type Body } from '../../body/body'
import { fieldsOf, textFields, type Copy } from '../../copy/copy-fields'
import { subtract, wordCounts, type WordCounts } from '../../body/word-counts'
import { editBetween } from '../document/text-edit'

/** Deleted characters of a body, and of a block that is deleted or emptied. */
const LARGE_DELETION = { total: 200, block: 40 }

/** A field is deleted when it is emptied, or has this length or more and loses this fraction of its characters. */
const LARGE_FIELD_DELETION = { length: 20, fraction: 0.8 }

/**
 * Whether a change deletes so much that it should be possible to restore it. Compares the words of both copies, wherever they are: moved text,
 * joined or split blocks and corrections are no deletions.
 * @param retained a revision: what it has is not deleted
 */
export function isLargeDeletion(before: Copy, after: Copy, retained?: Copy): boolean {
  return isFieldDeleted(before, after, retained) || isBodyDeleted(before.body, after.body, retained?.body ?? null)
}

/** Of all fields and the body. */
export function textLength(copy: Copy): number {
  return fields.reduce((sum, field) => sum + field(copy).length, copy.body === null ? 0 : plainText(copy.body).length)
}

const fields: ((copy: Copy) => string)[] = [
  ...textFields.map((field) => (copy: Copy) => copy[field] ?? ''),
  ...fieldsOf('names').map((field) => (copy: Copy) => copy[field].join(' ')),
]

function isFieldDeleted(before: Copy, after: Copy, retained: Copy | undefined): boolean {
  return fields.some((field) => {
    const [was, is] = [field(before), field(after)]
    if (was === is || was.trim() === '' || (retained && field(retained) === was)) return false
    if (is.trim() === '') return true
    const counts = countIn([was])
    const { length, fraction } = LARGE_FIELD_DELETION
    return was.length >= length && characterCount(subtract(counts, countIn([is]))) >= fraction * characterCount(counts)
  })
}

function isBodyDeleted(before: Body | null, after: Body | null, retained: Body | null): boolean {
  const [was, is] = [textsOf(before), textsOf(after)]
  const ids = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id))
  const edits = ids.map((id) => ({ id, ...editOf(was.get(id) ?? '', is.get(id) ?? '') }))
  if (edits.every(({ removed }) => removed === '')) return false
  const present = countIn(edits.map(({ inserted }) => inserted))
  // In the retained copy, and not in the body after the change.
  const safe =
    retained === null ? new Map<string, number>() : subtract(countIn(textsOf(retained).values()), countIn(is.values()))
  let total = 0
  for (const { id, removed } of edits) {
    const lost = characterCount(subtract(subtract(countIn([removed]), present), safe))
    if (lost >= LARGE_DELETION.block && !is.get(id)?.trim()) return true
    total += lost
  }
  return total >= LARGE_DELETION.total
}

/** The replaced part of a text, without the common start and end. */
function editOf(was: string, is: string): { removed: string; inserted: string } {
  const { at, remove, insert } = editBetween(was, is)
  return { removed: was.slice(at, at + remove), inserted: insert }
}

const textsOf = (body: Body | null) =>
  new Map(body?.content.map((block) => [block.attrs.id, plainText({ type: 'doc', content: [block] })]))

const countIn = (texts: Iterable<string>) => wordCounts([...texts].flatMap((text) => text.match(/\S+/gu) ?? []))

const characterCount = (counts: WordCounts) => [...counts].reduce((sum, [word, times]) => sum + word.length * times, 0)
