import type { ListItem } from './list-writer'
import type { Context, LayoutReader } from './read-layout'

const TYPES: Record<string, ListItem['type']> = {
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-alpha': 'A',
  'upper-latin': 'A',
  'lower-roman': 'i',
  'upper-roman': 'I',
}

/**
 * Reads a list. Word, Outlook and OneNote on the web write each item as a list of its own, with the list's id, the level and the number in
 * attributes of the item. Slack writes each run of items of one level so, Quill all levels as one list.
 */
export function readList(reader: LayoutReader, list: Element, context: Context, level = reader.writer.listLevel + 1) {
  const source = reader.layout.sourceOf(list)
  const items = [...list.children].filter(({ localName }) => localName === 'li')
  const reversed = list.localName === 'ol' && source.hasAttribute('reversed')
  const start = wholeNumber(source.getAttribute('start'))
  const step = reversed ? -1 : 1
  const isQuill = items.some((item) => quillIndent(reader.layout.sourceOf(item)) !== null)
  let number = (start ?? (reversed ? items.length : 1)) - step
  for (const child of list.childNodes) {
    if (child.nodeType !== Node.ELEMENT_NODE) continue
    const element = child as Element
    if (element.localName !== 'li') {
      // A list directly in a list belongs to the item above.
      const look = reader.lookOf(element, context)
      if (!isListElement(element)) reader.element(element, context)
      else if (look.shown) readList(reader, element, { ...context, look }, level + 1)
      continue
    }
    const look = reader.lookOf(element, context)
    if (!look.shown) continue
    const own = reader.layout.sourceOf(element)
    number = wholeNumber(own.getAttribute('value')) ?? number + step
    const quill = own.getAttribute('data-list')
    const ordered =
      list.localName === 'ol'
        ? look.listStyle !== 'disc' && (quill === null || quill === 'ordered')
        : /decimal|alpha|latin|roman/u.test(look.listStyle)
    const id = own.getAttribute('data-listid')
    const indent = wholeNumber(own.getAttribute('data-stringify-indent')) ?? (isQuill ? (quillIndent(own) ?? 0) : null)
    reader.item(
      element,
      { ...context, look },
      {
        key: id === null ? (indent === null ? list : 'indented') : `list ${id}`,
        level: Math.max(level, id === null ? level + (indent ?? 0) : (webLevel(own) ?? level)),
        ordered,
        number: ordered && !isQuill ? ((id === null ? null : webPosition(own)) ?? number) : null,
        type: ordered ? (TYPES[look.listStyle] ?? null) : null,
        reversed,
      },
    )
  }
}

export const isListElement = ({ localName }: Element): boolean => /^(?:ul|ol|menu|dir)$/u.test(localName)

/** 0 for an outermost item. */
function quillIndent({ className, attributes }: Element): number | null {
  const [, digits] = /(?:^|\s)ql-indent-(\d)/u.exec(className) ?? []
  return digits === undefined ? (attributes.getNamedItem('data-list') ? 0 : null) : Number(digits)
}

const webLevel = (item: Element) => wholeNumber(item.getAttribute('data-aria-level') ?? item.getAttribute('aria-level'))
const webPosition = (item: Element) =>
  wholeNumber(item.getAttribute('data-aria-posinset') ?? item.getAttribute('aria-posinset'))

function wholeNumber(value: string | null): number | null {
  const number = /^\s*-?\d{1,9}/u.test(value ?? '') ? Number.parseInt(value ?? '', 10) : Number.NaN
  return Number.isNaN(number) ? null : number
}
