import { plainText, type Body } from '../../body/body'
import { fieldsOf, textFields, type Copy } from '../../copy/copy-fields'
import { subtract, wordCounts, type WordCounts } from '../../body/word-counts'
import { editBetween } from '../document/text-edit'

/** Of a body: so many letters gone at once are much, and so many of a block that is gone altogether. */
const LARGE_DELETION = { letters: 200, perBlock: 40 }

/** Of a field: emptied is much, and so is a long one of which hardly a word is left. */
const LARGE_FIELD_DELETION = { letters: 20, fraction: 0.8 }

/**
 * Whether so much of a copy is gone that somebody may want it back. Words that moved, blocks that were joined or parted and corrected letters are
 * not gone: only words count, not where they stand.
 * @param retained a copy that is kept for ever: what it has is not lost
 */
export function isLargeDeletion(before: Copy, after: Copy, retained?: Copy): boolean {
  return isFieldDeleted(before, after, retained) || isBodyDeleted(before.body, after.body, retained?.body ?? null)
}

/** Letters of everything in a copy. */
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
    const { letters: characters, fraction } = LARGE_FIELD_DELETION
    return (
      was.length >= characters && characterCount(subtract(counts, countIn([is]))) >= fraction * characterCount(counts)
    )
  })
}

function isBodyDeleted(before: Body | null, after: Body | null, retained: Body | null): boolean {
  const [was, is] = [textsOf(before), textsOf(after)]
  const ids = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id))
  const edits = ids.map((id) => ({ id, ...editOf(was.get(id) ?? '', is.get(id) ?? '') }))
  if (edits.every(({ removed }) => removed === '')) return false
  const present = countIn(edits.map(({ inserted }) => inserted))
  // What a kept copy has besides what is still there.
  const safe =
    retained === null ? new Map<string, number>() : subtract(countIn(textsOf(retained).values()), countIn(is.values()))
  let characters = 0
  for (const { id, removed } of edits) {
    const lost = characterCount(subtract(subtract(countIn([removed]), present), safe))
    if (lost >= LARGE_DELETION.perBlock && !is.get(id)?.trim()) return true
    characters += lost
  }
  return characters >= LARGE_DELETION.letters
}

/** What was taken out of a text and put into it: the beginning and the end that stayed are not looked at. */
function editOf(was: string, is: string): { removed: string; inserted: string } {
  const { at, remove, insert } = editBetween(was, is)
  return { removed: was.slice(at, at + remove), inserted: insert }
}

const textsOf = (body: Body | null) =>
  new Map(body?.content.map((block) => [block.attrs.id, plainText({ type: 'doc', content: [block] })]))

const countIn = (texts: Iterable<string>) => wordCounts([...texts].flatMap((text) => text.match(/\S+/gu) ?? []))

const characterCount = (counts: WordCounts) => [...counts].reduce((sum, [word, times]) => sum + word.length * times, 0)
