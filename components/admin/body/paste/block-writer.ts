import { isBlankText } from '@/domain/body/inline'
import { LineWriter, type Marks } from './line-writer'
import { ListWriter, type ListItem } from './list-writer'

type Flow = {
  element: Element
  /** `blocks`: anything. `lines`: paragraphs only, other blocks interrupt it. `line`: one line, whose blocks are joined by line breaks. */
  holds: 'blocks' | 'lines' | 'line'
  lists: ListWriter
  /** False until it holds something: an empty quote or box is never written. */
  attached: boolean
}

export type LineName = 'p' | 'h2' | 'h3' | 'figcaption'

/** Writes blocks as the editor's schema has them, from words and from where lines begin and end. */
export class BlockWriter {
  private flows: Flow[]
  private line: LineWriter | null = null
  private lineName: LineName = 'p'
  constructor(readonly root: Element) {
    this.flows = [{ element: root, holds: 'blocks', lists: new ListWriter(root), attached: true }]
  }

  /** @param text without line breaks */
  write(text: string, marks: Marks) {
    const mayEnd = this.flow.holds !== 'line' && this.lineName === 'p'
    if (mayEnd && (this.line?.pendingBreaks ?? 0) > 1 && !isBlankText(text)) this.endLine()
    if (!this.line && isBlankText(text)) return
    this.openLine().write(text, marks)
  }

  get endsInWord() {
    return this.line?.endsInWord ?? false
  }

  /** Two in a row end a paragraph. */
  lineBreak() {
    this.line?.lineBreak()
  }

  endLine() {
    if (!this.line) return
    if (this.flow.holds === 'line') return this.line.lineEnd()
    if (!this.line.finish()) this.line.element.remove()
    this.line = null
  }

  /** Lines begun by `work` are headings, or paragraphs again. */
  within(name: LineName, work: () => void) {
    const outer = this.lineName
    this.endLine()
    this.lineName = name
    work()
    this.endLine()
    this.lineName = outer
  }

  /** Begins an item of a list, and goes on in the item around it afterwards. */
  item(item: ListItem, work: () => void) {
    this.endLine()
    const { lists, holds } = this.flow
    if (holds === 'line') {
      this.openLine().write(item.ordered ? `${item.number ?? ''}. ` : '• ', {
        href: null,
        bold: false,
        italic: false,
        struck: false,
        raised: null,
      })
      work()
      return this.endLine()
    }
    if (holds === 'lines') return this.interrupt(() => this.item(item, work))
    this.attach()
    const outer = lists.begin(item)
    work()
    this.endLine()
    lists.end(outer)
  }

  get listLevel() {
    return this.flow.lists.level
  }

  /** A block that holds lines or blocks. */
  container(element: Element, holds: 'blocks' | 'lines', work: () => void) {
    this.endLine()
    // A quote inside a quote, an item or a cell is its lines.
    if (this.flow.holds !== 'blocks' || this.listLevel > 0) return void work()
    this.nested({ element, holds }, work)
  }

  /** A block that is written elsewhere. Where none may be, its words are written by `words`. */
  block(element: Element, words: () => void) {
    this.endLine()
    const { holds, lists } = this.flow
    if (holds === 'line' || this.listLevel > 0) return words()
    if (holds === 'lines') return this.interrupt(() => this.block(element, words))
    this.attach()
    lists.close()
    this.flow.element.append(element)
  }

  get mayHoldBlock() {
    return this.flow.holds !== 'line' && this.listLevel === 0
  }

  /** A cell or caption. */
  singleLine(element: Element, work: () => void) {
    const { line, lineName } = this
    this.line = new LineWriter(element)
    this.lineName = 'p'
    this.flows.push({ element, holds: 'line', lists: new ListWriter(element), attached: true })
    work()
    this.line.finish()
    this.flows.pop()
    this.line = line
    this.lineName = lineName
  }

  private nested({ element, holds }: Pick<Flow, 'element' | 'holds'>, work: () => void) {
    this.flows.push({ element, holds, lists: new ListWriter(element), attached: false })
    const name = this.lineName
    this.lineName = 'p'
    work()
    this.endLine()
    this.lineName = name
    this.flows.pop()
  }

  /** Writes a block between two parts of a quote. */
  private interrupt(work: () => void) {
    const quote = this.flows.pop()
    work()
    this.endLine()
    if (!quote) return
    const element = quote.attached ? (quote.element.cloneNode(false) as Element) : quote.element
    this.flows.push({ element, holds: quote.holds, lists: new ListWriter(element), attached: false })
  }

  private openLine(): LineWriter {
    if (this.line) return this.line
    const { element, holds } = this.flow
    const page = element.ownerDocument
    if (holds === 'lines' && (this.lineName === 'h2' || this.lineName === 'h3')) {
      const heading = page.createElement(this.lineName)
      this.interrupt(() => this.block(heading, () => undefined))
      return (this.line = new LineWriter(heading))
    }
    const line = page.createElement(this.listLevel > 0 ? 'p' : this.lineName)
    this.attach()
    this.flow.lists.place().append(line)
    return (this.line = new LineWriter(line))
  }

  /** Puts what the words are written into below what was written before. */
  private attach() {
    this.flows.forEach((flow, index) => {
      const outer = this.flows[index - 1]
      if (flow.attached || !outer) return
      outer.lists.close()
      outer.element.append(flow.element)
      flow.attached = true
    })
  }

  private get flow(): Flow {
    const flow = this.flows.at(-1)
    if (!flow) throw new Error('A writer without a place.')
    return flow
  }
}
