import { Extension, mergeAttributes, Node, type Editor } from '@tiptap/core'
import { TextSelection, type Command } from '@tiptap/pm/state'
import { exitContainer, selectInside } from './block-commands'
import { CONTAINER, contentExpression, type EditorBlock } from './block'

const PullQuote = Node.create({
  name: 'pullQuote',
  group: CONTAINER,
  content: contentExpression('pullQuote'),
  defining: true,
  parseHTML: () => [{ tag: 'figure.pull' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', mergeAttributes(HTMLAttributes, { class: 'pull' }), 0],
})

const Attribution = Node.create({
  name: 'attribution',
  content: contentExpression('attribution'),
  defining: true,
  parseHTML: () => [{ tag: 'figcaption', context: 'pullQuote/' }],
  renderHTML: ({ HTMLAttributes }) => [
    'figcaption',
    mergeAttributes(HTMLAttributes, { 'data-empty': 'Who said it, if anybody' }),
    0,
  ],
})

const PullQuoteKeys = Extension.create({
  name: 'pullQuoteKeys',
  priority: 1000,
  addKeyboardShortcuts() {
    return { Enter: () => enterInPullQuote(this.editor.state, this.editor.view.dispatch) }
  },
})

export const pullQuote: EditorBlock = {
  extensions: [PullQuote, Attribution, PullQuoteKeys],
  insertItems: [
    {
      name: 'Pull quote',
      keywords: 'highlight',
      isActive: (editor) => editor.isActive('pullQuote'),
      run: togglePullQuote,
    },
  ],
}

/** Turns the selected paragraphs into a pull quote, and a pull quote into paragraphs. */
function togglePullQuote(editor: Editor) {
  editor.commands.command(({ state, tr }) => {
    const { $from, $to } = state.selection
    const { pullQuote, paragraph, attribution } = state.schema.nodes
    if (!pullQuote || !paragraph || !attribution || $from.depth === 0) return false
    const topLevel = $from.node(1)
    if (topLevel.type === pullQuote) {
      const lines = topLevel.children.flatMap(({ content, attrs }) =>
        content.size > 0 ? [paragraph.create(attrs, content)] : [],
      )
      tr.replaceWith($from.before(1), $from.after(1), lines.length > 0 ? lines : [paragraph.create()])
      return true
    }
    const range = $from.blockRange($to)
    if (!range || range.depth !== 0) return false
    const lines = state.doc.children.slice(range.startIndex, range.endIndex)
    if (!lines.every(({ isTextblock }) => isTextblock)) return false
    const paragraphs = lines.map(({ content, attrs: { id } }) => paragraph.create({ id }, content))
    const { from } = state.selection
    tr.replaceWith(range.start, range.end, pullQuote.create(null, [...paragraphs, attribution.create()]))
    selectInside(tr, range.start)
    tr.setSelection(TextSelection.near(tr.doc.resolve(from + 1)))
    return true
  })
  editor.commands.focus()
}

/** Enter at the end of the quotation moves to the attribution, and from there below the block. */
const enterInPullQuote: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if ($from.depth < 2 || $from.node(-1).type.name !== 'pullQuote' || !empty) return false
  if ($from.parent.type.name === 'attribution') return exitContainer(state, dispatch)
  const next = $from.node(-1).maybeChild($from.index(-1) + 1)
  if (next?.type.name !== 'attribution' || $from.parentOffset < $from.parent.content.size) return false
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.after() + 1)).scrollIntoView())
  return true
}
