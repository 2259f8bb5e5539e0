import { createHash } from 'node:crypto'
import { blockSegments, type Block } from '../body/blocks'
import type { Body } from '../body/body'
import type { Copy } from '../copy/copy-fields'
import { comparedFields, fieldAsText, type ComparedField } from '../copy/copy'
import { contentKey, matchBlocks, unmovedIndexes, type Match } from '../body/block-matches'
import { textSegments } from '../body/segments'
import { diffSegments, DiffBudget, type DiffChunk } from '../body/text-diff'

/** A copy to be compared, with its section in words. */
export type ComparedCopy = Copy & { sectionName: string }

export type FieldComparison = { field: ComparedField; same: boolean; chunks: DiffChunk[] }

/** `place` counts from 1, in the newer body; that of a removed block in the older one. */
export type BlockComparison =
  | { kind: 'same'; position: number; block: Block }
  | { kind: 'added'; position: number; block: Block }
  | { kind: 'removed'; position: number; block: Block }
  | { kind: 'changed'; position: number; older: Block; newer: Block; chunks: DiffChunk[] }
  /** `from`: its place in the older body. `changed`: also in its words or its kind. */
  | { kind: 'moved'; position: number; from: number; older: Block; newer: Block; changed: boolean; chunks: DiffChunk[] }

export type Comparison = { same: boolean; fields: FieldComparison[]; blocks: BlockComparison[] }

/** Two copies of one story, field by field and block by block, in the order of the newer one. */
export function compareCopies(older: ComparedCopy, newer: ComparedCopy): Comparison {
  const budget = new DiffBudget()
  const fields = comparedFields.map((field): FieldComparison => {
    const before = fieldAsText(older, field, older.sectionName)
    const after = fieldAsText(newer, field, newer.sectionName)
    return { field, same: before === after, chunks: diffSegments(textSegments(before), textSegments(after), budget) }
  })
  const blocks = compareBodies(older.body, newer.body, budget)
  return { same: fields.every(({ same }) => same) && blocks.every(({ kind }) => kind === 'same'), fields, blocks }
}

/** The blocks of the newer body in their order, and those that were removed where they stood. */
export function compareBodies(older: Body | null, newer: Body | null, budget = new DiffBudget()): BlockComparison[] {
  const [before, after] = [older?.content ?? [], newer?.content ?? []]
  const matches = matchBlocks(before, after)
  const unmoved = unmovedIndexes(matches)
  const matched = new Set(matches.map((match) => match?.olderIndex))
  const compared: BlockComparison[] = []
  let next = 0
  const pushRemoved = (until: number) => {
    for (; next < until; next += 1) {
      const block = before[next]
      if (block && !matched.has(next)) compared.push({ kind: 'removed', position: next + 1, block })
    }
  }
  const anchors = matches.flatMap((match, position) => (match && unmoved.has(position) ? [match.olderIndex] : []))
  pushRemoved(anchors.shift() ?? before.length)
  after.forEach((block, position) => {
    const match = matches[position] ?? null
    compared.push(compareBlock(match, block, position, unmoved.has(position), budget))
    if (match && unmoved.has(position)) pushRemoved(anchors.shift() ?? before.length)
  })
  return compared
}

function compareBlock(
  match: Match | null,
  newer: Block,
  index: number,
  isUnmoved: boolean,
  budget: DiffBudget,
): BlockComparison {
  const position = index + 1
  if (match === null) return { kind: 'added', position, block: newer }
  const { older, olderIndex: olderPlace, same } = match
  if (isUnmoved && same) return { kind: 'same', position, block: newer }
  const segments = blockSegments(newer)
  const chunks: DiffChunk[] = same
    ? [{ change: 'same', segments }]
    : diffSegments(blockSegments(older), segments, budget)
  if (isUnmoved) return { kind: 'changed', position, older, newer, chunks }
  return { kind: 'moved', position, from: olderPlace + 1, older, newer, changed: !same, chunks }
}

/** A block of the older body that can come back, and what would go for it: null where it was removed. */
export type Restorable = { block: Block; current: Block | null }

/** What of a comparison can be undone; null: nothing that is said there. */
export function restorable(compared: BlockComparison): Restorable | null {
  switch (compared.kind) {
    case 'same':
    case 'added':
      return null
    case 'removed':
      return { block: compared.block, current: null }
    case 'changed':
      return { block: compared.older, current: compared.newer }
    case 'moved':
      return compared.changed ? { block: compared.older, current: compared.newer } : null
  }
}

/** What a button says that brings a block back: its id, and a mark of the words that whoever presses it sees in its place. */
export const restoreToken = ({ block, current }: Restorable) => `${block.attrs.id} ${fingerprint(current)}`

/** What stands in the place of an earlier body's block, as `pressedFor` marks it; null: nothing that could be undone. */
export function currentFingerprint(body: Body | null, earlier: Body | null, blockId: string): string | null {
  const choices = compareBodies(earlier, body).map(restorable)
  const choice = choices.find((one) => one?.block.attrs.id === blockId)
  return choice ? fingerprint(choice.current) : null
}

/** The words themselves would be too long for a button. */
function fingerprint(block: Block | null): string {
  return block === null ? 'nothing' : createHash('sha256').update(contentKey(block)).digest('hex')
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
