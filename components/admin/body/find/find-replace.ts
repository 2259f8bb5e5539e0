import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { scrollToMiddle } from '../scroll-margins'
import { forEachTextblock, textblockText, type Range } from './textblocks'

type FindState = { query: string; matchCase: boolean; matches: Range[]; current: number }

const key = new PluginKey<FindState | null>('findReplace')

export const findState = (state: EditorState): FindState | null => key.getState(state) ?? null

/** Every match inside a textblock. A space matches the no-break spaces (U+00A0, U+202F) too, which look the same. */
export function findMatches(doc: Node, query: string, matchCase: boolean): Range[] {
  if (query === '') return []
  const escaped = query.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/[ \u00a0\u202f]/gu, '[ \u00a0\u202f]')
  // Not by `toLowerCase`, which changes the length of some words.
  const pattern = new RegExp(escaped, matchCase ? 'gu' : 'giu')
  const matches: Range[] = []
  forEachTextblock(doc, (textblock, start) => {
    for (const { index, 0: match } of textblockText(textblock).matchAll(pattern))
      matches.push({ from: start + index, to: start + index + match.length })
  })
  return matches
}

/**
 * Find and replace. The state is kept outside the document. Not `prosemirror-search`: it searches the whole document again at every
 * change of the selection, from the start for each match, and neither counts the matches nor keeps the current one.
 */
export const FindReplace = Extension.create({
  name: 'findReplace',
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
      key,
      state: {
        init: () => null,
        apply: (tr, find, _before, { doc }) => {
          const next = tr.getMeta(key) as FindState | null | undefined
          if (next !== undefined) return next
          if (!find || !tr.docChanged) return find
          const matches = findMatches(doc, find.query, find.matchCase)
          const current = find.matches[find.current]
          const index = current ? matches.findIndex(({ from }) => from >= tr.mapping.map(current.from, -1)) : 0
          return { ...find, matches, current: Math.max(0, index) }
        },
      },
      props: {
        decorations: (state) => {
          const find = findState(state)
          if (!find) return null
          const decorations = find.matches.map(({ from, to }, index) =>
            Decoration.inline(from, to, { class: index === find.current ? 'found current' : 'found' }),
          )
          return DecorationSet.create(state.doc, decorations)
        },
      },
    }),
  ],
})

/** Searches from the caret on. An empty query has no matches; null ends the search. */
export function search(view: EditorView, query: Pick<FindState, 'query' | 'matchCase'> | null) {
  const { state } = view
  if (query === null) return view.dispatch(state.tr.setMeta(key, null))
  const matches = findMatches(state.doc, query.query, query.matchCase)
  const next = matches.findIndex(({ from }) => from >= state.selection.from)
  showMatch(view, state.tr, { ...query, matches, current: Math.max(0, next) })
}

/** Goes to the next match, or with -1 to the previous one, and around at the ends. */
export function goToMatch(view: EditorView, by: 1 | -1) {
  const find = findState(view.state)
  if (!find || find.matches.length === 0) return
  const { matches, current } = find
  showMatch(view, view.state.tr, { ...find, current: (current + by + matches.length) % matches.length })
}

function showMatch(view: EditorView, tr: Transaction, find: FindState) {
  const match = find.matches[find.current]
  if (match) tr.setSelection(TextSelection.create(tr.doc, match.from, match.to))
  view.dispatch(tr.setMeta(key, find).setMeta('addToHistory', false))
  if (match) scrollToMiddle(view, match.from)
}

/** Replaces the current match, with its marks, and goes to the next. */
export function replaceCurrent(view: EditorView, replacement: string) {
  const find = findState(view.state)
  const match = find?.matches[find.current]
  if (!find || !match) return
  const tr = replaceRanges(view.state.tr, [match], replacement)
  const matches = findMatches(tr.doc, find.query, find.matchCase)
  const next = matches.findIndex(({ from }) => from >= match.from + replacement.length)
  showMatch(view, tr, { ...find, matches, current: Math.max(0, next) })
}

/** Replaces every match in one transaction. @returns how many */
export function replaceAll(view: EditorView, replacement: string): number {
  const find = findState(view.state)
  if (!find || find.matches.length === 0) return 0
  view.dispatch(replaceRanges(view.state.tr, find.matches, replacement))
  return find.matches.length
}

function replaceRanges(tr: Transaction, ranges: Range[], replacement: string): Transaction {
  for (const { from, to } of ranges.toReversed()) {
    const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to)) ?? []
    if (replacement === '') tr.delete(from, to)
    else tr.replaceWith(from, to, tr.doc.type.schema.text(replacement, marks))
  }
  return tr
}
