import { Fragment, Slice, type Node, type ResolvedPos, type Schema } from '@tiptap/pm/model'
import { isBlankText } from '@/domain/body/inline'
import { unwrapAddresses } from '@/domain/body/link-wrappers'

/** Unicode, UAX #14 "mandatory break": programs write U+000B for a line break inside a paragraph, U+000C between pages. */
const LINE_END = /\r\n?|[\n\u000b\u000c\u0085\u2028\u2029]/u

/**
 * The paragraphs of plain text. A blank line ends a paragraph, a single line break stays one. Text without blank lines has a paragraph a line.
 * Wrapped addresses are unwrapped, because they may name who received them.
 */
export function paragraphsOfText(text: string): string[][] {
  const lines = text.split(LINE_END).map((line) => unwrapAddresses(withoutBlankEnds(line)))
  const first = lines.findIndex((line) => line !== '')
  const inner = first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1)
  if (!inner.includes('')) return inner.map((line) => [line])
  const paragraphs: string[][] = [[]]
  for (const line of inner) {
    if (line !== '') paragraphs.at(-1)?.push(line)
    else if (paragraphs.at(-1)?.length !== 0) paragraphs.push([])
  }
  return paragraphs
}

/** What looks blank counts as blank: spaces of all widths, signs without width. */
function withoutBlankEnds(line: string): string {
  if (isBlankText(line)) return ''
  const blank = /[\s\u200b\u2060\ufeff]/u
  let end = line.length
  while (blank.test(line.charAt(end - 1))) end -= 1
  return line.slice(0, end)
}

/** @returns the slice that plain text becomes where it is pasted */
export function sliceOfText(text: string, $context: ResolvedPos): Slice {
  const { schema } = $context.doc.type
  const isWord = !LINE_END.test(text)
  const marks = $context.marks()
  const lines = isWord ? [[unwrapAddresses(text)]] : paragraphsOfText(text)
  const { paragraph } = schema.nodes
  if (!paragraph) return Slice.empty
  const paragraphs = lines.map((parts) =>
    paragraph.create(
      null,
      joined(
        schema,
        parts.map((part) => (part === '' ? [] : [schema.text(part, marks)])),
      ),
    ),
  )
  return Slice.maxOpen(Fragment.from(paragraphs))
}

/** Lines with line breaks between. */
export function joined(schema: Schema, lines: readonly (readonly Node[])[]): Node[] {
  return lines.flatMap((line, index) => {
    const lineBreak = index > 0 ? schema.nodes.hardBreak?.create() : null
    return lineBreak ? [lineBreak, ...line] : [...line]
  })
}
