import type { Editor } from '@tiptap/core'
import { emptyBlocks, placeBlock, togglePullQuote } from './block-commands'

/** A block that can be chosen: from the buttons, and from the list that a slash opens. */
export type BlockChoice = {
  name: string
  /** What it is also called, for those who type. */
  also: string
  /** Absent for what stands only at the outermost level. */
  inBoxes?: true
  /** Only where something was said about the story afterwards. */
  needsNotes?: true
  active?: (editor: Editor) => boolean
  /** @param ask opens the question that a block needs answered before it is there */
  run: (editor: Editor, ask: (question: Question) => void) => void
}

/** What a block asks before it is there. */
export type Question = 'embed' | 'note'

/** What the words of a line can become. */
export const lineChoices: BlockChoice[] = [
  {
    name: 'Subheading',
    also: 'heading title',
    inBoxes: true,
    active: (editor) => editor.isActive('heading', { level: 2 }),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    name: 'Smaller subheading',
    also: 'heading title',
    inBoxes: true,
    active: (editor) => editor.isActive('heading', { level: 3 }),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(),
  },
  {
    name: 'Quote',
    also: 'citation',
    active: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    name: 'Bulleted list',
    also: 'points',
    inBoxes: true,
    active: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'Numbered list',
    also: 'ordered',
    inBoxes: true,
    active: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
]

/** What is put between other blocks. */
export const insertChoices: BlockChoice[] = [
  {
    name: 'Pull quote',
    also: 'highlight',
    active: (editor) => editor.isActive('pullQuote'),
    run: togglePullQuote,
  },
  { name: 'Fact box', also: 'aside background', run: (editor) => placeBlock(editor, emptyBlocks.factBox) },
  { name: 'Table', also: 'rows columns figures', run: (editor) => placeBlock(editor, emptyBlocks.table) },
  { name: 'Rule', also: 'line divider', run: (editor) => placeBlock(editor, emptyBlocks.rule) },
  { name: 'Embed', also: 'video map player youtube card', run: (_editor, ask) => ask('embed') },
  { name: 'Correction note', also: 'update clarification', needsNotes: true, run: (_editor, ask) => ask('note') },
]
