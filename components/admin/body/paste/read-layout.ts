import { isBlankText } from '@/domain/body/inline'
import { unwrapAddresses } from '@/domain/body/link-wrappers'
import type { BlockWriter } from './block-writer'
import { emojiOf } from './emoji'
import { formulaIn, formulaParts } from './formula'
import { hasGap } from './gap'
import type { InertLayout } from './inert-layout'
import type { ListItem } from './list-writer'
import { lookOf, PLAIN, type Look } from './look'
import { isListElement, readList } from './read-list'
import { readTable } from './read-table'
import { readMarker, wordListPlace } from './word-lists'

/** What surrounds the words that are read. */
export type Context = { look: Look; href: string | null; isHeading: boolean }

/** Writes what is seen of laid-out HTML: words by their look, lines where the layout begins them. */
export class LayoutReader {
  private lastText: Text | null = null
  private mayHaveGap = false
  private lastWordType: ListItem['type'] = null

  /** @param linkTarget returns the address that a link gets, null for one without a target */
  constructor(
    readonly layout: InertLayout,
    readonly writer: BlockWriter,
    private readonly linkTarget: (href: string) => string | null,
  ) {}

  readBody() {
    const look = lookOf(this.layout.body, this.layout.window, PLAIN)
    this.readChildren(this.layout.body, { look, href: null, isHeading: false })
    this.writer.endLine()
  }

  readChildren(element: Element, context: Context) {
    const isClosed = element.localName === 'details' && !element.hasAttribute('open')
    for (const child of element.childNodes) {
      if (isClosed && child.nodeName !== 'SUMMARY') continue
      if (child.nodeType === Node.TEXT_NODE) this.text(child as Text, context)
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(child as Element, context)
    }
  }

  lookOf = (element: Element, { look }: Context) => lookOf(element, this.layout.window, look)

  element(element: Element, outer: Context): void {
    const { writer } = this
    const look = this.lookOf(element, outer)
    if (!look.shown) return
    const context: Context = { ...outer, look }
    const name = element.localName
    const formula = formulaIn(this.layout.sourceOf(element))
    if (formula) return this.formula(formula, context)
    if (name === 'br') return writer.lineBreak()
    // Slack's.
    if (this.layout.sourceOf(element).getAttribute('data-stringify-type') === 'paragraph-break') return writer.endLine()
    if (name === 'img') return this.sign(emojiOf(this.layout.sourceOf(element)), context)
    if (name === 'hr') return writer.block(this.copyOf('hr'), () => undefined)
    if (name === 'table' || look.display === 'table') return readTable(this, element, context)
    if (isListElement(element)) return readList(this, element, context)
    if (name === 'li')
      return this.item(element, context, {
        key: element.parentElement,
        ordered: false,
        number: null,
        type: null,
        reversed: false,
      })
    if (name === 'blockquote') return writer.container(this.copyOf(name), 'lines', () => this.block(element, context))
    if (name === 'figure' || name === 'aside' || name === 'div') {
      if (this.ownBlock(element, context)) return
    }
    if (name === 'q') {
      const isInner = element.parentElement?.closest('q') !== null
      this.sign(isInner ? '‘' : '“', context)
      this.readChildren(element, context)
      return this.sign(isInner ? '’' : '”', context)
    }
    if (look.display === 'ruby-text') {
      this.sign('(', context)
      this.readChildren(element, context)
      return this.sign(')', context)
    }
    if (name === 'a') {
      const href = this.linkTarget(addressOf(this.layout.sourceOf(element)))
      this.inlineOrBlock(element, { ...context, href })
      return
    }
    const heading = headingLevel(element, this.layout.sourceOf(element))
    if (heading !== null) return this.heading(heading, element, context)
    const place = wordListPlace(look.wordList)
    if (place && name === 'p') return this.wordItem(element, context, place)
    const emoji = element.childNodes.length === 0 ? emojiOf(this.layout.sourceOf(element)) : null
    if (emoji !== null) return this.sign(emoji, context)
    this.inlineOrBlock(element, context)
  }

  private formula(formula: Element, context: Context): void {
    if (!context.look.visible) return
    for (const { text, raised } of formulaParts(formula))
      this.write(text, { ...context, look: { ...context.look, raised: raised ?? context.look.raised } })
  }

  private inlineOrBlock(element: Element, context: Context) {
    const { display, float, gap } = context.look
    if (
      display === 'contents' ||
      display.startsWith('inline') ||
      display.startsWith('ruby') ||
      isInitial(element, float)
    ) {
      this.mayHaveGap ||= gap
      this.readChildren(element, context)
      this.mayHaveGap ||= gap
    } else this.block(element, context)
  }

