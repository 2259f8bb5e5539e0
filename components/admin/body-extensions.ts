import type { AnyExtension } from '@tiptap/core'
import UniqueID from '@tiptap/extension-unique-id'
import StarterKit, { type StarterKitOptions } from '@tiptap/starter-kit'
import { isSafeLink } from '@/domain/story/body'

/** What may stand inside, as domain/story/body.ts has it: the editor offers nothing that saving would take away. */
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
      return inside === undefined ? extension : extension.extend({ content: inside })
    })
  },
})

/**
 * The writing of bodies: paragraphs, subheadings, quotes, lists, links, bold and italic. Pasting is cleaned by what does not exist here.
 * @param over what differs where others write in the same body
 */
export const bodyKit = (over: Partial<StarterKitOptions> = {}) =>
  kit.configure({
    heading: { levels: [2, 3] },
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    trailingNode: false,
    link: {
      openOnClick: false,
      // With it, words typed after a link would become part of the link.
      autolink: false,
      defaultProtocol: 'https',
      isAllowedUri: (address) => isSafeLink(address),
      HTMLAttributes: { rel: null, target: null },
    },
    ...over,
  })

export const blockIds = UniqueID.configure({
  attributeName: 'id',
  types: ['paragraph', 'heading', 'blockquote', 'bulletList', 'orderedList'],
  generateID: newBlockId,
})

/** For a body that nobody else is writing in. */
export const bodyExtensions = [bodyKit(), blockIds]

/** An id for life of a block. `crypto.randomUUID` is missing where the newsroom is reached by plain http. */
export function newBlockId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
