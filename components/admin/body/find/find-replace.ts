import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { hitsIn, type FindOptions, type Hit } from '@/domain/body/find-text'
import { scrollToMiddle } from '../scroll-margins'
import { forEachTextblock, textblockText, type Range } from './textblocks'

type Query = FindOptions & { query: string }
type FindState = Query & { matches: Range[]; current: number; decorations: DecorationSet }

const key = new PluginKey<FindState | null>('findReplace')

export const findState = (state: EditorState): FindState | null => key.getState(state) ?? null

/** Every match inside a textblock, also across bold text and links. */
export function findMatches(doc: Node, query: Query): Range[] {
  const matches: Range[] = []
  forEachTextblock(doc, (textblock, start) => {
    for (const { from, to } of hitsInTextblock(textblock, query)) matches.push({ from: start + from, to: start + to })
  })
  return matches
}

/** By textblock: nodes are immutable, so only a changed one is searched again. */
const cache = new WeakMap<Node, { query: string; hits: Hit[] }>()

function hitsInTextblock(textblock: Node, { query, matchCase, exact }: Query): Hit[] {
  const asked = `${String(matchCase)} ${String(exact)} ${query}`
  const cached = cache.get(textblock)
  if (cached?.query === asked) return cached.hits
  const hits = hitsIn(textblockText(textblock), query, { matchCase, exact })
  cache.set(textblock, { query: asked, hits })
  return hits
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
          const matches = findMatches(doc, find)
          const previous = find.matches[find.current]
          const index = previous ? matches.findIndex(({ from }) => from >= tr.mapping.map(previous.from, -1)) : 0
          const current = Math.max(0, index)
          const mapped = find.decorations.map(tr.mapping, doc)
          const decorations = isSame(mapped, matches, current) ? mapped : decorationsFor(doc, matches, current)
          return { ...find, matches, current, decorations }
        },
      },
      props: { decorations: (state) => findState(state)?.decorations },
    }),
  ],
})

function decorationsFor(doc: Node, matches: Range[], current: number): DecorationSet {
  const decorations = matches.map(({ from, to }, index) =>
    Decoration.inline(
      from,
      to,
      { class: index === current ? 'found current' : 'found' },
      { isCurrent: index === current },
    ),
  )
  return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations)
}

/** Are these the matches, in place and with the current one? Then nothing is drawn again. */
function isSame(decorations: DecorationSet, matches: Range[], current: number): boolean {
  const drawn = decorations.find().toSorted((one, other) => one.from - other.from)
  return (
    drawn.length === matches.length &&
    drawn.every(({ from, to, spec }, index) => {
      const { isCurrent } = spec as { isCurrent: boolean }
      return from === matches[index]?.from && to === matches[index].to && isCurrent === (index === current)
    })
  )
}

/** Searches from the caret on. An empty query has no matches; null ends the search. */
export function search(view: EditorView, query: Query | null) {
  const { state } = view
  if (query === null) return view.dispatch(state.tr.setMeta(key, null))
  const matches = findMatches(state.doc, query)
  const next = matches.findIndex(({ from }) => from >= state.selection.from)
  showMatch(view, state.tr, query, { matches, current: Math.max(0, next) })
}

/** Goes to the next match, or with -1 to the previous one, and around at the ends. */
export function goToMatch(view: EditorView, by: 1 | -1) {
  const find = findState(view.state)
  if (!find || find.matches.length === 0) return
  const { matches, current } = find
  showMatch(view, view.state.tr, find, { matches, current: (current + by + matches.length) % matches.length })
}

function showMatch(
  view: EditorView,
  tr: Transaction,
  { query, matchCase, exact }: Query,
  { matches, current }: Pick<FindState, 'matches' | 'current'>,
) {
  const match = matches[current]
  if (match) tr.setSelection(TextSelection.create(tr.doc, match.from, match.to))
  const decorations = decorationsFor(tr.doc, matches, current)
  const find: FindState = { query, matchCase, exact, matches, current, decorations }
  if (!tr.docChanged) tr.setMeta('addToHistory', false)
  view.dispatch(tr.setMeta(key, find))
  if (match) scrollToMiddle(view, match.from)
}

/** Replaces the current match, with its marks, by the text as typed, and goes to the next. */
export function replaceCurrent(view: EditorView, replacement: string) {
  const find = findState(view.state)
  const match = find?.matches[find.current]
  if (!find || !match) return
  const tr = replaceRanges(view.state.tr, [match], replacement)
  const matches = findMatches(tr.doc, find)
  const next = matches.findIndex(({ from }) => from >= match.from + replacement.length)
  showMatch(view, tr, find, { matches, current: Math.max(0, next) })
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