  /** What begins and ends a line. */
  block(element: Element, context: Context) {
    this.writer.endLine()
    this.readChildren(element, context)
    this.writer.endLine()
  }

  /** @param before words that the item begins with */
  item(element: Element, context: Context, item: Omit<ListItem, 'level'> & { level?: number }, before = '') {
    this.writer.item({ level: this.writer.listLevel + 1, ...item }, () => {
      if (before !== '') this.write(before, context)
      this.readChildren(element, context)
    })
  }

  private heading(level: 2 | 3, element: Element, context: Context) {
    this.writer.within(level === 2 ? 'h2' : 'h3', () => this.readChildren(element, { ...context, isHeading: true }))
  }

  /** Word for desktop writes an item as a paragraph that begins with its marker. */
  private wordItem(element: Element, context: Context, { key, level }: { key: string; level: number }) {
    const marker = [...element.querySelectorAll('*')]
      .filter((part) => part.hasAttribute('style') && /--mso-list:\s*ignore/iu.test(part.getAttribute('style') ?? ''))
      .reduce((text, part) => text + (part.textContent ?? ''), '')
      .replace(/[\s\u00a0]+/gu, '')
    const { text, ...read } = readMarker(marker, this.lastWordType)
    this.lastWordType = read.type
    this.item(element, context, { key, level, reversed: false, ...read }, text)
  }

  /** Blocks of the newsroom's own pages, and embeds. */
  private ownBlock(element: Element, context: Context): boolean {
    const source = this.layout.sourceOf(element)
    if (source.matches('figure[data-href], aside[data-correction]')) {
      this.writer.block(this.copyOf(source.localName, source), () => undefined)
      return true
    }
    if (source.matches('figure.pull')) {
      this.writer.container(this.copyOf('figure', source), 'blocks', () => this.block(element, context))
      return true
    }
    if (source.matches('div.box')) {
      this.writer.container(this.copyOf('div', source), 'blocks', () => this.block(element, context))
      return true
    }
    return false
  }

  /** An element in the document that is written. */
  copyOf(name: string, source?: Element): Element {
    const element = this.writer.root.ownerDocument.createElement(name)
    for (const attribute of source ? ['class', 'data-href', 'data-title', 'data-correction'] : []) {
      const value = source?.getAttribute(attribute)
      if (value != null) element.setAttribute(attribute, value)
    }
    return element
  }

  private sign(text: string | null, context: Context) {
    if (text !== null && context.look.visible) this.write(text, context)
  }

  private text(node: Text, context: Context) {
    const { look } = context
    if (node.data === '' || /^ignore$/iu.test(look.wordList)) return
    // Words that are not seen leave their space free.
    this.mayHaveGap ||= !look.visible
    if (!look.visible) return
    if (this.mayHaveGap && this.writer.endsInWord && /^\S/u.test(node.data) && hasGap(this.lastText, node))
      this.write(' ', context)
    if (!isBlankText(node.data)) this.mayHaveGap = false
    const words = unwrapAddresses(node.data)
    if (look.whiteSpace === 'collapse') this.write(words, context)
    else {
      words.split(/\r\n?|\n/u).forEach((line, index) => {
        if (index > 0) this.writer.lineBreak()
        this.write(line, context)
      })
    }
    if (/\S/u.test(node.data)) this.lastText = node
  }

  private write(text: string, { look, href, isHeading }: Context) {
    const { bold, italic, struck, raised } = look
    this.writer.write(text, { href, bold: bold && !isHeading, italic, struck, raised })
  }
}

/** Outlook on the web writes the target beside the wrapped address. */
function addressOf(link: Element): string {
  const target = link.getAttribute('originalsrc') ?? ''
  return (/^https?:/iu.test(target) ? target : (link.getAttribute('href') ?? '')).trim()
}

/** A first letter that is set large beside its word. */
function isInitial(element: Element, float: boolean): boolean {
  const next = element.nextSibling
  return (
    float &&
    /^\s*\p{P}?\p{L}\s*$/u.test(element.textContent ?? '') &&
    next !== null &&
    /^\p{L}/u.test(next.textContent ?? '')
  )
}

function headingLevel(element: Element, source: Element): 2 | 3 | null {
  const [, digit] = /^h([1-6])$/u.exec(element.localName) ?? []
  const level = digit ?? (source.getAttribute('role') === 'heading' ? (source.getAttribute('aria-level') ?? '2') : null)
  if (level === null) return null
  return Number(level) <= 2 ? 2 : 3
}
