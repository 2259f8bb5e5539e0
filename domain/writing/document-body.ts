import * as Y from 'yjs'
import { isBlockId, isLine, type Body } from '../body/body'
import { readBody } from '../body/body-reader'
import { editBetween } from './text-edit'

/** A node as the editor writes it: what a Body is made of, and what a fragment is read into. */
type Node = { type: string; attrs?: Record<string, unknown>; content?: Node[]; text?: string; marks?: Mark[] }
type Mark = { type: string; attrs?: Record<string, unknown> }
type Formats = Record<string, unknown>
type Run = { text: string; formats: Formats }

/** In the order in which the editor keeps them, so that the same words are the same JSON wherever they come from. */
const MARKS = ['link', 'bold', 'italic']

/**
 * The body that a shared fragment holds (as y-tiptap keeps it), whole or with what merging left behind put right; null for a headline.
 * @throws UnreadableBody when a limit of `bodyLimits` is passed
 */
export function bodyIn(fragment: Y.XmlFragment): Body | null {
  const seen = new Set<string>()
  return readBody({ type: 'doc', content: elementsOf(fragment).map((element) => nodeOf(element, seen)) })
}

/** Makes a fragment say what a body says, changing only what differs: others may be writing in the rest. */
export function rewriteBody(fragment: Y.XmlFragment, body: Body | null) {
  // Without a body there is a line to write in, so that two people who begin at once begin in the same one.
  rewriteChildren(fragment, body?.content ?? [{ type: 'paragraph', attrs: { id: crypto.randomUUID() } }])
}

/** What a fragment's element is named, without the hash that y-tiptap adds to marks of one type which may overlap. */
export const markName = (format: string) => format.replace(/--[a-zA-Z0-9+/=]{8}$/u, '')

export const elementsOf = (parent: Y.XmlFragment): Y.XmlElement[] =>
  parent.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement)

function nodeOf(element: Y.XmlElement, seen: Set<string>): Node {
  const type = element.nodeName
  const attrs = { ...attributesOf(element), id: idFor(element, seen) }
  const content = isLine(type)
    ? joined(element.toArray().flatMap((child) => inlineOf(child, seen)))
    : elementsOf(element).map((child) => nodeOf(child, seen))
  return { type, attrs, content }
}

/** Each block's own id, and for one without (or with another's) always the same one: that of its place in the document's history. */
function idFor(element: Y.XmlElement, seen: Set<string>): string {
  const { id } = attributesOf(element)
  const chosen = typeof id === 'string' && isBlockId(id) && !seen.has(id) ? id : placeOf(element)
  seen.add(chosen)
  return chosen
}

function placeOf({ _item: item }: Y.XmlElement): string {
  return item === null ? '' : `${item.id.client.toString(36)}-${item.id.clock.toString(36)}`
}

function inlineOf(child: Y.XmlElement | Y.XmlText | Y.XmlHook, seen: Set<string>): Node[] {
  if (child instanceof Y.XmlText)
    return runsOf(child).map(({ text, formats }) => ({ type: 'text', text, marks: marksOf(formats) }))
  return child instanceof Y.XmlElement ? [nodeOf(child, seen)] : []
}

/** Pieces of text that look alike are one piece, as the editor has them. */
function joined(line: Node[]): Node[] {
  const whole: Node[] = []
  for (const node of line) {
    const last = whole.at(-1)
    if (last?.text !== undefined && node.text !== undefined && sameMarks(last.marks ?? [], node.marks ?? []))
      last.text += node.text
    else whole.push(node)
  }
  return whole
}

function marksOf(formats: Formats): Mark[] {
  return MARKS.flatMap((type) => {
    const attrs = formats[type]
    return typeof attrs === 'object' && attrs !== null ? [{ type, attrs: { ...attrs } }] : []
  })
}

export function runsOf(text: Y.XmlText): Run[] {
  return (text.toDelta() as { insert: unknown; attributes?: Formats }[]).flatMap(({ insert, attributes = {} }) => {
    const formats = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [markName(name), value]))
    return typeof insert === 'string' ? [{ text: insert, formats }] : []
  })
}

export const attributesOf = (element: Y.XmlElement): Record<string, unknown> => element.getAttributes()

/** Blocks that stay are those with the same key in the same order; the others go or come. Inside those that stay, the same again. */
function rewriteChildren(parent: Y.XmlFragment, wanted: Node[]) {
  const have = parent.toArray()
  const keys = new Map(have.map((child, place) => [child instanceof Y.XmlElement ? keyOf(child) : '', place]))
  const kept = longestInOrder(wanted.map((node) => keys.get(keyOfNode(node))))
  const staying = new Set(kept)
  for (let place = have.length - 1; place >= 0; place -= 1) if (!staying.has(place)) parent.delete(place, 1)
  wanted.forEach((node, place) => {
    const element = kept[place] === undefined ? undefined : parent.get(place)
    if (element instanceof Y.XmlElement) rewriteElement(element, node)
    else parent.insert(place, [elementFor(node)])
  })
}

