import * as Y from 'yjs'
import { isTextblock, nodeSpecs } from '../../body/blocks'
import { isBlockId, type Body } from '../../body/body'
import { parseBody } from '../../body/body-parser'
import { markTypes } from '../../body/inline'
import { longestIncreasing } from '../../body/subsequence'
import { editBetween } from './text-edit'

/** A node of the editor's JSON. */
type Node = { type: string; attrs?: Record<string, unknown>; content?: Node[]; text?: string; marks?: Mark[] }
type Mark = { type: string; attrs?: Record<string, unknown> }
type Formats = Record<string, unknown>
type Run = { text: string; formats: Formats }

/**
 * The body in a fragment of y-tiptap, with the results of concurrent edits normalized; null for an empty one.
 * @throws BodyLimitExceeded when a limit of `bodyLimits` is passed
 */
export function bodyFromFragment(fragment: Y.XmlFragment): Body | null {
  const seen = new Set<string>()
  return parseBody({ type: 'doc', content: elementsOf(fragment).map((element) => nodeOf(element, seen)) })
}

/** Changes only what differs, so that concurrent edits merge. */
export function rewriteBody(fragment: Y.XmlFragment, body: Body | null) {
  // An empty body has one paragraph, so that two people who begin at once write in the same one.
  rewriteChildren(fragment, body?.content ?? [{ type: 'paragraph', attrs: { id: crypto.randomUUID() } }])
}

/** The name of a mark, without the hash that y-tiptap adds to marks that may overlap. */
export const markName = (format: string) => format.replace(/--[a-zA-Z0-9+/=]{8}$/u, '')

const elementsOf = (parent: Y.XmlFragment): Y.XmlElement[] =>
  parent.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement)

function nodeOf(element: Y.XmlElement, seen: Set<string>): Node {
  const type = element.nodeName
  const attrs = { ...attributesOf(element), id: idFor(element, seen) }
  const content = isTextblock(type)
    ? joined(element.toArray().flatMap((child) => inlineOf(child, seen)))
    : elementsOf(element).map((child) => nodeOf(child, seen))
  return { type, attrs, content }
}

/** The id of the block, or, without one or with a duplicate, the stable id of its Yjs item. */
function idFor(element: Y.XmlElement, seen: Set<string>): string {
  const { id } = attributesOf(element)
  const chosen = typeof id === 'string' && isBlockId(id) && !seen.has(id) ? id : itemKey(element)
  seen.add(chosen)
  return chosen
}

function itemKey({ _item: item }: Y.XmlElement): string {
  return item === null ? '' : `${item.id.client.toString(36)}-${item.id.clock.toString(36)}`
}

function inlineOf(child: Y.XmlElement | Y.XmlText | Y.XmlHook, seen: Set<string>): Node[] {
  if (child instanceof Y.XmlText)
    return runsOf(child).map(({ text, formats }) => ({ type: 'text', text, marks: marksOf(formats) }))
  return child instanceof Y.XmlElement ? [nodeOf(child, seen)] : []
}

/** Joins adjacent text with equal marks, as the editor does. */
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
  return markTypes.flatMap((type) => {
    const attrs = formats[type]
    return typeof attrs === 'object' && attrs !== null ? [{ type, attrs: { ...attrs } }] : []
  })
}

function runsOf(text: Y.XmlText): Run[] {
  return (text.toDelta() as { insert: unknown; attributes?: Formats }[]).flatMap(({ insert, attributes = {} }) => {
    const formats = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [markName(name), value]))
    return typeof insert === 'string' ? [{ text: insert, formats }] : []
  })
}

export const attributesOf = (element: Y.XmlElement): Record<string, unknown> => element.getAttributes()

