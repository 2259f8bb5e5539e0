export type ListItem = {
  /** Items with the same key are of one list, as long as nothing stands between them. */
  key: unknown
  /** 1 for an outermost item. Levels may be missing. */
  level: number
  ordered: boolean
  /** Null where it follows from the item before. */
  number: number | null
  /** As of `ol`. */
  type: 'a' | 'A' | 'i' | 'I' | null
  reversed: boolean
}

type OpenList = Pick<ListItem, 'key' | 'level' | 'ordered' | 'type' | 'reversed'> & {
  element: Element
  item: Element
  number: number
}

/** Writes items into lists inside lists. A list goes on until a line stands below it that is none of its items. */
export class ListWriter {
  private open: OpenList[] = []
  private depth = 0
  constructor(private readonly element: Element) {}

  /** 0 outside of items. */
  get level() {
    return this.depth
  }

  /** The place of the next line. Lists that are deeper than the line are closed. */
  place(): Element {
    this.open.length = this.depth
    return this.open.at(-1)?.item ?? this.element
  }

  /** @returns what `end` needs */
  begin(item: ListItem): number {
    const outer = this.depth
    while (this.open.length > outer + 1 && (this.open.at(-1)?.level ?? 0) > item.level) this.open.pop()
    let list = this.open.at(-1)
    if (list && this.open.length > outer && list.level >= item.level) {
      if (!isOneList(list, item)) {
        this.open.pop()
        list = undefined
      } else list.level = item.level
    } else list = undefined
    if (list) this.addItem(list, item)
    else this.openList(item)
    this.depth = this.open.length
    return outer
  }

  end(outer: number) {
    this.depth = outer
  }

  close() {
    this.open.length = this.depth
  }

  /** The type of the innermost open list. */
  get type() {
    return this.open.at(-1)?.type ?? null
  }

  private openList(item: ListItem) {
    const page = this.element.ownerDocument
    const list = page.createElement(item.ordered ? 'ol' : 'ul')
    ;(this.open.at(-1)?.item ?? this.element).append(list)
    const number = item.number ?? 1
    if (item.ordered && item.type) list.setAttribute('type', item.type)
    if (item.ordered && item.reversed) list.setAttribute('reversed', '')
    if (item.ordered && (number !== 1 || item.reversed)) list.setAttribute('start', String(number))
    const { key, level, ordered, type, reversed } = item
    this.open.push({ key, level, ordered, type, reversed, element: list, item: appendItem(list), number })
  }

  private addItem(list: OpenList, { number }: ListItem) {
    const next = list.number + (list.reversed ? -1 : 1)
    list.item = appendItem(list.element)
    list.number = number ?? next
    if (list.ordered && list.number !== next) list.item.setAttribute('value', String(list.number))
  }
}

/** Outlook on the web, too, writes each item as a list, whose start goes on counting. */
function isOneList(list: OpenList, item: ListItem): boolean {
  if (list.ordered !== item.ordered) return false
  const goesOn = item.ordered && !item.reversed && item.type === list.type && item.number === list.number + 1
  return list.key === item.key || goesOn
}

function appendItem(list: Element): Element {
  const item = list.ownerDocument.createElement('li')
  list.append(item)
  return item
}

/** Items and lists that no line was written into. */
export function removeEmptyLists(root: Element) {
  for (const item of [...root.querySelectorAll('li')].reverse()) {
    if (item.childNodes.length > 0) continue
    // The next item keeps its number.
    const list = item.parentElement
    const next = item.nextElementSibling
    if (next && list?.localName === 'ol' && !next.hasAttribute('value'))
      next.setAttribute('value', String(numberOf(item) + (list.hasAttribute('reversed') ? -1 : 1)))
    item.remove()
    if (list?.childNodes.length === 0) list.remove()
  }
}

function numberOf(item: Element): number {
  const own = item.getAttribute('value')
  if (own !== null) return Number(own)
  const before = item.previousElementSibling
  const step = item.parentElement?.hasAttribute('reversed') ? -1 : 1
  return before ? numberOf(before) + step : Number(item.parentElement?.getAttribute('start') ?? 1)
}
