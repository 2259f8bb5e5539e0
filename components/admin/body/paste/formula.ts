export type FormulaPart = { text: string; raised: 'sup' | 'sub' | null }

/** What programs that draw formulas put around the MathML that says the same: KaTeX, MathJax, Wikipedia. */
const DRAWN = '.katex, .katex-display, mjx-container, .MathJax, .mwe-math-element'

/** The formula that an element is, or the one that is hidden beside its drawing. */
export const formulaIn = (source: Element): Element | null =>
  source.localName === 'math' ? source : source.matches(DRAWN) ? source.querySelector('math') : null

/** A formula in one line, so that no figure becomes part of another: fractions, roots, what stands above and below. */
export function formulaParts(formula: Element): FormulaPart[] {
  const parts: FormulaPart[] = []
  const write = (text: string, raised: FormulaPart['raised'] = null) => {
    const last = parts.at(-1)
    if (last?.raised === raised) last.text += text
    else if (text !== '') parts.push({ text, raised })
  }
  writeNode(formula, write)
  return parts
}

type Write = (text: string, raised?: FormulaPart['raised']) => void

function writeNode(element: Element, write: Write): void {
  const [base, ...others] = element.children
  switch (element.localName) {
    case 'mphantom':
    case 'annotation':
    case 'annotation-xml':
      return
    case 'mspace':
      return write(' ')
    case 'mfrac':
      return writeFraction(element, write)
    case 'msqrt':
      return write(`√${grouped(lineOf(...element.children))}`)
    case 'mroot':
      // Not a power of what stands before it.
      if (element.previousElementSibling) write(' ')
      write(lineOf(...others), 'sup')
      return write(`√${grouped(base ? lineOf(base) : '')}`)
    case 'msup':
    case 'mover':
      return writeBeside(base, others, ['sup'], write)
    case 'msub':
    case 'munder':
      return writeBeside(base, others, ['sub'], write)
    case 'msubsup':
    case 'munderover':
      return writeBeside(base, others, ['sub', 'sup'], write)
    case 'mtr':
      for (const cell of element.children) {
        writeNode(cell, write)
        write(' ')
      }
      return
    default:
      if (element.children.length === 0) return write(textOf(element))
      for (const child of element.children) writeNode(child, write)
  }
}

function writeFraction(element: Element, write: Write) {
  const [above, below] = [...element.children].map((part) => grouped(lineOf(part)))
  const fraction = `${above ?? ''}⁄${below ?? ''}`
  const [before, next] = [element.previousElementSibling, element.nextElementSibling]
  // 3 ½, and not 31⁄2.
  if (before?.localName === 'mn') return write(` ${fraction}${next && next.localName !== 'mo' ? ' ' : ''}`)
  const isFactor = [before, next].some((beside) => beside !== null && beside.localName !== 'mo')
  write(isFactor && element.parentElement?.localName !== 'mfrac' ? `(${fraction})` : fraction)
}

function writeBeside(base: Element | undefined, others: Element[], places: ('sup' | 'sub')[], write: Write) {
  if (base) writeNode(base, write)
  others.forEach((other, index) => {
    const text = lineOf(other)
    // A line or an arrow over a letter is no figure.
    if (/[\p{L}\p{N}]/u.test(text)) write(text, places[index] ?? null)
  })
}

/** A part of a formula without raised characters: with `^` and `_`. */
function lineOf(...elements: Element[]): string {
  let line = ''
  for (const element of elements)
    writeNode(element, (text, raised = null) => {
      line += raised === null ? text : (raised === 'sup' ? '^' : '_') + grouped(text)
    })
  return line
}

const textOf = (element: Element) =>
  (element.textContent ?? '').replace(/[\s\u2061-\u2064]+/gu, element.localName === 'mtext' ? ' ' : '')

/** In brackets, where it is more than one number or word. */
const grouped = (text: string) => (/^(?:[\p{L}\p{N}.,]+|\(.*\))$/u.test(text) ? text : `(${text})`)
