import { isBlankText } from '@/domain/body/inline'
import type { Look } from './look'

const BLANK_START = /^[\s\u200b\u2060\ufeff]+/u

function withoutBlankEnd(text: string): string {
  let end = text.length
  while (end > 0 && /[\s\u200b\u2060\ufeff]/u.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** What is put around words, from the outermost to the innermost. */
export type Marks = { href: string | null } & Pick<Look, 'bold' | 'italic' | 'struck' | 'raised'>

const elementsOf = ({ href, bold, italic, struck, raised }: Marks): [name: string, href?: string][] => [
  ...(href === null ? [] : [['a', href] as [string, string]]),
  ...(bold ? [['strong'] as [string]] : []),
  ...(italic ? [['em'] as [string]] : []),
  ...(struck ? [['s'] as [string]] : []),
  ...(raised ? [[raised] as [string]] : []),
]

/** Writes the words of one line: a paragraph, heading or cell. White space is joined, and dropped at both ends. */
export class LineWriter {
  private texts: Text[] = []
  private lastKey = ''
  private endsInSpace = true
  private breaks = 0
  constructor(readonly element: Element) {}

  get isEmpty() {
    return this.texts.length === 0
  }

  /** Line breaks since the last word. */
  get pendingBreaks() {
    return this.breaks
  }

  get endsInWord() {
    return !this.isEmpty && !this.endsInSpace && this.breaks === 0
  }

  /** @param text without line breaks */
  write(text: string, marks: Marks) {
    const joined = text.replace(/[ \t\n\r\f]+/gu, ' ')
    if ((this.isEmpty || this.breaks > 0) && isBlankText(joined)) return
    if (this.breaks > 0) {
      this.trimEnd()
      this.element.append(this.element.ownerDocument.createElement('br'))
      this.breaks = 0
      this.endsInSpace = true
      this.lastKey = ''
    }
    const words = this.endsInSpace ? joined.replace(/^ /u, '') : joined
    if (words === '') return
    this.endsInSpace = words.endsWith(' ')
    const key = JSON.stringify(marks)
    const last = this.texts.at(-1)
    if (last && key === this.lastKey) return last.appendData(words)
    this.lastKey = key
    const node = this.element.ownerDocument.createTextNode(words)
    this.texts.push(node)
    let place: Element = this.element
    for (const [name, href] of elementsOf(marks)) {
      const mark = place.ownerDocument.createElement(name)
      if (href !== undefined) mark.setAttribute('href', href)
      place.append(mark)
      place = mark
    }
    place.append(node)
  }

  /** A break before the first word or behind the last is not seen, so it is not kept. */
  lineBreak() {
    if (!this.isEmpty) this.breaks += 1
  }

  /** Behind a block inside a cell: one break, however many end there. */
  lineEnd() {
    if (!this.isEmpty && this.breaks === 0) this.breaks = 1
  }

  /** @returns whether the line has words */
  finish(): boolean {
    this.trimEnd()
    this.trimStart()
    return this.texts.some(({ data }) => !isBlankText(data))
  }

  private trimEnd() {
    for (;;) {
      const last = this.texts.at(-1)
      if (!last) return
      last.data = withoutBlankEnd(last.data)
      if (last.data !== '') return
      this.texts.pop()
      this.remove(last)
      if (this.element.lastChild?.nodeName === 'BR') return
    }
  }

  private trimStart() {
    const [first] = this.texts
    if (first) first.data = first.data.replace(BLANK_START, '')
    if (first?.data === '') {
      this.texts.shift()
      this.remove(first)
      this.trimStart()
    }
  }

  private remove(text: Text) {
    let node: ChildNode = text
    while (node.parentElement && node.parentElement !== this.element && node.parentElement.childNodes.length === 1)
      node = node.parentElement
    node.remove()
  }
}
