import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { findUnresolved } from '@/domain/copy/flaws'
import { scrollToMiddle } from './scroll-margins'

export type Range = { from: number; to: number }
export type FindState = { query: string; matchCase: boolean; matches: Range[]; current: number }

const findKey = new PluginKey<FindState | null>('textSearch')
const unresolvedKey = new PluginKey<DecorationSet>('unresolved')

export const findState = (state: EditorState): FindState | null => findKey.getState(state) ?? null

/** Every line of a body, with the place of its first character. */
function forEachTextblock(doc: Node, visit: (textblock: Node, start: number) => void) {
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true
    visit(node, at + 1)
    return false
  })
}

/** A line as plain text, as long as it is in the body: what is no text counts as one sign that nobody types. */
const textblockText = (textblock: Node): string => textblock.textBetween(0, textblock.content.size, undefined, '\ufffc')

/** Where words stand in a body. A space is found in whatever width it was pasted: the eye sees no difference. */
export function findMatches(doc: Node, query: string, matchCase: boolean): Range[] {
  if (query === '') return []
  const words = query.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/[ \u00a0\u202f]/gu, '[ \u00a0\u202f]')
  // Compared sign by sign: in capitals some words have other lengths.
  const pattern = new RegExp(words, matchCase ? 'gu' : 'giu')
  const ranges: Range[] = []
  forEachTextblock(doc, (textblock, start) => {
    for (const { index, 0: match } of textblockText(textblock).matchAll(pattern))
      ranges.push({ from: start + index, to: start + index + match.length })
  })
  return ranges
}

/** Finds words in the body, shows where they are, and knows which of them is meant. Nothing of it is in the document. */
export const FindReplace = Extension.create({
  name: 'textSearch',
  addKeyboardShortcuts() {
    return {
      'Mod-f': () => {
        this.editor.emit('findRequested', null)
        return true
      },
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin<FindState | null>({
      key: findKey,
      state: {
        init: () => null,
        apply: (tr, search, _before, { doc }) => {
          const asked = tr.getMeta(findKey) as FindState | null | undefined
          if (asked !== undefined) return asked
          if (!search || !tr.docChanged) return search
          const matches = findMatches(doc, search.query, search.matchCase)
          const at = search.matches[search.current]
          const index = at ? matches.findIndex(({ from }) => from >= tr.mapping.map(at.from, -1)) : 0
          return { ...search, matches, current: Math.max(0, index) }
        },
      },
      props: {
        decorations: (state) => {
          const search = findState(state)
          if (!search) return null
          const marks = search.matches.map(({ from, to }, index) =>
            Decoration.inline(from, to, { class: index === search.current ? 'found current' : 'found' }),
          )
          return DecorationSet.create(state.doc, marks)
        },
      },
    }),
    new Plugin<DecorationSet>({
      key: unresolvedKey,
      state: {
        init: (_config, { doc }) => unresolvedDecorations(doc),
        apply: (tr, marks) => (tr.docChanged ? unresolvedDecorations(tr.doc) : marks),
      },
      props: { decorations: (state) => unresolvedKey.getState(state) },
    }),
  ],
})

/** What was found in a line is not looked for again until somebody writes in it: lines are replaced, never changed. */
const unresolvedCache = new WeakMap<Node, Range[]>()

function unresolvedRanges(textblock: Node): Range[] {
  const known = unresolvedCache.get(textblock)
  if (known !== undefined) return known
  const ranges = findUnresolved(textblockText(textblock))
  unresolvedCache.set(textblock, ranges)
  return ranges
}

/** What is still to come is marked while somebody writes: publishing refuses it. */
function unresolvedDecorations(doc: Node): DecorationSet {
  const marks: Decoration[] = []
  forEachTextblock(doc, (textblock, start) => {
    for (const { from, to } of unresolvedRanges(textblock))
      marks.push(Decoration.inline(start + from, start + to, { class: 'unresolved', title: 'To come' }))
  })
  return marks.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, marks)
}

/** Looks for words from the caret on. An empty search shows nothing; null ends it. */
export function search(view: EditorView, asked: { query: string; matchCase: boolean } | null) {
  const { state } = view
  if (asked === null) return view.dispatch(state.tr.setMeta(findKey, null))
  const matches = findMatches(state.doc, asked.query, asked.matchCase)
  const next = matches.findIndex(({ from }) => from >= state.selection.from)
  showMatch(view, state.tr, { ...asked, matches, current: Math.max(0, next) })
}

/** The next place, or with -1 the one before; behind the last comes the first. */
export function goToMatch(view: EditorView, by: 1 | -1) {
  const now = findState(view.state)
  if (!now || now.matches.length === 0) return
  showMatch(view, view.state.tr, { ...now, current: (now.current + by + now.matches.length) % now.matches.length })
}

function showMatch(view: EditorView, tr: Transaction, now: FindState) {
  const index = now.matches[now.current]
  if (index) tr.setSelection(TextSelection.create(tr.doc, index.from, index.to))
  view.dispatch(tr.setMeta(findKey, now).setMeta('addToHistory', false))
  if (index) scrollToMiddle(view, index.from)
}

/** Puts other words in the place that is meant, with the marks of those that stood there, and goes on to the next. */
export function replaceCurrent(view: EditorView, words: string) {
  const now = findState(view.state)
  const index = now?.matches[now.current]
  if (!now || !index) return
  const tr = withReplacements(view.state.tr, [index], words)
  const matches = findMatches(tr.doc, now.query, now.matchCase)
  const next = matches.findIndex(({ from }) => from >= index.from + words.length)
  showMatch(view, tr, { ...now, matches, current: Math.max(0, next) })
}

/** Everywhere at once: one change, which one undoing takes back. @returns in how many places */
export function replaceAll(view: EditorView, words: string): number {
  const now = findState(view.state)
  if (!now || now.matches.length === 0) return 0
  view.dispatch(withReplacements(view.state.tr, now.matches, words))
  return now.matches.length
}

function withReplacements(tr: Transaction, ranges: Range[], words: string): Transaction {
  for (const { from, to } of ranges.toReversed()) {
    const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to)) ?? []
    if (words === '') tr.delete(from, to)
    else tr.replaceWith(from, to, tr.doc.type.schema.text(words, marks))
  }
  return tr
}
