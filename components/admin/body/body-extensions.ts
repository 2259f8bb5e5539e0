import { InputRule, textblockTypeInputRule, type AnyExtension, type Node } from '@tiptap/core'
import UniqueID from '@tiptap/extension-unique-id'
import type { NodeType } from '@tiptap/pm/model'
import StarterKit, { type StarterKitOptions } from '@tiptap/starter-kit'
import { isSafeLink, typesWithId } from '@/domain/body/body'
import { ourBlocks } from './body-blocks'
import { emptyBlocks, putBlock } from './block-commands'
import { BlockKeys } from './block-keys'
import { ClearOfBars } from './clear-of-bars'
import { SlashMenu } from './slash-menu'
import { TextSearch } from './text-search'

/** What may stand inside, as domain/body/body.ts has it: the editor offers nothing that saving would take away. */
const content: Record<string, string> = {
  blockquote: 'paragraph+',
  // Not "a paragraph first": where two people take away different parts of an item at once, what is left must still be one.
  listItem: '(paragraph | bulletList | orderedList)+',
}

const kit = StarterKit.extend({
  addExtensions() {
    const extensions: AnyExtension[] = this.parent?.() ?? []
    return extensions.map((extension) => {
      const inside = content[extension.name]
      if (extension.name === 'heading') return (extension as Node).extend({ addInputRules: headingTyped })
      if (extension.name === 'horizontalRule') return extension.extend({ addInputRules: ruleTyped })
      return inside === undefined ? extension : extension.extend({ content: inside })
    })
  },
})

/** `##` and `###` are Tiptap's; a story has one headline, so `#` is a subheading as well. */
function headingTyped(this: { type: NodeType; parent?: () => InputRule[] }) {
  const one = textblockTypeInputRule({ find: /^#\s$/u, type: this.type, getAttributes: { level: 2 } })
  return [one, ...(this.parent?.() ?? [])]
}

/** Three hyphens are a rule where a rule may stand: Tiptap's would tear a table apart. */
const ruleTyped = () => [
  new InputRule({
    find: /^(?:---|—-)$/u,
    handler: ({ state, range }) => {
      if (state.selection.$from.depth !== 1) return null
      putBlock(state.tr.delete(range.from, range.to), state.schema.nodeFromJSON(emptyBlocks.rule))
    },
  }),
]

/**
 * The writing of bodies: the blocks that domain/body/body.ts names, links, bold and italic. Pasting is cleaned by what does not exist here.
 * @param over what differs where others write in the same body
 */
export const bodyKit = (over: Partial<StarterKitOptions> = {}): AnyExtension[] => [
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
    ...over,
  }),
  ...ourBlocks,
  BlockKeys,
  SlashMenu,
  TextSearch,
  ClearOfBars,
]

export const blockIds = UniqueID.configure({
  attributeName: 'id',
  types: typesWithId,
  generateID: newBlockId,
})

/** For a body that nobody else is writing in. */
export const bodyExtensions = [...bodyKit(), blockIds]

/** An id for life of a block. `crypto.randomUUID` is missing where the newsroom is reached by plain http. */
export function newBlockId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
