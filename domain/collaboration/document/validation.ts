import * as Y from 'yjs'
import { blockTypes, isTextblock, nodeSpecs } from '../../body/blocks'
import { bodyLimits } from '../../body/body-parser'
import { isSafeLink } from '../../body/inline'
import { attributesOf, markName } from './body-fragment'
import { namesFields, sharedTypes, textFields } from './story-document'

/**
 * The largest document we keep, with the traces of all that was deleted in it: a body as long as may be (a million characters of three bytes)
 * and as much again. With its vector it goes through the front door, which lets in 8 MB. Bytes.
 */
export const MAX_DOCUMENT_BYTES = 6 * 1024 * 1024

/** The longest a field may grow. Far over what may be published: that is advice while somebody writes. Characters. */
const MAX_FIELD_LENGTH = 10_000

/** The names of the nodes that a node may contain, in any number: concurrent edits decide that, and `parseBody` puts it right. */
function allowedChildren(type: string): readonly string[] {
  if (type === 'doc') return blockTypes
  const content = nodeSpecs[type]?.content ?? []
  return content === 'inline' ? ['hardBreak'] : content
}

/** Empty names would be counted for nothing. */
const MAX_NAMES = 1000

const INVALID = 'What arrived is not the text of a story, so nothing was changed.'
const TOO_LARGE = 'The story has grown too large to be kept in one piece.'

/**
 * Why a document cannot be kept, in a sentence, or null. Everybody's editor obeys what is kept: it takes away what it does not know,
 * and with it the words inside. Parts that this version does not know are let be.
 */
export function invalidReason(document: Y.Doc): string | null {
  for (const field of textFields) {
    const text = sharedTypes.text(document, field)
    if (!isPlain(text, text.toDelta() as Delta)) return INVALID
    if (text.length > MAX_FIELD_LENGTH) return `No field of a story may be longer than ${MAX_FIELD_LENGTH} characters.`
  }
  for (const field of namesFields) {
    const names = sharedTypes.names(document, field).toArray()
    if (!names.every((name) => typeof name === 'string') || names.length > MAX_NAMES) return INVALID
    if (names.join('').length > MAX_FIELD_LENGTH)
      return `No field of a story may be longer than ${MAX_FIELD_LENGTH} characters.`
  }
  const sectionId = sharedTypes.choices(document).get('sectionId')
  if (sectionId !== undefined && sectionId !== null && !Number.isSafeInteger(sectionId)) return INVALID
  return invalidChildReason(sharedTypes.body(document), 'doc', 0, { nodes: 0, characters: 0 })
}

/** Is there nothing in a document but what this build knows? A newer one may have written it, in the same database. */
export const hasKnownSchema = (document: Y.Doc): boolean => invalidReason(document) !== INVALID

function invalidChildReason(
  parent: Y.XmlFragment,
  type: string,
  depth: number,
  count: { nodes: number; characters: number },
): string | null {
  for (const child of parent.toArray()) {
    count.nodes += 1
    if (count.nodes > bodyLimits.nodes || depth + 1 > bodyLimits.depth) return TOO_LARGE
    if (child instanceof Y.XmlText) {
      count.characters += child.length
      if (count.characters > bodyLimits.characters) return TOO_LARGE
      if (!isTextblock(type) || !isKnownText(child)) return INVALID
    } else if (child instanceof Y.XmlElement) {
      if (!allowedChildren(type).includes(child.nodeName) || !hasPlainValues(attributesOf(child))) return INVALID
      if (nodeSpecs[child.nodeName]?.isValid?.(attributesOf(child)) === false) return INVALID
      const reason = invalidChildReason(child, child.nodeName, depth + 1, count)
      if (reason !== null) return reason
    } else return INVALID
  }
  return null
}

/**
 * Stands anything new inside so many others that no text can be that? Also in a part that this version does not know: Yjs tells each of them of what
 * changes inside, so that what is thousands deep keeps a server busy for minutes, or ends it.
 * @param before the state vector without what is new
 */
export function isTooDeep({ store }: Y.Doc, before: Map<number, number>): boolean {
  return [...store.clients].some(([client, structs]) => {
    const known = before.get(client) ?? 0
    const lastKnown = structs.findLastIndex(({ id }) => id.clock < known)
    return structs.slice(lastKnown + 1).some((item) => item instanceof Y.Item && depthOf(item) > MAX_DEPTH)
  })
}

/** Inside a part, and there inside a text's own. */
const MAX_DEPTH = bodyLimits.depth + 2

function depthOf(item: Y.Item): number {
  let depth = 0
  for (let at: Y.Item | null = item; at !== null && depth <= MAX_DEPTH; depth += 1)
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null
  return depth
}

type Delta = { insert: unknown; attributes?: Record<string, unknown> }[]

/** Nothing but characters: the places that people's edits name would be others. */
function isPlain(text: Y.Text, delta: Delta): boolean {
  const pieces = delta.map(({ insert }) => insert)
  return pieces.every((piece) => typeof piece === 'string') && pieces.join('').length === text.length
}

function isKnownText(text: Y.XmlText): boolean {
  const delta = text.toDelta() as Delta
  return (
    isPlain(text, delta) &&
    delta.every(({ attributes = {} }) =>
      Object.entries(attributes).every(([format, value]) => isKnownMark(markName(format), value)),
    )
  )
}

function isKnownMark(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (name === 'bold' || name === 'italic') return true
  if (name !== 'link') return false
  const { href, ...others } = value as Record<string, unknown>
  return typeof href === 'string' && isSafeLink(href) && hasPlainValues(others)
}

/** Which attributes mean something, reading decides; here it is enough that they are words and numbers that JSON can write. */
function hasPlainValues(attributes: Record<string, unknown>): boolean {
  return Object.values(attributes).every(
    (value) => value == null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value),
  )
}
