import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from '@tiptap/pm/transform'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { XmlElement, XmlText, type XmlFragment } from 'yjs'
import { bindingOf, isFromDocument } from './editor-binding'

/** A step of the editor, and its document before it. */
type LocalStep = { step: Step; before: Node }

/** The local steps since the last update of the view, which writes them. */
type Pending = { steps: LocalStep[]; isWritten: boolean }

const key = new PluginKey<Pending>('exactText')

/**
 * Writes typed and deleted text into the shared document where the editor's steps say. y-tiptap 3.0.9 compares texts instead (`simpleDiff`), and puts
 * an inserted letter behind equal ones: among those of somebody else, where undo then takes the wrong ones. It runs before y-tiptap's binding, which
 * finds the texts equal and writes the rest: marks, blocks, and what is not text in one line (docs/decisions/0028).
 */
export const ExactText = Extension.create({
  name: 'exactText',
  // Before the binding: plugins are updated in their order.
  priority: 1100,
  addProseMirrorPlugins: () => [
    new Plugin<Pending>({
      key,
      state: {
        init: () => ({ steps: [], isWritten: true }),
        apply: (tr, pending) => {
          if (!tr.docChanged) return pending
          // What comes from the document is in it.
          if (isFromDocument(tr)) return { steps: [], isWritten: true }
          const steps = tr.steps.map((step, at) => ({ step, before: tr.docs[at] ?? tr.before }))
          return { steps: pending.isWritten ? steps : [...pending.steps, ...steps], isWritten: false }
        },
      },
      view: () => ({
        update: ({ state }) => {
          const pending = key.getState(state)
          if (!pending || pending.isWritten) return
          pending.isWritten = true
          writeSteps(state, pending.steps)
        },
      }),
    }),
  ],
})

function writeSteps(state: EditorState, steps: LocalStep[]) {
  const binding = bindingOf(state)
  const sync = ySyncPluginKey.getState(state) as { addToHistory?: boolean; snapshot?: unknown } | undefined
  if (!binding || !sync || sync.snapshot != null) return
  const edits = () => {
    for (const { step, before } of steps) {
      // Marks are written by the binding.
      if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) continue
      // Behind a step that is not text in one line, positions are no longer those of the shared document.
      if (!(step instanceof ReplaceStep) || !writeText(binding.type, step, before)) return
    }
  }
  binding.mux(() =>
    binding.doc.transact((transaction) => {
      transaction.meta.set('addToHistory', sync.addToHistory)
      edits()
    }, ySyncPluginKey),
  )
}

/** @returns false where it is not text in one line, or the shared document is not as the editor's before the step */
function writeText(fragment: XmlFragment, { from, to, slice }: ReplaceStep, before: Node): boolean {
  if (slice.openStart > 0 || slice.openEnd > 0) return false
  const inserted = slice.content.content
  if (!inserted.every((node) => node.isText)) return false
  const $from = before.resolve(from)
  if (!$from.parent.isTextblock || !$from.sameParent(before.resolve(to))) return false
  const line = lineAt(
    fragment,
    Array.from({ length: $from.depth }, (_, depth) => $from.index(depth)),
  )
  const run = line && runAt(line, $from.parent, $from.parentOffset, $from.parentOffset + to - from)
  if (!run) return false
  if (to > from) run.text.delete(run.offset, to - from)
  const text = inserted.map((node) => node.text ?? '').join('')
  if (text !== '') run.text.insert(run.offset, text)
  return true
}

/** The element of a textblock. @param path the index of each of its ancestors, and its own */
function lineAt(fragment: XmlFragment, path: number[]): XmlElement | null {
  let at: XmlFragment = fragment
  for (const index of path) {
    const child: unknown = at.get(index)
    if (!(child instanceof XmlElement)) return null
    at = child
  }
  return at instanceof XmlElement ? at : null
}

/** The text of a line in which a range lies, and the offset in it; null where it lies in several, or where the line is another in the document. */
function runAt(line: XmlElement, textblock: Node, from: number, to: number): { text: XmlText; offset: number } | null {
  const runs: { start: number; text: string | null }[] = []
  textblock.forEach((node, start) => {
    const last = runs.at(-1)
    if (node.isText && last?.text != null) last.text += node.text ?? ''
    else runs.push({ start, text: node.isText ? (node.text ?? '') : null })
  })
  const shared: unknown[] = line.toArray()
  if (shared.length !== runs.length) return null
  const isSame = runs.every(({ text }, at) => {
    const child = shared[at]
    return text === null ? child instanceof XmlElement : child instanceof XmlText && stringOf(child) === text
  })
  if (!isSame) return null
  const index = runs.findIndex(({ start, text }) => text !== null && start <= from && to <= start + text.length)
  const text = shared[index]
  return text instanceof XmlText ? { text, offset: from - (runs[index]?.start ?? 0) } : null
}

/** Without the marks, which `toString` writes as XML. */
const stringOf = (text: XmlText): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('')
