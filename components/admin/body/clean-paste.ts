import { embedFrame } from '@/domain/body/embed'
import { toRelativeUrl } from './link-address'

const UNWANTED =
  'script, style, title, meta, link, xml, template, noscript, object, svg, del, ' +
  '[style*="mso-element:comment"], [style*="display:none"], [style*="display: none"]'

/**
 * Converts pasted HTML of Word, Google Docs, mail or web pages to elements of the editor's schema: bold set by styles, lists written as
 * paragraphs, layout tables, deletions of tracked changes. What remains unknown (styles, scripts, pictures) the editor drops.
 * @param origins the site's own: links to them become paths
 */
export function cleanPastedHtml(html: string, origins: string[]): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const { body } = page
  for (const unwanted of body.querySelectorAll(UNWANTED)) unwanted.remove()
  convertWordLists(page)
  for (const element of body.querySelectorAll<HTMLElement>('[style]')) convertStyles(element)
  for (const table of [...body.querySelectorAll('table')].reverse()) convertTable(table)
  for (const frame of body.querySelectorAll('iframe')) convertFrame(frame)
  for (const link of body.querySelectorAll('a')) convertLink(link, origins)
  for (const heading of body.querySelectorAll('h1')) rename(heading, 'h2')
  for (const heading of body.querySelectorAll('h4, h5, h6')) rename(heading, 'h3')
  return body.innerHTML
}

/** Google Docs wraps everything in a `<b>` of normal weight; others set bold and italic by styles. */
function convertStyles(element: HTMLElement) {
  const { fontWeight, fontStyle } = element.style
  const isLine = /^(?:P|DIV|LI|TD|TH|H[1-6]|TABLE|TR|UL|OL)$/u.test(element.tagName)
  const isHeading = element.closest('h1, h2, h3, h4, h5, h6') !== null
  const isBold = /^(?:bold|bolder|[6-9]00)$/u.test(fontWeight)
  if (/^(?:B|STRONG)$/u.test(element.tagName) && fontWeight !== '' && !isBold) unwrap(element)
  else if (/^(?:I|EM)$/u.test(element.tagName) && fontStyle === 'normal') unwrap(element)
  else if (!isLine) {
    if (isBold && !isHeading) wrapInside(element, 'strong')
    if (fontStyle === 'italic' || fontStyle === 'oblique') wrapInside(element, 'em')
  }
  element.removeAttribute('style')
}

/**
 * Word for desktop writes list items as paragraphs with the style `mso-list:l0 level2 lfo1` and the marker as text. Numbered headings look the
 * same; they stay headings and lose the number.
 */
function convertWordLists(page: Document) {
  let list: HTMLElement[] = []
  let last: Element | null = null
  for (const item of page.body.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6')) {
    const [, level] = /mso-list:\s*l\d+\s+level(\d)/u.exec(item.getAttribute('style') ?? '') ?? []
    if (level === undefined) continue
    const markers = [...item.querySelectorAll<HTMLElement>('span')].filter((span) =>
      /mso-list:\s*ignore/iu.test(span.getAttribute('style') ?? ''),
    )
    const marker = markers.reduce((text, span) => text + span.textContent, '').trim()
    for (const span of markers) span.remove()
    if (item.tagName !== 'P') continue
    const depth = Math.min(Number(level), list.length + 1)
    if (item.previousElementSibling !== last || last === null) list = []
    list.length = Math.min(list.length, Math.max(1, depth))
    while (list.length < Math.max(1, depth)) {
      const inner = page.createElement(/^[\p{L}\p{N}]+[.)]/u.test(marker) ? 'ol' : 'ul')
      const outer = list.at(-1)
      if (outer) (outer.lastElementChild ?? outer.appendChild(page.createElement('li'))).append(inner)
      else item.before(inner)
      list.push(inner)
    }
    const line = page.createElement('li')
    line.append(...item.childNodes)
    list.at(-1)?.append(line)
    item.remove()
    last = list[0] ?? null
  }
}

/** A layout table (one row or column, or block content inside) becomes its text. In other tables the lines of a cell are joined by line breaks. */
function convertTable(table: HTMLTableElement) {
  const rows = [...table.rows]
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  const isLayout =
    rows.length < 2 ||
    width < 2 ||
    table.querySelector('table, h1, h2, h3, h4, h5, h6, ul, ol, [data-arranged]') !== null
  if (isLayout) {
    for (const part of table.querySelectorAll('caption, td, th')) rename(part, 'div')
    for (const part of table.querySelectorAll('tr, tbody, thead, tfoot, colgroup')) unwrap(part)
    rename(table, 'div').setAttribute('data-arranged', '')
    return
  }
  for (const cell of table.querySelectorAll('td, th')) {
    for (const line of cell.querySelectorAll('p, div, blockquote, pre')) {
      if (line.nextSibling && line.nextSibling.textContent?.trim() !== '')
        line.after(line.ownerDocument.createElement('br'))
      unwrap(line)
    }
    const { firstChild, lastChild } = cell
    if (firstChild?.nodeType === 3) firstChild.textContent = (firstChild.textContent ?? '').trimStart()
    if (lastChild?.nodeType === 3) lastChild.textContent = (lastChild.textContent ?? '').trimEnd()
  }
}

function convertFrame(frame: HTMLIFrameElement) {
  const href = frame.getAttribute('src') ?? ''
  if (embedFrame(href) === null) return frame.remove()
  const figure = frame.ownerDocument.createElement('figure')
  figure.setAttribute('data-href', href)
  figure.setAttribute('data-title', frame.title)
  frame.replaceWith(figure)
}

/** Links without a target or without text are dropped. */
function convertLink(link: HTMLAnchorElement, origins: string[]) {
  const href = (link.getAttribute('href') ?? '').trim()
  if (href === '' || href.startsWith('#') || link.textContent?.trim() === '') return unwrap(link)
  link.setAttribute('href', toRelativeUrl(href, origins))
}

function unwrap(element: Element) {
  element.replaceWith(...element.childNodes)
}

function wrapInside(element: Element, name: 'strong' | 'em') {
  const mark = element.ownerDocument.createElement(name)
  mark.append(...element.childNodes)
  element.append(mark)
}

function rename(element: Element, name: string): Element {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}
