import type { Page } from '@playwright/test'

/** A line as it is seen. */
export type Line = {
  /** The sign of the list before it. */
  marker: string
  /** What it stands in, from the outermost: `ol`, `ul`, `quote`, `box`, `h2`, `h3`, `caption`, `cell`. */
  inside: string[]
  text: string
  /** Pieces that look other than the line: their text and how. */
  marked: string[]
  /** Of a cell: bold as a whole, and which cells of its table with words it shares a row or a column with. */
  cell: string
}

/**
 * The lines of each element that a selector finds, as Chromium lays them out. The signs of lists come from its accessibility tree: no other
 * interface tells them.
 */
export async function looksOf(page: Page, selector: string, base: string): Promise<Line[][]> {
  const markers = await listMarkers(page)
  return page.evaluate(readLooks, { selector, base, markers })
}

type AxNode = {
  nodeId: string
  role?: { value?: unknown }
  name?: { value?: unknown }
  childIds?: string[]
  parentId?: string
}

async function listMarkers(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] }
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const found: string[] = []
  const visit = (node: AxNode | undefined) => {
    if (node?.role?.value === 'ListMarker') found.push(String(node.name?.value ?? ''))
    for (const id of node?.childIds ?? []) visit(byId.get(id))
  }
  visit(nodes.find(({ parentId }) => parentId === undefined))
  return found
}

function readLooks({ selector, base, markers }: { selector: string; base: string; markers: string[] }): Line[][] {
  const items = [...document.querySelectorAll('li')].filter(
    (item) =>
      getComputedStyle(item).display === 'list-item' &&
      getComputedStyle(item).listStyleType !== 'none' &&
      item.getClientRects().length > 0,
  )
  if (items.length !== markers.length) throw new Error(`${items.length} items, ${markers.length} signs`)
  const markerOf = new Map<Element, string>(items.map((item, at) => [item, markers[at] ?? '']))

  const isInline = (element: Element) => /^(?:inline|contents)$/u.test(getComputedStyle(element).display)
  const blockOf = (element: Element): Element =>
    isInline(element) && element.parentElement ? blockOf(element.parentElement) : element

  function insideOf(block: Element, root: Element): string[] {
    const names: string[] = []
    for (
      let element: Element | null = block;
      element && element !== root.parentElement;
      element = element.parentElement
    ) {
      if (element.matches('ol, ul, h2, h3, caption')) names.unshift(element.localName)
      else if (element.matches('td, th')) names.unshift('cell')
      else if (element.matches('blockquote, .pull, figure.pull')) {
        if (names[0] !== 'quote') names.unshift('quote')
      } else if (element.matches('.box, aside')) names.unshift('box')
    }
    return names
  }

  /** How a piece of text looks in its line. */
  function lookOf(text: Text, block: Element): string {
    const look = new Set<string>()
    const line = getComputedStyle(block)
    const own = text.parentElement ?? block
    if (Number(getComputedStyle(own).fontWeight) > Number(line.fontWeight)) look.add('bold')
    if (getComputedStyle(own).fontStyle !== line.fontStyle) look.add('italic')
    for (let element: Element | null = own; element && element !== block; element = element.parentElement) {
      const { textDecorationLine, verticalAlign } = getComputedStyle(element)
      if (textDecorationLine.includes('line-through')) look.add('struck')
      if (verticalAlign !== 'baseline') look.add(verticalAlign)
      if (element.localName === 'a') look.add(new URL(element.getAttribute('href') ?? '', base).href)
    }
    return [...look].sort().join(' ')
  }

  function cellsOf(table: Element): Map<Element, string> {
    const cells = [...table.querySelectorAll('td, th')].filter((cell) => (cell.textContent ?? '').trim() !== '')
    const rects = cells.map((cell) => cell.getBoundingClientRect())
    const sharing = (at: number, start: 'left' | 'top', end: 'right' | 'bottom') =>
      rects.flatMap((rect, other) => {
        const own = rects[at] ?? rect
        return Math.min(rect[end], own[end]) - Math.max(rect[start], own[start]) > 2 ? [other] : []
      })
    return new Map(
      cells.map((cell, at) => [
        cell,
        `${Number(getComputedStyle(cell).fontWeight) >= 600 ? 'bold, ' : ''}column of ${sharing(at, 'left', 'right').join()}, row of ${sharing(at, 'top', 'bottom').join()}`,
      ]),
    )
  }

  function linesOf(root: Element): Line[] {
    const lines: (Line & { pieces: { text: string; look: string }[] })[] = []
    const told = new Set<Element>()
    const tables = new Map<Element, Map<Element, string>>()
    let last: Element | null = null
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node: Node | null = root; node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (node.localName === 'hr')
          lines.push({ marker: '', inside: ['hr'], text: '', marked: [], cell: '', pieces: [] })
        if (node.localName === 'br' || node.localName === 'hr') last = null
        continue
      }
      const own = node.parentElement
      if (!(node instanceof Text) || !own || own.getClientRects().length === 0 || node.data === '') continue
      if (node.data.trim() === '' && !isInline(own) && own.children.length > 0 && last !== own) continue
      const block = blockOf(own)
      if (block !== last) {
        const item = block.closest('li')
        const isFirst = item !== null && root.contains(item) && !told.has(item)
        const table = block.closest('table')
        if (isFirst) told.add(item)
        if (table && !tables.has(table)) tables.set(table, cellsOf(table))
        const cell = (table && tables.get(table)?.get(block.closest('td, th') ?? block)) ?? ''
        const marker = isFirst ? (markerOf.get(item) ?? '').trim().replace(/^[•◦▪■]$/u, '•') : ''
        lines.push({ marker, inside: insideOf(block, root), text: '', marked: [], cell, pieces: [] })
        last = block
      }
      const keepsBreaks = /^(?:preserve|break-spaces|pre)/u.test(
        getComputedStyle(own).getPropertyValue('white-space-collapse') || getComputedStyle(own).whiteSpace,
      )
      const text = (keepsBreaks ? node.data.replace(/\n/gu, '⏎') : node.data).replace(/[ \t\n\r\f]+/gu, ' ')
      const look = lookOf(node, block)
      const pieces = lines.at(-1)?.pieces ?? []
      const piece = pieces.at(-1)
      if (piece?.look === look) piece.text += text
      else pieces.push({ text, look })
    }
    // Feeds write the dash before who said it, a page's style does.
    for (const line of lines)
      if (line.inside.includes('quote'))
        for (const piece of line.pieces.slice(0, 1)) piece.text = piece.text.replace(/^— /u, '')
    // A line break that is a character is one.
    const whole = lines.flatMap(({ pieces, ...line }) => {
      const parts: (typeof pieces)[] = [[]]
      for (const { text, look } of pieces)
        text.split('⏎').forEach((part, at) => {
          if (at > 0) parts.push([])
          parts.at(-1)?.push({ text: part, look })
        })
      return parts.map((part, at) => ({
        ...line,
        marker: at === 0 ? line.marker : '',
        text: part
          .map(({ text }) => text)
          .join('')
          .trim(),
        marked: part.flatMap(({ text, look }) => (look === '' ? [] : [`${look}: ${text.trim()}`])),
      }))
    })
    return whole.filter(({ text, inside }) => text !== '' || inside[0] === 'hr')
  }

  return [...document.querySelectorAll(selector)].map(linesOf)
}
