import * as Y from 'yjs'
import { fieldsOf, mapFields, type Copy } from '../../copy/copy-fields'
import { parseNames } from '../../copy/name'
import { isSameUse, parsePictureUse } from '../../picture/use'
import { slugFor } from '../../form/slug'
import { toLine, toText } from '../../form/typed-text'
import { bodyFromFragment, rewriteBody } from './body-fragment'
import { editBetween, type TextEdit } from './text-edit'

/** The fields that are Y.Text. */
export const textFields = fieldsOf('headline', 'line', 'text', 'slug')
export type TextField = (typeof textFields)[number]

/** The fields that are Y.Array: each name is one element, so that additions and removals of two people merge. */
export const namesFields = fieldsOf('names')
export type NamesField = (typeof namesFields)[number]

/** The shared types of a story's Yjs document. */
export const sharedTypes = {
  text: (document: Y.Doc, field: TextField) => document.getText(field),
  choices: (document: Y.Doc) => document.getMap<unknown>('choices'),
  names: (document: Y.Doc, field: NamesField) => document.getArray<unknown>(field),
  body: (document: Y.Doc) => document.getXmlFragment('body'),
}

/** Once for a story: merging two documents that were created separately would insert all text twice. */
export function documentFromCopy(copy: Copy, slugFollows: boolean): Y.Doc {
  const document = new Y.Doc()
  document.transact(() => {
    rewriteBody(sharedTypes.body(document), null)
    rewriteDocument(document, copy, slugFollows)
  })
  return document
}

/**
 * Lengths are not checked: they apply at publication.
 * @throws BodyLimitExceeded when a limit of `bodyLimits` is passed
 */
export function copyFromDocument(document: Y.Doc): Copy {
  const text = (field: TextField) => sharedTypes.text(document, field).toString()
  const line = (field: TextField) => toLine(text(field))
  const sectionId = sharedTypes.choices(document).get('sectionId')
  return mapFields({
    headline: line,
    line: (field) => line(field) || null,
    text: (field) => toText(text(field)) || null,
    section: () => (typeof sectionId === 'number' ? sectionId : null),
    slug: (field) => slugFor(line(field), line('headline')),
    names: (field) => namesOf(sharedTypes.names(document, field)),
    picture: () => parsePictureUse(sharedTypes.choices(document).get('picture')),
    body: () => bodyFromFragment(sharedTypes.body(document)),
  })
}

/** The names of a shared list, without duplicates that merging left. */
export function namesOf(list: Y.Array<unknown>): string[] {
  return parseNames(
    list
      .toArray()
      .filter((name) => typeof name === 'string')
      .join('\n'),
  )
}

/** Changes only the names that differ, so that concurrent additions and removals of others stay. */
export function rewriteNames(list: Y.Array<unknown>, names: readonly string[]) {
  const seen = new Set<unknown>()
  for (let at = 0; at < list.length;) {
    const name = list.get(at)
    if (seen.has(name) || !(names as readonly unknown[]).includes(name)) list.delete(at)
    else at += 1
    seen.add(name)
  }
  names.forEach((name, at) => {
    if (list.get(at) === name) return
    const from = list.toArray().indexOf(name)
    if (from !== -1) list.delete(from)
    list.insert(at, [name])
  })
}

/**
 * Makes a document equal to a copy, by the smallest edits, so that concurrent edits merge.
 * @param slugFollows whether a slug that equals the headline's stays derived from it
 */
export function rewriteDocument(document: Y.Doc, copy: Copy, slugFollows: boolean) {
  document.transact(() => {
    const before = copyFromDocument(document)
    for (const field of fieldsOf('headline', 'line', 'text'))
      if (before[field] !== copy[field]) rewriteText(sharedTypes.text(document, field), copy[field] ?? '')
    if (before.sectionId !== copy.sectionId) sharedTypes.choices(document).set('sectionId', copy.sectionId)
    if (!isSameUse(before.picture, copy.picture))
      sharedTypes.choices(document).set('picture', parsePictureUse(copy.picture))
    for (const field of namesFields)
      if (JSON.stringify(before[field]) !== JSON.stringify(copy[field]))
        rewriteNames(sharedTypes.names(document, field), copy[field])
    if (JSON.stringify(before.body) !== JSON.stringify(copy.body)) rewriteBody(sharedTypes.body(document), copy.body)
    const slug = sharedTypes.text(document, 'slug')
    const follows = slugFollows && copy.slug === slugFor('', copy.headline)
    if (slugFor(toLine(slug.toString()), copy.headline) !== copy.slug || (!follows && slug.length === 0))
      rewriteText(slug, follows ? '' : copy.slug)
  })
}

function rewriteText(text: Y.Text, wanted: string) {
  applyEdit(text, editBetween(text.toString(), wanted))
}

export function applyEdit(text: Y.Text, { at, remove, insert }: TextEdit) {
  if (remove > 0) text.delete(at, remove)
  if (insert !== '') text.insert(at, insert)
}

export function documentFromState(state: Uint8Array): Y.Doc {
  const document = new Y.Doc()
  Y.applyUpdate(document, state)
  return document
}
