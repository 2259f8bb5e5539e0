import type { Node, NodeType, ResolvedPos } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { canJoin, findWrapping } from '@tiptap/pm/transform'

/** An automatic change, decided but not made. */
export type Change = {
  apply: (tr: Transaction) => Transaction
  /** What, typed right behind it, shows that it was not meant. */
  isTakenBackBefore?: (next: string) => boolean
}

/**
 * What the signs at the beginning of a line make of it: `- ` and `* ` a list, `1. ` and `1) ` a numbered one, the number after the list right
 * above its next item, `## ` and `### ` a subheading. Nothing else: `2026. `, `3. Oktober`, `+ 3`, `> 50`, `# 1` and `--- ` begin sentences.
 * @param $caret behind the signs
 */
export function lineStart($caret: ResolvedPos): Change | null {
  const { parent, depth, doc } = $caret
  const { bulletList, orderedList, heading } = doc.type.schema.nodes
  // In a list an item may begin with `1. `; Tab makes a list inside a list.
  if (parent.type.name !== 'paragraph' || $caret.node(-1).type.name === 'listItem') return null
  const [, sign = ''] = /^([1-9]\d{0,2}[.)]|[-*]|#{2,3})[ \u00a0]$/u.exec(textBefore($caret)) ?? []
  const above = $caret.node(-1).maybeChild($caret.index(-1) - 1)
  const [from, to] = [$caret.start(), $caret.pos]
  if (sign.startsWith('#')) {
    const [at, container] = [$caret.index(depth - 1), $caret.node(-1)]
    if (!heading || !container.canReplaceWith(at, at + 1, heading)) return null
    const { id } = parent.attrs as { id?: string }
    return { apply: (tr) => tr.delete(from, to).setBlockType(from, from, heading, { id, level: sign.length }) }
  }
  if (sign === '-' || sign === '*') {
    const list = wrapInList($caret, bulletList, above?.type === bulletList)
    // A minus sign before a figure is no bullet.
    return list && sign === '-' ? { ...list, isTakenBackBefore: (next) => /^[\p{N}\p{Sc}]/u.test(next) } : list
  }
  const number = Number.parseInt(sign, 10)
  if (above && number > 1 && nextNumber(above) === number) return wrapInList($caret, orderedList, true)
  return number === 1 ? wrapInList($caret, orderedList, false) : null
}

function wrapInList($caret: ResolvedPos, list: NodeType | undefined, isContinued: boolean): Change | null {
  const [from, to] = [$caret.start(), $caret.pos]
  const range = $caret.blockRange()
  if (!list || !range || !findWrapping(range, list)) return null
  return {
    apply: (tr) => {
      tr.delete(from, to)
      const line = tr.doc.resolve(from).blockRange()
      const wrapping = line && findWrapping(line, list)
      if (line && wrapping) tr.wrap(line, wrapping)
      if (isContinued && canJoin(tr.doc, from - 1)) tr.join(from - 1)
      return tr
    },
  }
}

/** @returns null for a list that does not count up in figures */
function nextNumber({ type, attrs, children }: Node): number | null {
  const { start, type: style, reversed } = attrs as Record<string, unknown>
  if (type.name !== 'orderedList' || (style && style !== '1') || reversed) return null
  return children.reduce(
    (number, item) => {
      const { value } = item.attrs as { value?: number | null }
      return (typeof value === 'number' ? value : number) + 1
    },
    typeof start === 'number' ? start : 1,
  )
}

/** The line up to a position. Every other node is one character, so that offsets are positions. */
export const textBefore = ({ parent, parentOffset }: ResolvedPos): string =>
  parent.textBetween(0, parentOffset, undefined, '\ufffc')
