import { Decoration } from '@tiptap/pm/view'
import { findUnresolved } from '@/domain/copy/flaws'
import { forEachTextblock, textblockText } from './textblocks'
import { documentDecorations, ofEachNode } from '../document-decorations'

/** Highlights text that is still to come: publishing refuses it. */
export const UnresolvedMarks = documentDecorations('unresolvedMarks', (doc) => {
  const decorations: Decoration[] = []
  forEachTextblock(doc, (textblock, start) => {
    for (const { from, to } of unresolvedIn(textblock))
      decorations.push(Decoration.inline(start + from, start + to, { class: 'unresolved', title: 'To come' }))
  })
  return decorations
})

const unresolvedIn = ofEachNode((textblock) => findUnresolved(textblockText(textblock)))
