import { plainText, type Body } from '../body/body'
import type { Copy } from '../story/story'
import { editBetween } from './text-edit'

/** Of a body: so many letters gone at once are much, and so many of a block that is gone altogether. */
const MUCH = { letters: 200, ofBlock: 40 }

/** Of a field: emptied is much, and so is a long one of which hardly a word is left. */
const MUCH_OF_FIELD = { letters: 20, part: 0.8 }

/**
 * Whether so much of a copy is gone that somebody may want it back. Words that moved, blocks that were joined or parted and corrected letters are
 * not gone: only words count, not where they stand.
 * @param kept a copy that is kept for ever: what it has is not lost
 */
export function isMuchLost(before: Copy, after: Copy, kept?: Copy): boolean {
  return isFieldLost(before, after, kept) || isBodyLost(before.body, after.body, kept?.body ?? null)
}

/** Letters of everything in a copy. */
export function sizeOf(copy: Copy): number {
  return fields.reduce((sum, field) => sum + field(copy).length, copy.body === null ? 0 : plainText(copy.body).length)
}

const fields: ((copy: Copy) => string)[] = [
  ({ headline }) => headline,
  ({ kicker }) => kicker ?? '',
  ({ standfirst }) => standfirst ?? '',
  ({ dateline }) => dateline ?? '',
  ({ authors }) => authors.join(' '),
  ({ topics }) => topics.join(' '),
]

function isFieldLost(before: Copy, after: Copy, kept: Copy | undefined): boolean {
  return fields.some((field) => {
    const [was, is] = [field(before), field(after)]
    if (was === is || was.trim() === '' || (kept && field(kept) === was)) return false
    if (is.trim() === '') return true
    const words = bagOf([was])
    const { letters, part } = MUCH_OF_FIELD
    return was.length >= letters && lettersOf(without(words, bagOf([is]))) >= part * lettersOf(words)
  })
}

function isBodyLost(before: Body | null, after: Body | null, kept: Body | null): boolean {
  const [was, is] = [textsOf(before), textsOf(after)]
  const ids = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id))
  const edits = ids.map((id) => ({ id, ...editOf(was.get(id) ?? '', is.get(id) ?? '') }))
  if (edits.every(({ removed }) => removed === '')) return false
  const present = bagOf(edits.map(({ inserted }) => inserted))
  // What a kept copy has besides what is still there.
  const safe = kept === null ? new Map<string, number>() : without(bagOf(textsOf(kept).values()), bagOf(is.values()))
  let letters = 0
  for (const { id, removed } of edits) {
    const lost = lettersOf(without(without(bagOf([removed]), present), safe))
    if (lost >= MUCH.ofBlock && !is.get(id)?.trim()) return true
    letters += lost
  }
  return letters >= MUCH.letters
}

/** What was taken out of a text and put into it: the beginning and the end that stayed are not looked at. */
function editOf(was: string, is: string): { removed: string; inserted: string } {
  const { at, remove, insert } = editBetween(was, is)
  return { removed: was.slice(at, at + remove), inserted: insert }
}

const textsOf = (body: Body | null) =>
  new Map(body?.content.map((block) => [block.attrs.id, plainText({ type: 'doc', content: [block] })]))

type Bag = Map<string, number>

function bagOf(texts: Iterable<string>): Bag {
  const bag: Bag = new Map()
  for (const text of texts) for (const word of text.match(/\S+/gu) ?? []) bag.set(word, (bag.get(word) ?? 0) + 1)
  return bag
}

function without(bag: Bag, other: Bag): Bag {
  const left = [...bag].map(([word, times]): [string, number] => [word, times - (other.get(word) ?? 0)])
  return new Map(left.filter(([, times]) => times > 0))
}

const lettersOf = (bag: Bag) => [...bag].reduce((sum, [word, times]) => sum + word.length * times, 0)
