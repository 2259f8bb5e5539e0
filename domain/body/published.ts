import { childTypes, isTextblock, type Block } from './blocks'
import { itemNumbers } from './blocks/list-numbers'
import { isBlankText, type Inline } from './inline'

type Node = { type: string; attrs?: Record<string, unknown>; content?: Node[] }

/**
 * The blocks that readers get: without lines that have no words, which screen readers announce as blank and feeds show as gaps, and without line
 * breaks at the ends of a line. The cells of a table stay, and so do the numbers of the items of a list.
 */
export const publishedBlocks = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block) => published(block as Node) as Block[])

function published(node: Node): Node[] {
  if (isTextblock(node.type)) {
    const content = trimmed((node.content ?? []) as Inline[])
    return content.length > 0 ? [{ ...node, content: content as Node[] }] : []
  }
  // A rule, an embed, a note: they have no lines.
  if (childTypes(node.type).length === 0) return [node]
  if (node.type === 'table') return (node.content ?? []).some(hasWords) ? [node] : []
  if (node.type === 'orderedList') return numberedList(node)
  const content = (node.content ?? []).flatMap(published)
  return content.length > 0 ? [{ ...node, content }] : []
}

/** A list that counts down begins with the number of its items: without some of them it says where it began. */
function numberedList(list: Node): Node[] {
  const content = numberedItems(list)
  if (content.length === 0) return []
  const { attrs = {}, content: all = [] } = list
  const isShortened = attrs.reversed === true && attrs.start === undefined && content.length < all.length
  return [{ ...list, ...(isShortened && { attrs: { ...attrs, start: all.length } }), content }]
}

/** The items with words. The one behind an item that is left out has its number as its own. */
function numberedItems(list: Node): Node[] {
  const content = list.content ?? []
  const numbers = itemNumbers({ attrs: list.attrs, content } as Parameters<typeof itemNumbers>[0])
  let isBehindGap = false
  return content.flatMap((item, at) => {
    const [kept] = published(item)
    if (!kept) {
      isBehindGap = true
      return []
    }
    const numbered = isBehindGap ? { ...kept, attrs: { ...kept.attrs, value: numbers[at] } } : kept
    isBehindGap = false
    return [numbered]
  })
}

const hasWords = (node: Node): boolean =>
  isTextblock(node.type) ? trimmed((node.content ?? []) as Inline[]).length > 0 : (node.content ?? []).some(hasWords)

const isBlank = (part: Inline): boolean => part.type === 'hardBreak' || isBlankText(part.text)

/** Empty where the line has no words. */
function trimmed(content: Inline[]): Inline[] {
  const first = content.findIndex((part) => !isBlank(part))
  if (first === -1) return []
  const last = content.findLastIndex((part) => !isBlank(part))
  // A space at an end is invisible; only breaks make a gap.
  return content.filter((part, at) => (at >= first && at <= last) || part.type !== 'hardBreak')
}
