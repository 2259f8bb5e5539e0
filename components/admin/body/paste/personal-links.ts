import { Decoration } from '@tiptap/pm/view'
import { mayNamePerson } from '@/domain/body/link-wrappers'
import { forEachTextblock, type Range } from '../find/textblocks'
import { documentDecorations, ofEachNode } from '../document-decorations'

export const PERSONAL_LINK = 'This link may tell readers who received it. Open it and put the address of the page here.'

/** Highlights links that may name a person and cannot be unwrapped. */
export const PersonalLinks = documentDecorations('personalLinks', (doc) => {
  const decorations: Decoration[] = []
  forEachTextblock(doc, (textblock, start) => {
    for (const { from, to } of personalLinksIn(textblock))
      decorations.push(Decoration.inline(start + from, start + to, { class: 'personal-link', title: PERSONAL_LINK }))
  })
  return decorations
})

const personalLinksIn = ofEachNode((textblock) => {
  const ranges: Range[] = []
  textblock.forEach((part, from) => {
    const href: unknown = part.marks.find(({ type }) => type.name === 'link')?.attrs.href
    if (typeof href === 'string' && mayNamePerson(href)) ranges.push({ from, to: from + part.nodeSize })
  })
  return ranges
})
