import type { Node } from '@tiptap/pm/model'

/** By so many characters on either side a place is known again. */
const CONTEXT_LENGTH = 24

/** What was typed last may have been too late for the new block. At most so many characters. */
const MAX_LOST_LENGTH = 200

/**
 * Where somebody's place in a body is when the block it was in is gone, because another made something else of it, or joined it with the one before:
 * at the same words, in what took its place.
 * @returns null where nothing did
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

/** The lines in which two bodies differ, as they are in the second, each with the place of its first character. */
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

/** As long as it is in the body: what is no text counts as one sign that nobody types. */
const textOf = (line: Node): string => line.textBetween(0, line.content.size, undefined, '\ufffc')

function occurrences(context: string, text: string): number[] {
  const positions: number[] = []
  for (let at = text.indexOf(context); at !== -1; at = at < text.length ? text.indexOf(context, at + 1) : -1)
    positions.push(at)
  return positions
}

const nearest = (positions: number[], to: number): number =>
  positions.reduce((best, position) => (Math.abs(position - to) < Math.abs(best - to) ? position : best))
