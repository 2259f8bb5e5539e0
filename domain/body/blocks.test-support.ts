import fc from 'fast-check'
import type { Body } from './body'
import { parseBody } from './body-parser'

type Loose = { type: string; attrs?: Record<string, unknown>; content?: Loose[]; text?: string; marks?: unknown[] }

/** Every kind of block, half of them paragraphs and subheadings. */
export function arbitraryBlock(inline: fc.Arbitrary<unknown[]>, id: fc.Arbitrary<string>) {
  const attrs = fc.record({ id })
  const of = (type: string, content: fc.Arbitrary<unknown[]> = inline) =>
    fc.record({ type: fc.constant(type), attrs, content })
  const some = <Item>(item: fc.Arbitrary<Item>, maxLength = 3) => fc.array(item, { minLength: 1, maxLength })
  const leaf = (type: string, attributes: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.record({ type: fc.constant(type), attrs: fc.record({ id, ...attributes }) })
  const subheading = fc.record({
    type: fc.constant('heading'),
    attrs: fc.record({ id, level: fc.constantFrom(2, 3) }),
    content: inline,
  })
  const quote = of('blockquote', some(of('paragraph')))
  const listItem = fc.record({ type: fc.constant('listItem'), content: some(of('paragraph')) })
  const list = fc.oneof(of('bulletList', some(listItem)), of('orderedList', some(listItem)))
  const pullQuote = of(
    'pullQuote',
    fc
      .tuple(some(of('paragraph'), 2), fc.option(of('attribution')))
      .map(([words, by]) => [...words, ...(by ? [by] : [])]),
  )
  const factBox = of('factBox', some(fc.oneof(subheading, of('paragraph'))))
  const table = of(
    'table',
    fc
      .tuple(fc.option(of('tableCaption')), some(of('tableRow', some(of('tableCell')))))
      .map(([caption, rows]) => [...(caption ? [caption] : []), ...rows]),
  )
  const embed = leaf('embed', {
    href: fc.constantFrom('https://harbour.example/tides', 'https://youtu.be/abcdefghijk'),
    title: fc.constantFrom('', 'The tides of Lower Quibble'),
  })
  const note = leaf('correctionNote', { correctionId: fc.integer({ min: 1, max: 3 }) })
  const line = { weight: 8, arbitrary: fc.oneof(of('paragraph'), subheading) }
  return fc.oneof(line, quote, list, pullQuote, factBox, table, leaf('horizontalRule'), embed, note)
}

export const text = (words: string, marks: unknown[] = []) => ({ type: 'text', text: words, marks })
const node = (type: string, id: string, ...content: Loose[]) => ({ type, attrs: { id }, content })
const line = (type: string, id: string, words: string) => node(type, id, text(words))
const heading = (id: string, level: number, words: string) => ({
  ...line('heading', id, words),
  attrs: { id, level },
})
export const paragraph = (id: string, words: string) => line('paragraph', id, words)
export const documentOf = (...content: unknown[]) => ({ type: 'doc', content })

export function bodyOf(...content: unknown[]): Body {
  const body = parseBody(documentOf(...content))
  if (body === null) throw new Error('The body is empty.')
  return body
}

const listItem = (...content: Loose[]) => ({ type: 'listItem', content })
const tableRow = (id: string, ...words: string[]) =>
  node('tableRow', id, ...words.map((word, place) => line('tableCell', `${id}${place}`, word)))

/** A body with every kind of block: parsing, merging and the editor are tested with it. */
export const everyBlock: { type: 'doc'; content: Loose[] } = {
  type: 'doc',
  content: [
    paragraph('p', 'The moon ferry sang again.'),
    heading('h2', 2, 'At the quay'),
    heading('h3', 3, 'Behind the quay'),
    node('blockquote', 'q', paragraph('q1', 'It sang at noon.')),
    node(
      'pullQuote',
      'pull',
      paragraph('pull1', 'I never liked kites'),
      line('attribution', 'pull2', 'Odd Quibble, ferry hand'),
    ),
    { type: 'horizontalRule', attrs: { id: 'rule' } },
    node(
      'factBox',
      'box',
      heading('box1', 2, 'The ferry'),
      paragraph('box2', 'Built of cork.'),
      node('bulletList', 'box3', listItem(paragraph('box4', 'Two funnels')), listItem(paragraph('box5', 'One bell'))),
    ),
    node(
      'table',
      'table',
      line('tableCaption', 'caption', 'Songs by quay'),
      tableRow('r1', 'Quay', 'Songs', 'Kites'),
      tableRow('r2', 'Upper', '12', '3'),
      tableRow('r3', 'Lower', '7', '40'),
    ),
    node('orderedList', 'list', listItem(paragraph('item', 'Cast off'))),
    {
      type: 'embed',
      attrs: { id: 'film', href: 'https://www.youtube.com/watch?v=abcdefghijk', title: 'The ferry sings' },
    },
    { type: 'correctionNote', attrs: { id: 'note', correctionId: 7 } },
    { type: 'embed', attrs: { id: 'card', href: 'https://harbour.example/tides', title: '' } },
  ],
}

/** The body after random edits: nodes removed and added, text inserted. */
export function randomEdit(nat: Iterator<number>): typeof everyBlock {
  const next = () => Number(nat.next().value ?? 0) % 100
  let idCount = 0
  const stamp = next() * 100 + next()
  const withNewIds = (node: Loose): Loose => ({
    ...node,
    ...(node.attrs && { attrs: { ...node.attrs, id: `new-${stamp}-${(idCount += 1)}` } }),
    ...(node.content && { content: node.content.map(withNewIds) }),
  })
  const edited = (node: Loose): Loose => {
    if (node.text !== undefined) {
      const at = next() % (node.text.length + 1)
      return next() < 30 ? { ...node, text: `${node.text.slice(0, at)}+${stamp}+${node.text.slice(at)}` } : node
    }
    if (!node.content) return node
    const content = node.content.flatMap((child) => {
      const chance = next()
      if (chance < 15 && child.type !== 'text') return []
      if (chance < 30 && child.type !== 'text') return [edited(child), withNewIds(child)]
      return [edited(child)]
    })
    return { ...node, content }
  }
  return edited(everyBlock) as typeof everyBlock
}
