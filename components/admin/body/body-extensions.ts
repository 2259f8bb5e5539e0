import type { AnyExtension } from '@tiptap/core'
import UniqueID from '@tiptap/extension-unique-id'
import type { StarterKitOptions } from '@tiptap/starter-kit'
import { typesWithId } from '@/domain/body/blocks'
import { isSafeLink } from '@/domain/body/inline'
import { newBlockId } from './block-id'
import { BlockKeymap } from './blocks/block-keymap'
import { blockExtensions, editorBlocks } from './blocks'
import { starterKitWith } from './blocks/starter-kit'
import { markExtensions } from './marks'
import { ScrollMargins } from './scroll-margins'
import { SlashMenu } from './toolbar/slash-menu'
import { FindReplace } from './find/find-replace'
import { UnresolvedMarks } from './find/unresolved-marks'
import { TextDirection } from './text-direction'
import { AutomaticChanges } from './typing/automatic-changes'
import { CurrentSelection } from './typing/current-selection'
import { PastedLinks } from './typing/pasted-links'
import { LargePaste } from './paste/large-paste'
import { PasteContext } from './paste/paste-context'
import { PersonalLinks } from './paste/personal-links'

const kit = starterKitWith(editorBlocks)

/**
 * The blocks of a body, links, bold and italic. Pasting drops what the schema does not have.
 * @param overrides for a shared document
 */
export const bodyKit = (overrides: Partial<StarterKitOptions> = {}): AnyExtension[] => [
  kit.configure({
    heading: { levels: [2, 3] },
    code: false,
    codeBlock: false,
    underline: false,
    trailingNode: false,
    // It would also stop invisibly between the cells of a table, where typing adds cells.
    gapcursor: false,
    link: {
      openOnClick: false,
      // It would extend a link with the text typed after it.
      autolink: false,
      linkOnPaste: false,
      defaultProtocol: 'https',
      isAllowedUri: (address) => isSafeLink(address),
      HTMLAttributes: { rel: null, target: null },
    },
    ...overrides,
  }),
  ...markExtensions,
  ...blockExtensions,
  CurrentSelection,
  BlockKeymap,
  AutomaticChanges,
  PastedLinks,
  SlashMenu,
  FindReplace,
  UnresolvedMarks,
  TextDirection,
  PersonalLinks,
  PasteContext,
  LargePaste,
  ScrollMargins,
]

export const uniqueBlockIds = UniqueID.configure({
  attributeName: 'id',
  types: typesWithId,
  generateID: newBlockId,
})

/** For a body outside a shared document. */
export const bodyExtensions = [...bodyKit(), uniqueBlockIds]
