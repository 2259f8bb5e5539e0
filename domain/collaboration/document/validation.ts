import * as Y from 'yjs'
import { blockTypes, childTypes, isTextblock, nodeSpecs } from '../../body/blocks'
import { bodyLimits } from '../../body/body-parser'
import { isPlainMark, isSafeLink } from '../../body/inline'
import { parsePictureUse } from '../../picture/use'
import { attributesOf, markName } from './body-fragment'
import { namesFields, sharedTypes, textFields } from './story-document'

/** With tombstones: twice the longest body (a million characters of three bytes). With its state vector below the 8 MB of a request body. Bytes. */
export const MAX_DOCUMENT_BYTES = 6 * 1024 * 1024

/** Far above the limits of publication, which are only shown while somebody writes. Characters. */
const MAX_FIELD_LENGTH = 10_000

/** The names of the nodes that a node may contain, in any number: concurrent edits decide that, and `parseBody` normalizes the result. */
function allowedChildren(type: string): readonly string[] {
  if (type === 'doc') return blockTypes
  return isTextblock(type) ? ['hardBreak'] : childTypes(type)
}

/** Bounds empty names, which the length does not. */
const MAX_NAMES = 1000

/** Of a use of a picture as JSON. Characters. */
const MAX_USE_LENGTH = 1000

const INVALID = 'What arrived is not the text of a story, so nothing was changed.'
const TOO_LARGE = 'The story has grown too large to be kept in one piece.'

/** Why a document cannot be stored, or null: an editor would delete unknown nodes, with their text. Ignores unknown shared types. */
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
  if (!isKnownUse(sharedTypes.choices(document).get('picture'))) return INVALID
  return invalidChildReason(sharedTypes.body(document), 'doc', 0, { nodes: 0, characters: 0 })
}

/** False where a newer build, on the same database, has written nodes that are unknown to this one. */
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
 * Whether a new item is nested too deeply, also inside unknown shared types. Yjs calls the observers of every ancestor, so that thousands of levels
 * block a server for minutes, or overflow its stack.
 * @param before the state vector without the new items
 */
export function isTooDeep({ store }: Y.Doc, before: Map<number, number>): boolean {
  return [...store.clients].some(([client, structs]) => {
    const known = before.get(client) ?? 0
    const lastKnown = structs.findLastIndex(({ id }) => id.clock < known)
    return structs.slice(lastKnown + 1).some((item) => item instanceof Y.Item && depthOf(item) > MAX_DEPTH)
  })
}

/** Plus the shared type and the text. */
const MAX_DEPTH = bodyLimits.depth + 2

function depthOf(item: Y.Item): number {
  let depth = 0
  for (let at: Y.Item | null = item; at !== null && depth <= MAX_DEPTH; depth += 1)
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null
  return depth
}

type Delta = { insert: unknown; attributes?: Record<string, unknown> }[]

/** Only characters: an embed would shift the offsets of edits. */
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

/** A newer build may know more of a use; what it is at least is the picture’s id. */
function isKnownUse(value: unknown): boolean {
  if (value === undefined || value === null) return true
  return parsePictureUse(value) !== null && JSON.stringify(value).length <= MAX_USE_LENGTH
}

function isKnownMark(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (isPlainMark(name)) return true
  if (name !== 'link') return false
  const { href, ...others } = value as Record<string, unknown>
  return typeof href === 'string' && isSafeLink(href) && hasPlainValues(others)
}

/** `parseBody` selects the attributes; here they need only be JSON values. */
function hasPlainValues(attributes: Record<string, unknown>): boolean {
  return Object.values(attributes).every(
    (value) => value == null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value),
  )
}
