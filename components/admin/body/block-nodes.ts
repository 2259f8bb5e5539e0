import { mergeAttributes, Node } from '@tiptap/core'
import { hostOf, isEmbeddable } from '@/domain/body/embed'
import { CorrectionNote } from './correction-note-node'

/**
 * The blocks that Tiptap does not bring along. What may stand inside each is said loosely ("any of these, at least one"): where two people change
 * one block at once, what merging leaves must still be one, or everybody's editor would take it away with its words. Reading puts it in order.
 */
const PullQuote = Node.create({
  name: 'pullQuote',
  group: 'block',
  content: '(paragraph | attribution)+',
  defining: true,
  parseHTML: () => [{ tag: 'figure.pull' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', mergeAttributes(HTMLAttributes, { class: 'pull' }), 0],
})

const Attribution = Node.create({
  name: 'attribution',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'figcaption', context: 'pullQuote/' }],
  renderHTML: ({ HTMLAttributes }) => [
    'figcaption',
    mergeAttributes(HTMLAttributes, { 'data-empty': 'Who said it, if anybody' }),
    0,
  ],
})

const FactBox = Node.create({
  name: 'factBox',
  group: 'block',
  content: '(paragraph | heading | bulletList | orderedList)+',
  defining: true,
  parseHTML: () => [{ tag: 'div.box' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { class: 'box' }), 0],
})

/** A table of our own: Tiptap's mends what merging leaves by adding cells, in every browser at once, and each mends what the others added. */
const Table = Node.create({
  name: 'table',
  group: 'block',
  content: '(tableCaption | tableRow)+',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: ({ HTMLAttributes }) => ['div', { class: 'wide' }, ['table', HTMLAttributes, 0]],
})

const TableCaption = Node.create({
  name: 'tableCaption',
  content: 'inline*',
  isolating: true,
  parseHTML: () => [{ tag: 'caption' }],
  renderHTML: ({ HTMLAttributes }) => [
    'caption',
    mergeAttributes(HTMLAttributes, { 'data-empty': 'What the table shows' }),
    0,
  ],
})

const TableRow = Node.create({
  name: 'tableRow',
  content: 'tableCell+',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
})

const TableCell = Node.create({
  name: 'tableCell',
  content: 'inline*',
  isolating: true,
  parseHTML: () => [{ tag: 'td, th' }],
  renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0],
})

const Embed = Node.create({
  name: 'embed',
  group: 'block',
  atom: true,
  addAttributes: () => ({
    href: { default: '', parseHTML: (element) => element.getAttribute('data-href') },
    title: { default: '', parseHTML: (element) => element.getAttribute('data-title') },
  }),
  parseHTML: () => [
    { tag: 'figure[data-href]', getAttrs: (element) => isEmbeddable(element.getAttribute('data-href') ?? '') && null },
  ],
  renderHTML: ({ node, HTMLAttributes: { href: _href, title: _title, ...HTMLAttributes } }) => {
    const { href, title } = node.attrs as { href: string; title: string }
    const attributes = mergeAttributes(HTMLAttributes, { class: 'card', 'data-href': href, 'data-title': title })
    return ['figure', attributes, ['b', {}, title || hostOf(href)], ['span', {}, href]]
  },
})

export const blockNodes = [
  PullQuote,
  Attribution,
  FactBox,
  Table,
  TableCaption,
  TableRow,
  TableCell,
  Embed,
  CorrectionNote,
]
