import type { Node, ResolvedPos } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import { isList } from '@/domain/body/blocks/list'
import { itemNumbers, numberSign } from '@/domain/body/blocks/list-numbers'
import type { Inline } from '@/domain/body/inline'
import { plainInline } from '@/domain/body/plain-inline'

/** A line of the selection. Lines of one group, a list or a table, follow each other; between others there is a blank line. */
type Line = { text: string; group: number; row: number | null }

/**
 * The selection as plain text, as Word and browsers write it: one blank line between blocks, "- " or the number before each item, tabs between
 * cells and one line for each row. Links have no address. Read from the document, not from the copied part: an item keeps its number.
 */
export function selectedText({ doc, selection }: EditorState): string {
  const { from, to, $from, $to } = selection
  if ($from.sameParent($to) && $from.parent.isTextblock)
    return plainInline(inlineOf($from.parent.cut($from.parentOffset, $to.parentOffset)))
  const lines: Line[] = []
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.isTextblock) {
      const [start, end] = [Math.max(from - pos - 1, 0), Math.min(to - pos - 1, node.content.size)]
      lines.push(lineOf(doc.resolve(pos + 1), plainInline(inlineOf(node.cut(start, end)))))
    } else if (node.isAtom && node.isBlock) {
      const text = [node.attrs.title, node.attrs.href].filter(Boolean).join('\n')
      if (text !== '') lines.push({ text, group: pos, row: null })
    }
    return !node.isTextblock
  })
  return lines.reduce((text, line, index) => text + separator(lines[index - 1], line) + line.text, '')
}

function separator(before: Line | undefined, line: Line): string {
  if (!before) return ''
  if (before.group !== line.group) return '\n\n'
  return line.row !== null && line.row === before.row ? '\t' : '\n'
}

/** @param $pos the start of a textblock */
function lineOf($pos: ResolvedPos, text: string): Line {
  const depths = Array.from({ length: $pos.depth }, (_, index) => index + 1)
  const row = depths.find((depth) => $pos.node(depth).type.name === 'tableRow')
  if (row !== undefined) {
    const { colspan } = $pos.parent.attrs as { colspan?: number }
    return {
      text: text.replaceAll('\n', ' ') + '\t'.repeat((colspan ?? 1) - 1),
      group: $pos.before(row - 1),
      row: $pos.before(row),
    }
  }
  const lists = depths.filter((depth) => isList($pos.node(depth).type.name))
  const [outermost, innermost] = [lists[0], lists.at(-1)]
  if (outermost === undefined || innermost === undefined)
    return {
      text,
      group: $pos.parent.type.name === 'tableCaption' ? $pos.before($pos.depth - 1) : $pos.before(),
      row: null,
    }
  // The sign stands before the first line of its item.
  const isFirst = $pos.index(innermost + 1) === 0
  const sign = itemSign($pos.node(innermost), $pos.index(innermost))
  const indent = lists
    .slice(0, -1)
    .map((depth) => blankFor(itemSign($pos.node(depth), $pos.index(depth))))
    .join('')
  const continued = `\n${indent}${blankFor(sign)}`
  return {
    text: indent + (isFirst ? sign : blankFor(sign)) + text.replaceAll('\n', continued),
    group: $pos.before(outermost),
    row: null,
  }
}

const blankFor = (sign: string) => ' '.repeat(sign.length)

function itemSign(list: Node, index: number): string {
  if (list.type.name === 'bulletList') return '- '
  const { start, type, reversed } = list.attrs as {
    start?: number | null
    type?: string | null
    reversed?: boolean | null
  }
  const content = list.children.map(({ attrs }) => ({ attrs: { value: (attrs.value as number | null) ?? undefined } }))
  const numbers = itemNumbers({ attrs: { start: start ?? undefined, reversed: reversed ?? undefined }, content })
  return `${numberSign(numbers[index] ?? 1, type)} `
}

function inlineOf(textblock: Node): Inline[] {
  const inline: Inline[] = []
  textblock.forEach((node) => {
    if (node.isText)
      inline.push({
        type: 'text',
        text: node.text ?? '',
        marks: node.marks.map(({ type, attrs }) => ({ type: type.name, attrs })) as never,
      })
    else inline.push({ type: 'hardBreak' })
  })
  return inline
}
