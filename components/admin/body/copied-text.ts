import type { Node } from '@tiptap/pm/model'
import type { EditorView } from '@tiptap/pm/view'
import { isList } from '@/domain/body/blocks/list'
import { itemNumbers, numberSign } from '@/domain/body/blocks/list-numbers'
import { copiedTable } from './copied-table'
import { copiedInline, isCopied, partOf, selectedChildren, type Range } from './copied-range'

type CopiedView = Pick<EditorView, 'nodeDOM'> & { state: Pick<EditorView['state'], 'doc' | 'selection'> }

/**
 * The selection as plain text, as Word and browsers write it: one blank line between blocks, "- " or the number before each item, tabs between
 * cells and one line for each row. Links have no address. Read from the document, not from the copied part: an item keeps its number.
 * Blocks without words, and those that the selection only touches, are left out.
 */
export function selectedText(view: CopiedView): string {
  const { doc, selection } = view.state
  const { from, to, $from, $to } = selection
  if ($from.sameParent($to) && $from.parent.isTextblock)
    return copiedInline($from.parent.cut($from.parentOffset, $to.parentOffset))
  const range = { from, to, shownText: (pos: number) => shownText(view.nodeDOM(pos)) }
  return blocksIn(doc, 0, range).join('\n\n')
}

/** The lines of an atom as the editor shows them: the words of a correction are not in the document. */
const shownText = (dom: globalThis.Node | null): string =>
  dom?.nodeType === 1 ? [...(dom as Element).children].map(({ textContent }) => textContent).join('\n') : ''

type Selected = Range & { shownText: (pos: number) => string }

/** @param start the position of the first child */
const blocksIn = (parent: Node, start: number, range: Selected): string[] =>
  selectedChildren(parent, start, range).flatMap(({ node, pos }) => textOf(node, pos, range) || [])

function textOf(node: Node, pos: number, range: Selected): string {
  if (node.isTextblock) return trimmedLines(copiedInline(partOf(node, pos, range)))
  if (isList(node.type.name)) return listText(node, pos, range)
  if (node.type.name === 'table') return copiedTable(node, pos, range)
  if (node.type.name === 'embed') return [node.attrs.title, node.attrs.href].filter(Boolean).join('\n')
  if (node.isAtom) return range.shownText(pos)
  return blocksIn(node, pos + 1, range).join('\n\n')
}

/** Without breaks at the ends, which would be more blank lines; empty where there are no words. */
const trimmedLines = (text: string) => (text.trim() === '' ? '' : text.replace(/^\n+|(?<!\n)\n+$/gu, ''))

/** A line of a list: the signs and indents before it are counted from the outermost list. */
type Line = { indent: string; text: string }

/** A selection inside an inner list has no indent. */
function listText(list: Node, pos: number, range: Selected): string {
  const lines = listLines(list, pos, range)
  const shared = lines.reduce((least, { indent }) => Math.min(least, /^ */u.exec(indent)?.[0].length ?? 0), Infinity)
  return lines
    .map(({ indent, text }) => (text === '' ? indent.slice(shared).trimEnd() : indent.slice(shared) + text))
    .join('\n')
}

function listLines(list: Node, pos: number, range: Selected): Line[] {
  const signs = itemSigns(list)
  return selectedChildren(list, pos + 1, range).flatMap(({ node: item, pos: itemPos, index }) => {
    const sign = signs[index] ?? '- '
    const first = item.firstChild
    // The sign stands before the first line of its item.
    const isBegun = first !== null && isCopied(first, itemPos + 1, range)
    return itemLines(item, itemPos, range).map(({ indent, text }, at) => ({
      indent: (isBegun && at === 0 ? sign : ' '.repeat(sign.length)) + indent,
      text,
    }))
  })
}

const itemLines = (item: Node, pos: number, range: Selected): Line[] =>
  selectedChildren(item, pos + 1, range).flatMap(({ node, pos: childPos }) => {
    if (isList(node.type.name)) return listLines(node, childPos, range)
    const text = textOf(node, childPos, range)
    // An item without words keeps its sign; other lines without words are left out.
    return text === '' && item.childCount > 1 ? [] : text.split('\n').map((line) => ({ indent: '', text: line }))
  })

function itemSigns(list: Node): string[] {
  if (list.type.name === 'bulletList') return []
  const { start, type, reversed } = list.attrs as {
    start?: number | null
    type?: string | null
    reversed?: boolean | null
  }
  const content = list.children.map(({ attrs }) => ({ attrs: { value: (attrs.value as number | null) ?? undefined } }))
  const numbers = itemNumbers({ attrs: { start: start ?? undefined, reversed: reversed ?? undefined }, content })
  return numbers.map((number) => `${numberSign(number, type)} `)
}
