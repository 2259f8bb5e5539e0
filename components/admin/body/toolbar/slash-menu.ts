import { Extension, type Editor } from '@tiptap/core'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { blockTypes, childTypes } from '@/domain/body/blocks'
import { insertMenuItems, textMenuItems } from '../blocks'
import type { BlockMenuItem } from '../blocks/block'
import { asUndoStep } from '../typing/undo-step'

/** A line that starts with a slash: its range, the text behind the slash and the items that match it. */
type SlashState = { from: number; to: number; query: string; items: BlockMenuItem[]; highlighted: number }

type PluginState = { slash: SlashState | null; dismissedAt: number | null }
type Meta = { highlighted?: number; dismiss?: true }

const key = new PluginKey<PluginState>('slashMenu')

export const slashState = (state: EditorState): SlashState | null => key.getState(state)?.slash ?? null

/** The DOM ids of the list and its options, which the editor refers to by `aria-activedescendant`. */
export const SLASH_LIST_ID = 'body-blocks'
export const slashOptionId = (index: number) => `${SLASH_LIST_ID}-${index}`

declare module '@tiptap/core' {
  interface EditorEvents {
    /** The toolbar runs the item: some open a dialog first. */
    blockMenuItemChosen: BlockMenuItem
    findRequested: null
  }
}

/**
 * Opens a menu of blocks when a line starts with a slash, and handles its keys; `SlashList` renders it. The focus stays in the editor, and what is
 * typed filters the items. Not `@tiptap/suggestion`: it loads the items asynchronously, wraps the typed text in an element during
 * composition, and has no highlighted item for `aria-activedescendant`.
 */
export const SlashMenu = Extension.create({
  name: 'slashMenu',
  priority: 1100,
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin<PluginState>({
        key,
        state: {
          init: () => ({ slash: null, dismissedAt: null }),
          apply: (tr, previous, _before, state) => {
            const meta = tr.getMeta(key) as Meta | undefined
            const match = matchSlash(state, editor.storage.correctionNote.notes.length > 0)
            if (match === null) return { slash: null, dismissedAt: null }
            const dismissedAt = meta?.dismiss ? match.from : previous.dismissedAt
            if (dismissedAt === match.from) return { slash: null, dismissedAt }
            const highlighted =
              meta?.highlighted ?? (previous.slash?.query === match.query ? previous.slash.highlighted : 0)
            const slash = { ...match, highlighted: Math.min(highlighted, match.items.length - 1) }
            return { slash, dismissedAt: null }
          },
        },
        props: {
          attributes: (state): Record<string, string> => {
            const slash = slashState(state)
            if (!slash) return {}
            return {
              'aria-controls': SLASH_LIST_ID,
              'aria-activedescendant': slashOptionId(slash.highlighted),
              'aria-haspopup': 'listbox',
            }
          },
          handleKeyDown: (view, event) => {
            const slash = slashState(view.state)
            if (!slash || event.isComposing) return false
            const { items, highlighted } = slash
            const setMeta = (meta: Meta) => view.dispatch(view.state.tr.setMeta(key, meta))
            const move = (by: number) => setMeta({ highlighted: (highlighted + by + items.length) % items.length })
            if (event.key === 'ArrowDown') move(1)
            else if (event.key === 'ArrowUp') move(-1)
            else if (event.key === 'Escape') setMeta({ dismiss: true })
            else if (event.key === 'Enter' || event.key === 'Tab') {
              const item = items[highlighted]
              if (item) selectItem(editor, item)
            } else return false
            return true
          },
        },
      }),
    ]
  },
})

/** Deletes the slash and the query, then runs the item: an undo step that leaves the line as typed. */
export function selectItem(editor: Editor, item: BlockMenuItem) {
  const { state, view } = editor
  const slash = slashState(state)
  asUndoStep(view, () => {
    if (slash) view.dispatch(view.state.tr.delete(slash.from, slash.to))
    editor.emit('blockMenuItemChosen', item)
  })
}

function matchSlash(state: EditorState, hasCorrections: boolean): Omit<SlashState, 'highlighted'> | null {
  const { $from, empty } = state.selection
  const { parent } = $from
  if (!empty || parent.type.name !== 'paragraph' || $from.parentOffset !== parent.content.size) return null
  const [, query] = /^\/([\p{L} ]{0,24})$/u.exec(parent.textContent) ?? []
  if (query === undefined) return null
  const allowed = $from.depth === 1 ? blockTypes : $from.depth === 2 ? childTypes($from.node(1).type.name) : []
  const prefix = query.trim().toLowerCase()
  const items = [...textMenuItems, ...insertMenuItems].filter(
    ({ type, name, keywords, needsCorrections }) =>
      allowed.includes(type) &&
      (hasCorrections || !needsCorrections) &&
      `${name} ${keywords}`
        .toLowerCase()
        .split(' ')
        .some((_word, index, terms) => terms.slice(index).join(' ').startsWith(prefix)),
  )
  return items.length === 0 ? null : { from: $from.start(), to: $from.pos, query, items }
}
