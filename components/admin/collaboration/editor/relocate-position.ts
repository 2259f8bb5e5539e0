import type { Node } from '@tiptap/pm/model'

/** Characters on either side by which a position is found again. */
const CONTEXT_LENGTH = 24

/** The last characters typed may not be in the new block. At most so many. */
const MAX_LOST_LENGTH = 200

/**
 * The position between the same characters after another person replaced the block around it, by changing its type or joining it with the block before.
 * @returns null where nothing has replaced it
 */
export function relocatedPosition(before: Node, position: number, now: Node): number | null {
  const { parent: line, parentOffset: offset } = before.resolve(position)
  const lines = line.isTextblock ? changedLines(before, now) : []
  const text = textOf(line)
  for (let lost = 0; lost <= Math.min(offset, MAX_LOST_LENGTH); lost += 1) {
    const left = text.slice(Math.max(0, offset - lost - CONTEXT_LENGTH), offset - lost)
    const context = left + text.slice(offset, offset + CONTEXT_LENGTH)
    if (context === '' && text !== '') return null
    const found = lines.flatMap(({ text, start }) => occurrences(context, text).map((at) => start + at + left.length))
    if (found.length > 0) return nearest(found, position - lost)
  }
  return null
}

type Line = { text: string; start: number }

/** The textblocks of `now` that differ from `before`, each with the position of its first character. */
function changedLines(before: Node, now: Node): Line[] {
  const from = before.content.findDiffStart(now.content)
  const to = before.content.findDiffEnd(now.content)
  if (from === null || to === null) return []
  const lines: Line[] = []
  now.nodesBetween(from, Math.max(from, to.b), (node, at) => {
    if (node.isTextblock) lines.push({ text: textOf(node), start: at + 1 })
    return !node.isTextblock
  })
  return lines
}

/** As long as the textblock: a node that is not text counts as one object replacement character. */
const textOf = (line: Node): string => line.textBetween(0, line.content.size, undefined, '\ufffc')

function occurrences(context: string, text: string): number[] {
  const positions: number[] = []
  for (let at = text.indexOf(context); at !== -1; at = at < text.length ? text.indexOf(context, at + 1) : -1)
    positions.push(at)
  return positions
}

const nearest = (positions: number[], to: number): number =>
  positions.reduce((best, position) => (Math.abs(position - to) < Math.abs(best - to) ? position : best))
