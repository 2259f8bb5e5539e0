import { mergeAttributes, Node, type Editor } from '@tiptap/core'
import { Fragment, Slice, type Node as Written } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { correctionNames, type Correction } from '@/domain/correction/correction'

declare module '@tiptap/core' {
  interface Storage {
    /** Every note on the story that is written here, as the page has them. */
    correctionNote: { notes: Correction[] }
  }
  interface EditorEvents {
    notesTold: null
  }
}

/** Where a note on this story stands. The document holds the note's id; its words are drawn beside it, and are written in no body. */
export const CorrectionNote = Node.create<object, { notes: Correction[] }>({
  name: 'correctionNote',
  group: 'block',
  atom: true,
  addStorage: () => ({ notes: [] }),
  addAttributes: () => ({
    correctionId: {
      default: 0,
      parseHTML: (element) => Number(element.getAttribute('data-correction')),
      renderHTML: ({ correctionId }) => ({ 'data-correction': String(correctionId) }),
    },
  }),
  parseHTML: () => [{ tag: 'aside[data-correction]' }],
  renderHTML: ({ HTMLAttributes }) => ['aside', mergeAttributes(HTMLAttributes), 'Correction note'],
  addNodeView:
    () =>
    ({ node, editor }) => {
      const dom = document.createElement('aside')
      dom.className = 'card'
      const render = () => {
        const [title, words] = [document.createElement('b'), document.createElement('span')]
        ;[title.textContent, words.textContent] = noteText(editor, node)
        dom.replaceChildren(title, words)
      }
      render()
      editor.on('notesTold', render)
      return { dom, destroy: () => void editor.off('notesTold', render) }
    },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('notesOfOthers'),
        props: { transformPasted: (slice) => withoutForeignNotes(editor, slice) },
      }),
    ]
  },
})

const findNote = (editor: Editor, { attrs }: Written): Correction | undefined =>
  editor.storage.correctionNote.notes.find(({ id }) => id === attrs.correctionId)

function noteText(editor: Editor, node: Written): [label: string, words: string] {
  const note = findNote(editor, node)
  if (!note) return ['Correction note', 'Load this page again to read its words.']
  if (note.kind === 'retraction')
    return ['Retraction', 'A retraction stands above the story: readers see nothing here.']
  return [correctionNames[note.kind].label, note.words]
}

/** A note on another story cannot stand here: the newsroom would refuse everything that was written with it. */
function withoutForeignNotes(editor: Editor, slice: Slice): Slice {
  const { content, openStart, openEnd } = slice
  const known = content.content.filter((node) => node.type.name !== 'correctionNote' || findNote(editor, node))
  if (known.length === content.childCount) return slice
  return new Slice(
    Fragment.from(known),
    known[0] === content.firstChild ? openStart : 0,
    known.at(-1) === content.lastChild ? openEnd : 0,
  )
}