/** Keeps the longest sequence of children with the same keys, and rewrites these recursively; deletes and inserts the others. */
function rewriteChildren(parent: Y.XmlFragment, wanted: Node[]) {
  const current = parent.toArray()
  const keys = new Map(current.map((child, index) => [child instanceof Y.XmlElement ? keyOf(child) : '', index]))
  const indexes = wanted.map((node) => keys.get(keyOfNode(node)))
  const retained = longestIncreasing(indexes)
  const staying = new Set([...retained].map((index) => indexes[index]))
  for (let index = current.length - 1; index >= 0; index -= 1) if (!staying.has(index)) parent.delete(index, 1)
  wanted.forEach((node, index) => {
    const element = retained.has(index) ? parent.get(index) : undefined
    if (element instanceof Y.XmlElement) rewriteElement(element, node)
    else parent.insert(index, [elementFor(node)])
  })
}

function rewriteElement(element: Y.XmlElement, { type, attrs = {}, content = [] }: Node) {
  const before = attributesOf(element)
  for (const [name, value] of Object.entries(attrs))
    if (before[name] !== value) element.setAttribute(name, value as string)
  for (const name of Object.keys(nodeSpecs[type]?.attributes ?? {}))
    if (before[name] !== undefined && attrs[name] === undefined) element.removeAttribute(name)
  if (isTextblock(type)) rewriteLine(element, content)
  else rewriteChildren(element, content)
}

const keyOf = (element: Y.XmlElement): string => {
  const { id } = attributesOf(element)
  const [first] = elementsOf(element)
  const own = element.nodeName === 'listItem' ? first && keyOf(first) : typeof id === 'string' ? id : itemKey(element)
  return `${element.nodeName} ${own ?? ''}`
}

const keyOfNode = ({ type, attrs, content = [] }: Node): string => {
  const [first] = content
  return `${type} ${type === 'listItem' ? first && keyOfNode(first) : String(attrs?.id)}`
}

function elementFor(node: Node): Y.XmlElement {
  const element = new Y.XmlElement(node.type)
  for (const [name, value] of Object.entries(node.attrs ?? {})) element.setAttribute(name, value as string)
  const { content = [] } = node
  element.insert(0, isTextblock(node.type) ? partsOf(content).map(newPart) : content.map(elementFor))
  return element
}

/** A part of a textblock: a text, or `null` for a hard break. */
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
  // An empty textblock has a text as well, so that two people who begin at once write in the same one.
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
  const current = element.toArray()
  if (content.length === 0 && current.length === 0) return
  const wanted = partsOf(content)
  const isAlike =
    current.length === wanted.length && wanted.every((part, index) => isBreak(current[index]) === (part === null))
  if (isAlike) {
    wanted.forEach((part, index) => {
      const text = current[index]
      if (part !== null && text instanceof Y.XmlText) rewriteText(text, part)
    })
    return
  }
  element.delete(0, current.length)
  element.insert(0, wanted.map(newPart))
}

const isBreak = (child: unknown) => child instanceof Y.XmlElement

function rewriteText(text: Y.XmlText, wanted: Run[]) {
  const textOf = (runs: Run[]) => runs.map((run) => run.text).join('')
  const { at, remove, insert } = editBetween(textOf(runsOf(text)), textOf(wanted))
  if (remove > 0) text.delete(at, remove)
  if (insert !== '') text.insert(at, insert)
  let index = 0
  for (const { text: piece, formats } of wanted) {
    reformat(text, index, piece.length, formats)
    index += piece.length
  }
}

/** Sets the formats of a range, where they differ. */
function reformat(text: Y.XmlText, at: number, length: number, wanted: Formats) {
  let index = 0
  for (const { insert, attributes = {} } of text.toDelta() as { insert: string; attributes?: Formats }[]) {
    const [from, to] = [Math.max(at, index), Math.min(at + length, index + insert.length)]
    index += insert.length
    if (from >= to || sameFormats(attributes, wanted)) continue
    const none = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]))
    text.format(from, to - from, { ...none, ...wanted })
  }
}

const sameFormats = (one: Formats, other: Formats) => sameMarks(marksOf(one), marksOf(other))

/** Of a link only `href` counts: the editor adds attributes that are not used. */
function sameMarks(some: Mark[], others: Mark[]): boolean {
  const comparable = (marks: Mark[]) => JSON.stringify(marks.map(({ type, attrs }) => [type, attrs?.href]))
  return comparable(some) === comparable(others)
}
