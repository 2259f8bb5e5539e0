import type { Node } from '@tiptap/pm/model'

/** By so many characters on either side a place is known again. */
const AROUND = 24

/** What was typed last may have been too late for the new block. At most so many characters. */
const LOST = 200

/**
 * Where somebody's place in a body is when the block it was in is gone, because another made something else of it, or joined it with the one before:
 * at the same words, in what took its place.
 * @returns null where nothing did
 */
export function placeOfWords(before: Node, place: number, now: Node): number | null {
  const { parent: line, parentOffset: offset } = before.resolve(place)
  const lines = line.isTextblock ? linesChanged(before, now) : []
  const words = textOf(line)
  for (let lost = 0; lost <= Math.min(offset, LOST); lost += 1) {
    const left = words.slice(Math.max(0, offset - lost - AROUND), offset - lost)
    const sought = left + words.slice(offset, offset + AROUND)
    if (sought === '' && words !== '') return null
    const found = lines.flatMap(({ text, start }) => placesOf(sought, text).map((at) => start + at + left.length))
    if (found.length > 0) return nearest(found, place - lost)
  }
  return null
}

type Line = { text: string; start: number }

/** The lines in which two bodies differ, as they are in the second, each with the place of its first character. */
function linesChanged(before: Node, now: Node): Line[] {
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

function placesOf(sought: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(sought); at !== -1; at = at < text.length ? text.indexOf(sought, at + 1) : -1)
    places.push(at)
  return places
}

const nearest = (places: number[], to: number): number =>
  places.reduce((best, place) => (Math.abs(place - to) < Math.abs(best - to) ? place : best))
