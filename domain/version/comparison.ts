import { createHash } from 'node:crypto'
import type { Block, Body } from '../body/body'
import { fieldNames, fieldsInWords, type Copy } from '../story/story'
import { formOf, matchBlocks, placesThatStay, type Match } from '../body/block-match'
import { compareParts, partsOfBlock, partsOfLine, Patience, type Piece } from '../body/word-comparison'

/** A copy to be compared, with its section in words. */
export type ComparedCopy = Copy & { sectionName: string }

export type ComparedField = (typeof fieldNames)[number]

export type FieldComparison = { field: ComparedField; same: boolean; pieces: Piece[] }

/** `place` counts from 1, in the newer body; that of a removed block in the older one. */
export type BlockComparison =
  | { kind: 'same'; place: number; block: Block }
  | { kind: 'added'; place: number; block: Block }
  | { kind: 'removed'; place: number; block: Block }
  | { kind: 'changed'; place: number; older: Block; newer: Block; pieces: Piece[] }
  /** `from`: its place in the older body. `changed`: also in its words or its kind. */
  | { kind: 'moved'; place: number; from: number; older: Block; newer: Block; changed: boolean; pieces: Piece[] }

export type Comparison = { same: boolean; fields: FieldComparison[]; blocks: BlockComparison[] }

/** Two copies of one story, field by field and block by block, in the order of the newer one. */
export function compareCopies(older: ComparedCopy, newer: ComparedCopy): Comparison {
  const patience = new Patience()
  const words = { older: fieldsInWords(older, older.sectionName), newer: fieldsInWords(newer, newer.sectionName) }
  const fields = fieldNames.map((field): FieldComparison => {
    const [before, after] = [words.older[field], words.newer[field]]
    return { field, same: before === after, pieces: compareParts(partsOfLine(before), partsOfLine(after), patience) }
  })
  const blocks = compareBodies(older.body, newer.body, patience)
  return { same: fields.every(({ same }) => same) && blocks.every(({ kind }) => kind === 'same'), fields, blocks }
}

/** The blocks of the newer body in their order, and those that were removed where they stood. */
export function compareBodies(older: Body | null, newer: Body | null, patience = new Patience()): BlockComparison[] {
  const [before, after] = [older?.content ?? [], newer?.content ?? []]
  const matches = matchBlocks(before, after)
  const stays = placesThatStay(matches)
  const matched = new Set(matches.map((match) => match?.olderPlace))
  const compared: BlockComparison[] = []
  let next = 0
  const tellRemoved = (until: number) => {
    for (; next < until; next += 1) {
      const block = before[next]
      if (block && !matched.has(next)) compared.push({ kind: 'removed', place: next + 1, block })
    }
  }
  const anchors = matches.flatMap((match, place) => (match && stays.has(place) ? [match.olderPlace] : []))
  tellRemoved(anchors.shift() ?? before.length)
  after.forEach((block, place) => {
    const match = matches[place] ?? null
    compared.push(compareBlock(match, block, place, stays.has(place), patience))
    if (match && stays.has(place)) tellRemoved(anchors.shift() ?? before.length)
  })
  return compared
}

function compareBlock(
  match: Match | null,
  newer: Block,
  at: number,
  stays: boolean,
  patience: Patience,
): BlockComparison {
  const place = at + 1
  if (match === null) return { kind: 'added', place, block: newer }
  const { older, olderPlace, same } = match
  if (stays && same) return { kind: 'same', place, block: newer }
  const parts = partsOfBlock(newer)
  const pieces: Piece[] = same ? [{ change: 'same', parts }] : compareParts(partsOfBlock(older), parts, patience)
  if (stays) return { kind: 'changed', place, older, newer, pieces }
  return { kind: 'moved', place, from: olderPlace + 1, older, newer, changed: !same, pieces }
}

/** A block of the older body that can come back, and what would go for it: null where it was removed. */
export type Restorable = { block: Block; instead: Block | null }

/** What of a comparison can be undone; null: nothing that is said there. */
export function restorable(compared: BlockComparison): Restorable | null {
  switch (compared.kind) {
    case 'same':
    case 'added':
      return null
    case 'removed':
      return { block: compared.block, instead: null }
    case 'changed':
      return { block: compared.older, instead: compared.newer }
    case 'moved':
      return compared.changed ? { block: compared.older, instead: compared.newer } : null
  }
}

/** What a button says that brings a block back: its id, and a mark of the words that whoever presses it sees in its place. */
export const pressedFor = ({ block, instead }: Restorable) => `${block.attrs.id} ${markOf(instead)}`

/** What stands in the place of an earlier body's block, as `pressedFor` marks it; null: nothing that could be undone. */
export function markInPlace(body: Body | null, earlier: Body | null, blockId: string): string | null {
  const choices = compareBodies(earlier, body).map(restorable)
  const choice = choices.find((one) => one?.block.attrs.id === blockId)
  return choice ? markOf(choice.instead) : null
}

/** The words themselves would be too long for a button. */
function markOf(block: Block | null): string {
  return block === null ? 'nothing' : createHash('sha256').update(formOf(block)).digest('hex')
}

/**
 * The body with one block as an earlier body has it: in place of what became of it, or, when it was removed, where it stood.
 * Everything else stays as it is. Null: the earlier body has no such block.
 */
export function withBlockRestored(body: Body | null, earlier: Body | null, blockId: string): Body | null {
  const restored = compareBodies(earlier, body).flatMap((compared): Block[] => {
    switch (compared.kind) {
      case 'same':
      case 'added':
        return [compared.block]
      case 'removed':
        return compared.block.attrs.id === blockId ? [compared.block] : []
      case 'changed':
      case 'moved':
        return [compared.older.attrs.id === blockId ? compared.older : compared.newer]
    }
  })
  return earlier?.content.some(({ attrs }) => attrs.id === blockId) ? { type: 'doc', content: restored } : null
}
