import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { unresolvedIn } from '@/domain/story/flaws'
import { bringToMiddle } from './clear-of-bars'

export type Place = { from: number; to: number }
export type Search = { sought: string; matchCase: boolean; found: Place[]; current: number }

const key = new PluginKey<Search | null>('textSearch')
const marksKey = new PluginKey<DecorationSet>('unresolved')

export const searchIn = (state: EditorState): Search | null => key.getState(state) ?? null

/** Every line of a body, with the place of its first character. */
function eachLine(doc: Node, look: (line: Node, start: number) => void) {
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true
    look(node, at + 1)
    return false
  })
}

/** A line as plain text, as long as it is in the body: what is no text counts as one sign that nobody types. */
const textOf = (line: Node): string => line.textBetween(0, line.content.size, undefined, '\ufffc')

/** Where words stand in a body. A space is found in whatever width it was pasted: the eye sees no difference. */
export function placesOf(doc: Node, sought: string, matchCase: boolean): Place[] {
  if (sought === '') return []
  const words = sought.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/[ \u00a0\u202f]/gu, '[ \u00a0\u202f]')
  // Compared sign by sign: in capitals some words have other lengths.
  const pattern = new RegExp(words, matchCase ? 'gu' : 'giu')
  const places: Place[] = []
  eachLine(doc, (line, start) => {
    for (const { index, 0: match } of textOf(line).matchAll(pattern))
      places.push({ from: start + index, to: start + index + match.length })
  })
  return places
}

/** Finds words in the body, shows where they are, and knows which of them is meant. Nothing of it is in the document. */
export const TextSearch = Extension.create({
  name: 'textSearch',
  addKeyboardShortcuts() {
    return {
      'Mod-f': () => {
        this.editor.emit('findAsked', null)
        return true
      },
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin<Search | null>({
      key,
      state: {
        init: () => null,
        apply: (tr, search, _before, { doc }) => {
          const asked = tr.getMeta(key) as Search | null | undefined
          if (asked !== undefined) return asked
          if (!search || !tr.docChanged) return search
          const found = placesOf(doc, search.sought, search.matchCase)
          const at = search.found[search.current]
          const place = at ? found.findIndex(({ from }) => from >= tr.mapping.map(at.from, -1)) : 0
          return { ...search, found, current: Math.max(0, place) }
        },
      },
      props: {
        decorations: (state) => {
          const search = searchIn(state)
          if (!search) return null
          const marks = search.found.map(({ from, to }, place) =>
            Decoration.inline(from, to, { class: place === search.current ? 'found current' : 'found' }),
          )
          return DecorationSet.create(state.doc, marks)
        },
      },
    }),
    new Plugin<DecorationSet>({
      key: marksKey,
      state: {
        init: (_config, { doc }) => unresolvedMarks(doc),
        apply: (tr, marks) => (tr.docChanged ? unresolvedMarks(tr.doc) : marks),
      },
      props: { decorations: (state) => marksKey.getState(state) },
    }),
  ],
})

/** What was found in a line is not looked for again until somebody writes in it: lines are replaced, never changed. */
const unresolvedOf = new WeakMap<Node, Place[]>()

function unresolvedPlaces(line: Node): Place[] {
  const known = unresolvedOf.get(line)
  if (known !== undefined) return known
  const places = unresolvedIn(textOf(line))
  unresolvedOf.set(line, places)
  return places
}

/** What is still to come is marked while somebody writes: publishing refuses it. */
function unresolvedMarks(doc: Node): DecorationSet {
  const marks: Decoration[] = []
  eachLine(doc, (line, start) => {
    for (const { from, to } of unresolvedPlaces(line))
      marks.push(Decoration.inline(start + from, start + to, { class: 'unresolved', title: 'To come' }))
  })
  return marks.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, marks)
}

/** Looks for words from the caret on. An empty search shows nothing; null ends it. */
export function search(view: EditorView, asked: { sought: string; matchCase: boolean } | null) {
  const { state } = view
  if (asked === null) return view.dispatch(state.tr.setMeta(key, null))
  const found = placesOf(state.doc, asked.sought, asked.matchCase)
  const next = found.findIndex(({ from }) => from >= state.selection.from)
  show(view, state.tr, { ...asked, found, current: Math.max(0, next) })
}

/** The next place, or with -1 the one before; behind the last comes the first. */
export function goOn(view: EditorView, by: 1 | -1) {
  const now = searchIn(view.state)
  if (!now || now.found.length === 0) return
  show(view, view.state.tr, { ...now, current: (now.current + by + now.found.length) % now.found.length })
}

function show(view: EditorView, tr: Transaction, now: Search) {
  const place = now.found[now.current]
  if (place) tr.setSelection(TextSelection.create(tr.doc, place.from, place.to))
  view.dispatch(tr.setMeta(key, now).setMeta('addToHistory', false))
  if (place) bringToMiddle(view, place.from)
}

/** Puts other words in the place that is meant, with the marks of those that stood there, and goes on to the next. */
export function replaceOne(view: EditorView, words: string) {
  const now = searchIn(view.state)
  const place = now?.found[now.current]
  if (!now || !place) return
  const tr = replaced(view.state.tr, [place], words)
  const found = placesOf(tr.doc, now.sought, now.matchCase)
  const next = found.findIndex(({ from }) => from >= place.from + words.length)
  show(view, tr, { ...now, found, current: Math.max(0, next) })
}

/** Everywhere at once: one change, which one undoing takes back. @returns in how many places */
export function replaceAll(view: EditorView, words: string): number {
  const now = searchIn(view.state)
  if (!now || now.found.length === 0) return 0
  view.dispatch(replaced(view.state.tr, now.found, words))
  return now.found.length
}

function replaced(tr: Transaction, places: Place[], words: string): Transaction {
  for (const { from, to } of places.toReversed()) {
    const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to)) ?? []
    if (words === '') tr.delete(from, to)
    else tr.replaceWith(from, to, tr.doc.type.schema.text(words, marks))
  }
  return tr
}
