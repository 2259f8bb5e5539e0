import { Extension, type Editor } from '@tiptap/core'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { insertChoices, lineChoices, type BlockChoice } from './block-choices'

/** A slash at the beginning of an empty line, and what was typed behind it. */
export type Slash = { from: number; to: number; query: string; choices: BlockChoice[]; chosen: number }

type Kept = { slash: Slash | null; dismissedAt: number | null }

const key = new PluginKey<Kept>('slashMenu')

export const slashIn = (state: EditorState): Slash | null => key.getState(state)?.slash ?? null

/** What the list and its entries are called in the page: the editor says which of them is meant. */
export const SLASH_LIST = 'body-blocks'
export const slashEntryId = (place: number) => `${SLASH_LIST}-${place}`

declare module '@tiptap/core' {
  interface EditorEvents {
    /** Whoever draws the tools puts the block in, and asks first where something has to be asked. */
    blockChosen: BlockChoice
    findAsked: null
  }
}

/**
 * Notices a slash at the beginning of a line, and gives the keys to the list that it opens. The list itself is drawn by React; the caret stays where it
 * is, so typing goes on filtering.
 */
export const SlashMenu = Extension.create({
  name: 'slashMenu',
  priority: 1100,
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin<Kept>({
        key,
        state: {
          init: () => ({ slash: null, dismissedAt: null }),
          apply: (tr, kept, _before, state) => {
            const asked = tr.getMeta(key) as { chosen?: number; dismiss?: true } | undefined
            const found = slashAt(state, editor.storage.correctionNote.notes.length > 0)
            if (found === null) return { slash: null, dismissedAt: null }
            const dismissedAt = asked?.dismiss ? found.from : kept.dismissedAt
            if (dismissedAt === found.from) return { slash: null, dismissedAt }
            const chosen = asked?.chosen ?? (kept.slash?.query === found.query ? kept.slash.chosen : 0)
            return { slash: { ...found, chosen: Math.min(chosen, found.choices.length - 1) }, dismissedAt: null }
          },
        },
        props: {
          attributes: (state): Record<string, string> => {
            const slash = slashIn(state)
            if (!slash) return {}
            return {
              'aria-controls': SLASH_LIST,
              'aria-activedescendant': slashEntryId(slash.chosen),
              'aria-haspopup': 'listbox',
            }
          },
          handleKeyDown: (view, event) => {
            const slash = slashIn(view.state)
            if (!slash || event.isComposing) return false
            const { choices, chosen } = slash
            const go = (by: number) => chooseAt(view, (chosen + by + choices.length) % choices.length)
            if (event.key === 'ArrowDown') go(1)
            else if (event.key === 'ArrowUp') go(-1)
            else if (event.key === 'Escape') view.dispatch(view.state.tr.setMeta(key, { dismiss: true }))
            else if (event.key === 'Enter' || event.key === 'Tab') {
              const choice = choices[chosen]
              if (choice) chooseBlock(editor, choice)
            } else return false
            return true
          },
        },
      }),
    ]
  },
})

export function chooseAt(view: EditorView, place: number) {
  view.dispatch(view.state.tr.setMeta(key, { chosen: place }))
}

/** The slash and what was typed behind it go before the block comes. */
export function chooseBlock(editor: Editor, choice: BlockChoice) {
  const { state, view } = editor
  const slash = slashIn(state)
  if (slash) view.dispatch(state.tr.delete(slash.from, slash.to))
  editor.emit('blockChosen', choice)
}

function slashAt(state: EditorState, hasNotes: boolean): Omit<Slash, 'chosen'> | null {
  const { $from, empty } = state.selection
  const { parent } = $from
  if (!empty || parent.type.name !== 'paragraph' || $from.parentOffset !== parent.content.size) return null
  const [, query] = /^\/([\p{L} ]{0,24})$/u.exec(parent.textContent) ?? []
  if (query === undefined) return null
  const isOuter = $from.depth === 1
  const isBoxed = $from.depth === 2 && $from.node(1).type.name === 'factBox'
  if (!isOuter && !isBoxed) return null
  const sought = query.trim().toLowerCase()
  const choices = [...lineChoices, ...insertChoices].filter(
    ({ name, also, inBoxes, needsNotes }) =>
      (isOuter || inBoxes) &&
      (hasNotes || !needsNotes) &&
      `${name} ${also}`
        .toLowerCase()
        .split(' ')
        .some((_word, place, words) => words.slice(place).join(' ').startsWith(sought)),
  )
  return choices.length === 0 ? null : { from: $from.start(), to: $from.pos, query, choices }
}
