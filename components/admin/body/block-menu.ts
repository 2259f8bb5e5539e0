import type { Editor } from '@tiptap/core'
import { emptyBlocks, insertBlock, togglePullQuote } from './block-commands'

/** A block that can be chosen: from the buttons, and from the list that a slash opens. */
export type BlockMenuItem = {
  name: string
  /** What it is also called, for those who type. */
  keywords: string
  /** Absent for what stands only at the outermost level. */
  allowedInFactBox?: true
  /** Only where something was said about the story afterwards. */
  needsCorrections?: true
  isActive?: (editor: Editor) => boolean
  /** @param openDialog opens the question that a block needs answered before it is there */
  run: (editor: Editor, openDialog: (dialog: BlockDialog) => void) => void
}

/** What a block asks before it is there. */
export type BlockDialog = 'embed' | 'note'

/** What the words of a line can become. */
export const textMenuItems: BlockMenuItem[] = [
  {
    name: 'Subheading',
    keywords: 'heading title',
    allowedInFactBox: true,
    isActive: (editor) => editor.isActive('heading', { level: 2 }),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    name: 'Smaller subheading',
    keywords: 'heading title',
    allowedInFactBox: true,
    isActive: (editor) => editor.isActive('heading', { level: 3 }),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(),
  },
  {
    name: 'Quote',
    keywords: 'citation',
    isActive: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    name: 'Bulleted list',
    keywords: 'points',
    allowedInFactBox: true,
    isActive: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'Numbered list',
    keywords: 'ordered',
    allowedInFactBox: true,
    isActive: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
]

/** What is put between other blocks. */
export const insertMenuItems: BlockMenuItem[] = [
  {
    name: 'Pull quote',
    keywords: 'highlight',
    isActive: (editor) => editor.isActive('pullQuote'),
    run: togglePullQuote,
  },
  { name: 'Fact box', keywords: 'aside background', run: (editor) => insertBlock(editor, emptyBlocks.factBox) },
  { name: 'Table', keywords: 'rows columns figures', run: (editor) => insertBlock(editor, emptyBlocks.table) },
  { name: 'Rule', keywords: 'line divider', run: (editor) => insertBlock(editor, emptyBlocks.rule) },
  { name: 'Embed', keywords: 'video map player youtube card', run: (_editor, openDialog) => openDialog('embed') },
  {
    name: 'Correction note',
    keywords: 'update clarification',
    needsCorrections: true,
    run: (_editor, openDialog) => openDialog('note'),
  },
]
