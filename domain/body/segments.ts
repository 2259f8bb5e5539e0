import type { Inline, Mark } from './inline'

/**
 * What a text consists of when it is compared: text with marks, line breaks, and the starts of lines in blocks that have several.
 * Its JSON is part of `contentKey`: property names and order must stay.
 */
export type Segment =
  { type: 'text'; text: string; marks: Mark[] } | { type: 'hardBreak' } | { type: 'line'; sign: string; depth: number }

export const lineSegments = (sign: string, content: Inline[] = [], depth = 1): Segment[] => [
  { type: 'line', sign, depth },
  ...content,
]

/** One line without marks. */
export function textSegments(text: string): Segment[] {
  return text === '' ? [] : [{ type: 'text', text, marks: [] }]
}

/** Merges adjacent text with the same marks. */
export function joinText(segments: Segment[]): Segment[] {
  const result: Segment[] = []
  for (const segment of segments) {
    const last = result.at(-1)
    if (last?.type === 'text' && segment.type === 'text' && sameMarks(last.marks, segment.marks))
      result[result.length - 1] = { ...last, text: last.text + segment.text }
    else result.push(segment)
  }
  return result
}

const sameMarks = (some: Mark[], others: Mark[]) => some === others || JSON.stringify(some) === JSON.stringify(others)
