import { InputRule, textblockTypeInputRule, type AnyExtension, type Node } from '@tiptap/core'
import UniqueID from '@tiptap/extension-unique-id'
import type { NodeType } from '@tiptap/pm/model'
import StarterKit, { type StarterKitOptions } from '@tiptap/starter-kit'
import { typesWithId } from '@/domain/body/blocks'
import { isSafeLink } from '@/domain/body/inline'
import { blockNodes } from './block-nodes'
import { emptyBlocks, insertNode } from './block-commands'
import { BlockKeymap } from './block-keymap'
import { ScrollMargins } from './scroll-margins'
import { SlashMenu } from './slash-menu'
import { FindReplace } from './find-replace'

/** What may stand inside, as domain/body/body.ts has it: the editor offers nothing that saving would take away. */
const contentExpressions: Record<string, string> = {
  blockquote: 'paragraph+',
  // Not "a paragraph first": where two people take away different parts of an item at once, what is left must still be one.
  listItem: '(paragraph | bulletList | orderedList)+',
}

const kit = StarterKit.extend({
  addExtensions() {
    const extensions: AnyExtension[] = this.parent?.() ?? []
    return extensions.map((extension) => {
      const content = contentExpressions[extension.name]
      if (extension.name === 'heading') return (extension as Node).extend({ addInputRules: headingInputRules })
      if (extension.name === 'horizontalRule') return extension.extend({ addInputRules: ruleInputRules })
      return content === undefined ? extension : extension.extend({ content: content })
    })
  },
})

/** `##` and `###` are Tiptap's; a story has one headline, so `#` is a subheading as well. */
function headingInputRules(this: { type: NodeType; parent?: () => InputRule[] }) {
  const singleHash = textblockTypeInputRule({ find: /^#\s$/u, type: this.type, getAttributes: { level: 2 } })
  return [singleHash, ...(this.parent?.() ?? [])]
}

/** Three hyphens are a rule where a rule may stand: Tiptap's would tear a table apart. */
const ruleInputRules = () => [
  new InputRule({
    find: /^(?:---|—-)$/u,
    handler: ({ state, range }) => {
      if (state.selection.$from.depth !== 1) return null
      insertNode(state.tr.delete(range.from, range.to), state.schema.nodeFromJSON(emptyBlocks.rule))
    },
  }),
]

/**
 * The writing of bodies: the blocks that domain/body/body.ts names, links, bold and italic. Pasting is cleaned by what does not exist here.
 * @param overrides what differs where others write in the same body
 */
export const bodyKit = (overrides: Partial<StarterKitOptions> = {}): AnyExtension[] => [
  kit.configure({
    heading: { levels: [2, 3] },
    code: false,
    codeBlock: false,
    strike: false,
    underline: false,
    trailingNode: false,
    // It would stop between the cells of a table too, where nobody sees it, and letters typed there make cells of their own.
    gapcursor: false,
    link: {
      openOnClick: false,
      // With it, words typed after a link would become part of the link.
      autolink: false,
      defaultProtocol: 'https',
      isAllowedUri: (address) => isSafeLink(address),
      HTMLAttributes: { rel: null, target: null },
    },
    ...overrides,
  }),
  ...blockNodes,
  BlockKeymap,
  SlashMenu,
  FindReplace,
  ScrollMargins,
]

export const uniqueBlockIds = UniqueID.configure({
  attributeName: 'id',
  types: typesWithId,
  generateID: newBlockId,
})

/** For a body that nobody else is writing in. */
export const bodyExtensions = [...bodyKit(), uniqueBlockIds]

/** An id for life of a block. `crypto.randomUUID` is missing where the newsroom is reached by plain http. */
export function newBlockId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
