import * as Y from 'yjs'
import { asLine, asWords } from '../story/typed-words'
import { bodyIn, rewriteBody } from './document-body'
import { slugFor, type Copy } from '../story/story'
import { editBetween, type TextEdit } from './text-edit'

/** The fields of a story that are text; the section is a choice, the body a fragment. */
export const textFields = ['kicker', 'headline', 'standfirst', 'dateline', 'slug'] as const
export type TextField = (typeof textFields)[number]

/** The parts of a story's shared document: what several people write in at once, merged word by word. */
export const parts = {
  text: (document: Y.Doc, field: TextField) => document.getText(field),
  choices: (document: Y.Doc) => document.getMap<unknown>('choices'),
  body: (document: Y.Doc) => document.getXmlFragment('body'),
}

/** A document that says what a copy says. Made once for a story: two made apart would merge into every word twice. */
export function documentOf(copy: Copy, addressFollows: boolean): Y.Doc {
  const document = new Y.Doc()
  document.transact(() => {
    rewriteBody(parts.body(document), null)
    rewriteDocument(document, copy, addressFollows)
  })
  return document
}

/**
 * What a document says, as a copy. Lengths are not looked at: they are advice while somebody writes.
 * @throws UnreadableBody when a limit of `bodyLimits` is passed
 */
export function copyIn(document: Y.Doc): Copy {
  const words = (field: TextField) => parts.text(document, field).toString()
  const line = (field: TextField) => asLine(words(field))
  const sectionId = parts.choices(document).get('sectionId')
  const headline = line('headline')
  return {
    headline,
    kicker: line('kicker') || null,
    standfirst: asWords(words('standfirst')) || null,
    dateline: line('dateline') || null,
    sectionId: typeof sectionId === 'number' ? sectionId : null,
    slug: slugFor(line('slug'), headline),
    body: bodyIn(parts.body(document)),
  }
}

/**
 * Makes a document say what a copy says, by the smallest edits, so that what others are writing in it merges.
 * @param addressFollows whether an address that is the headline's goes on following it
 */
export function rewriteDocument(document: Y.Doc, copy: Copy, addressFollows: boolean) {
  document.transact(() => {
    const before = copyIn(document)
    for (const field of ['headline', 'kicker', 'standfirst', 'dateline'] as const)
      if (before[field] !== copy[field]) rewriteText(parts.text(document, field), copy[field] ?? '')
    if (before.sectionId !== copy.sectionId) parts.choices(document).set('sectionId', copy.sectionId)
    if (JSON.stringify(before.body) !== JSON.stringify(copy.body)) rewriteBody(parts.body(document), copy.body)
    const slug = parts.text(document, 'slug')
    const follows = addressFollows && copy.slug === slugFor('', copy.headline)
    if (slugFor(asLine(slug.toString()), copy.headline) !== copy.slug || (!follows && slug.length === 0))
      rewriteText(slug, follows ? '' : copy.slug)
  })
}

function rewriteText(text: Y.Text, words: string) {
  applyEdit(text, editBetween(text.toString(), words))
}

export function applyEdit(text: Y.Text, { at, remove, insert }: TextEdit) {
  if (remove > 0) text.delete(at, remove)
  if (insert !== '') text.insert(at, insert)
}

/** A document with what was kept of it. */
export function documentWith(state: Uint8Array): Y.Doc {
  const document = new Y.Doc()
  Y.applyUpdate(document, state)
  return document
}
