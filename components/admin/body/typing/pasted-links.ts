import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { isSafeLink } from '@/domain/body/inline'
import { forEachTextblock, textblockText, type Range } from '../find/textblocks'
import { ownOrigins, toLinkAddress } from '../link-address'
import { endUndoStep } from './undo-step'

type Addressed = Range & { href: string }

const key = new PluginKey<Range | null>('pastedLinks')

/**
 * Addresses in what was pasted become links, in an undo step of their own: one Ctrl+Z leaves the text as pasted. An address pasted over text
 * becomes its link. Only addresses with http: or https:, because “went home.It” is none.
 */
export const PastedLinks = Extension.create({
  name: 'pastedLinks',
  addProseMirrorPlugins: () => [
    new Plugin<Range | null>({
      key,
      state: {
        init: () => null,
        apply: (tr) => {
          if (tr.getMeta('uiEvent') !== 'paste' || !tr.docChanged) return null
          const [before, { content }] = [tr.before.content, tr.doc]
          const from = before.findDiffStart(content)
          return from === null ? null : { from, to: Math.max(from, before.findDiffEnd(content)?.b ?? from) }
        },
      },
      props: {
        handlePaste: (view, _event, slice) =>
          linkSelection(view, slice.content.textBetween(0, slice.content.size, ' ')),
      },
      view: () => ({
        update: (view) => {
          const pasted = key.getState(view.state)
          // After every plugin has seen the paste: the shared document has it then.
          if (pasted) queueMicrotask(() => !view.isDestroyed && linkAddresses(view, pasted))
        },
      }),
    }),
  ],
})

/** @returns whether the selected text has been linked to what was pasted */
function linkSelection(view: EditorView, text: string): boolean {
  const { selection, schema, doc, tr } = view.state
  const { from, to, $from, $to } = selection
  const [found] = addressesIn(text)
  const { link } = schema.marks
  if (!link || !found || found.from !== 0 || found.to !== text.length) return false
  if (selection.empty || !$from.sameParent($to) || doc.textBetween(from, to).trim() === '') return false
  endUndoStep(view)
  view.dispatch(tr.addMark(from, to, link.create({ href: found.href })))
  endUndoStep(view)
  return true
}

function linkAddresses(view: EditorView, pasted: Range) {
  const { state } = view
  const { link } = state.schema.marks
  const found = unlinkedAddresses(state, pasted)
  if (!link || found.length === 0) return
  endUndoStep(view)
  const tr = state.tr
  for (const { from, to, href } of found) tr.addMark(from, to, link.create({ href }))
  view.dispatch(tr.removeStoredMark(link))
  endUndoStep(view)
}

function unlinkedAddresses({ doc, schema }: EditorState, pasted: Range): Addressed[] {
  const found: Addressed[] = []
  const { link } = schema.marks
  const isFree = (textblock: Node, { from, to }: Range) => link && !textblock.rangeHasMark(from, to, link)
  forEachTextblock(doc, (textblock, start) => {
    if (start > pasted.to || start + textblock.content.size < pasted.from) return
    for (const { from, to, href } of addressesIn(textblockText(textblock)).filter((at) => isFree(textblock, at)))
      if (start + to > pasted.from && start + from < pasted.to) found.push({ from: start + from, to: start + to, href })
  })
  return found
}

/** Addresses end before punctuation of the sentence, and before a bracket that they do not open. */
export function addressesIn(text: string): Addressed[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}])https?:\/\/[^\s\ufffc<>"“”„‘’«»‹›]+/giu)].flatMap(
    ({ index, 0: match }) => {
      const address = withoutSentenceEnd(match)
      const href = toLinkAddress(address, ownOrigins())
      return isSafeLink(address) ? [{ from: index, to: index + address.length, href }] : []
    },
  )
}

function withoutSentenceEnd(address: string): string {
  const count = new Map<string, number>()
  for (const sign of address) count.set(sign, (count.get(sign) ?? 0) + 1)
  const excess = (closing: string, opening: string) => (count.get(closing) ?? 0) - (count.get(opening) ?? 0)
  let end = address.length
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? ''
    const opening = { ')': '(', ']': '[', '}': '{' }[last]
    if (opening === undefined ? !/[.,:;!?'*_…]/u.test(last) : excess(last, opening) <= 0) break
    count.set(last, (count.get(last) ?? 0) - 1)
  }
  return address.slice(0, end)
}