function rewriteElement(element: Y.XmlElement, { type, attrs = {}, content = [] }: Node) {
  const before = attributesOf(element)
  for (const [name, value] of Object.entries(attrs))
    if (before[name] !== value) element.setAttribute(name, value as string)
  if (isLine(type)) rewriteLine(element, content)
  else rewriteChildren(element, content)
}

const keyOf = (element: Y.XmlElement): string => {
  const { id } = attributesOf(element)
  const [first] = elementsOf(element)
  const own = element.nodeName === 'listItem' ? first && keyOf(first) : typeof id === 'string' ? id : placeOf(element)
  return `${element.nodeName} ${own ?? ''}`
}

const keyOfNode = ({ type, attrs, content = [] }: Node): string => {
  const [first] = content
  return `${type} ${type === 'listItem' ? first && keyOfNode(first) : String(attrs?.id)}`
}

/** Of places that may repeat or lie out of order, as many as possible that ascend; the others are undefined. */
function longestInOrder(places: (number | undefined)[]): (number | undefined)[] {
  const ends: number[] = []
  const before: number[] = []
  places.forEach((place, at) => {
    if (place === undefined) return
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((places[ends[middle] ?? 0] ?? 0) < place) low = middle + 1
      else high = middle
    }
    before[at] = ends[low - 1] ?? -1
    ends[low] = at
  })
  const chosen = places.map((): number | undefined => undefined)
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) chosen[at] = places[at]
  return chosen
}

function elementFor(node: Node): Y.XmlElement {
  const element = new Y.XmlElement(node.type)
  for (const [name, value] of Object.entries(node.attrs ?? {})) element.setAttribute(name, value as string)
  const { content = [] } = node
  element.insert(0, isLine(node.type) ? partsOf(content).map(newPart) : content.map(elementFor))
  return element
}

/** A line is text, broken by hard breaks: `null` stands for such a break. */
type Part = Run[] | null

function partsOf(content: Node[]): Part[] {
  const parts: Part[] = []
  for (const node of content) {
    if (node.type === 'hardBreak') parts.push(null)
    else {
      const run = { text: node.text ?? '', formats: formatsOf(node.marks ?? []) }
      const last = parts.at(-1)
      if (last) last.push(run)
      else parts.push([run])
    }
  }
  // An empty line has a text, too: two people who begin to write there at once write in the same one.
  return parts.length === 0 ? [[]] : parts
}

const formatsOf = (marks: Mark[]): Formats => Object.fromEntries(marks.map(({ type, attrs = {} }) => [type, attrs]))

function newPart(part: Part): Y.XmlElement | Y.XmlText {
  if (part === null) return new Y.XmlElement('hardBreak')
  const text = new Y.XmlText()
  text.applyDelta(part.map(({ text, formats }) => ({ insert: text, attributes: formats })))
  return text
}

function rewriteLine(element: Y.XmlElement, content: Node[]) {
  const have = element.toArray()
  if (content.length === 0 && have.length === 0) return
  const wanted = partsOf(content)
  const isAlike =
    have.length === wanted.length && wanted.every((part, place) => isBreak(have[place]) === (part === null))
  if (isAlike) {
    wanted.forEach((part, place) => {
      const text = have[place]
      if (part !== null && text instanceof Y.XmlText) rewriteText(text, part)
    })
    return
  }
  element.delete(0, have.length)
  element.insert(0, wanted.map(newPart))
}

const isBreak = (child: unknown) => child instanceof Y.XmlElement

function rewriteText(text: Y.XmlText, wanted: Run[]) {
  const words = (runs: Run[]) => runs.map((run) => run.text).join('')
  const { at, remove, insert } = editBetween(words(runsOf(text)), words(wanted))
  if (remove > 0) text.delete(at, remove)
  if (insert !== '') text.insert(at, insert)
  let place = 0
  for (const { text: piece, formats } of wanted) {
    reformat(text, place, piece.length, formats)
    place += piece.length
  }
}

/** Gives a piece of text exactly these formats, where it has others. */
function reformat(text: Y.XmlText, at: number, length: number, wanted: Formats) {
  let place = 0
  for (const { insert, attributes = {} } of text.toDelta() as { insert: string; attributes?: Formats }[]) {
    const [from, to] = [Math.max(at, place), Math.min(at + length, place + insert.length)]
    place += insert.length
    if (from >= to || sameFormats(attributes, wanted)) continue
    const none = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]))
    text.format(from, to - from, { ...none, ...wanted })
  }
}

const sameFormats = (one: Formats, other: Formats) => sameMarks(marksOf(one), marksOf(other))

/** Of a link only its address counts: the editor adds what our pages do not use. */
function sameMarks(some: Mark[], others: Mark[]): boolean {
  const told = (marks: Mark[]) => JSON.stringify(marks.map(({ type, attrs }) => [type, attrs?.href]))
  return told(some) === told(others)
}
