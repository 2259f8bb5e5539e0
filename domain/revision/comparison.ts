import { createHash } from 'node:crypto'
import { blockSegments, type Block } from '../body/blocks'
import type { Body } from '../body/body'
import type { Copy } from '../copy/copy-fields'
import { comparedFields, fieldAsText, type ComparedField } from '../copy/copy'
import { contentKey, matchBlocks, unmovedIndexes, type Match } from '../body/block-matches'
import { textSegments } from '../body/segments'
import { diffSegments, DiffBudget, type DiffChunk } from '../body/text-diff'

export type ComparedCopy = Copy & { sectionName: string }

export type FieldComparison = { field: ComparedField; same: boolean; chunks: DiffChunk[] }

/** `position` counts from 1: in the newer body, for a removed block in the older one. */
export type BlockComparison =
  | { kind: 'same'; position: number; block: Block }
  | { kind: 'added'; position: number; block: Block }
  | { kind: 'removed'; position: number; block: Block }
  | { kind: 'changed'; position: number; older: Block; newer: Block; chunks: DiffChunk[] }
  /** `from`: its position in the older body. `changed`: in its text or type, too. */
  | { kind: 'moved'; position: number; from: number; older: Block; newer: Block; changed: boolean; chunks: DiffChunk[] }

type Comparison = { same: boolean; fields: FieldComparison[]; blocks: BlockComparison[] }

/** Compares two copies of a story field by field and block by block, in the order of the newer one. */
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

/** The blocks of the newer body in order, with the removed ones where they were. */
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
  const anchors = matches.flatMap((match, index) => (match && unmoved.has(index) ? [match.olderIndex] : []))
  pushRemoved(anchors.shift() ?? before.length)
  after.forEach((block, index) => {
    const match = matches[index] ?? null
    compared.push(compareBlock(match, block, index, unmoved.has(index), budget))
    if (match && unmoved.has(index)) pushRemoved(anchors.shift() ?? before.length)
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
  const { older, olderIndex, same } = match
  if (isUnmoved && same) return { kind: 'same', position, block: newer }
  const segments = blockSegments(newer)
  const chunks: DiffChunk[] = same
    ? [{ change: 'same', segments }]
    : diffSegments(blockSegments(older), segments, budget)
  if (isUnmoved) return { kind: 'changed', position, older, newer, chunks }
  return { kind: 'moved', position, from: olderIndex + 1, older, newer, changed: !same, chunks }
}

/** A block of the older body that can be restored, and the block that it would replace: null where it was removed. */
type Restorable = { block: Block; current: Block | null }

/** What can be restored of a compared block; null where nothing changed. */
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

/** The value of a restore button: the block's id, and the fingerprint of the block that the page shows in its place. */
export const restoreToken = ({ block, current }: Restorable) => `${block.attrs.id} ${fingerprint(current)}`

/** The fingerprint of the block that now stands in place of an earlier one, as in `restoreToken`; null where nothing can be restored. */
export function currentFingerprint(body: Body | null, earlier: Body | null, blockId: string): string | null {
  const choices = compareBodies(earlier, body).map(restorable)
  const choice = choices.find((one) => one?.block.attrs.id === blockId)
  return choice ? fingerprint(choice.current) : null
}

function fingerprint(block: Block | null): string {
  return block === null ? 'nothing' : createHash('sha256').update(contentKey(block)).digest('hex')
}

/**
 * The body with one block as an earlier body has it: in place of what it became, or where it was removed.
 * @returns null when the earlier body has no such block
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
