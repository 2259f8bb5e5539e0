import fc from 'fast-check'
import type { Body } from '../../body/body'
import { parseBody } from '../../body/body-parser'
import { arbitraryBlock } from '../../body/blocks.test-support'
import { parseNames } from '../../copy/name'
import { blankCopy } from '../../copy/copy'
import { mapFields, type Copy } from '../../copy/copy-fields'
import { slugFor } from '../../form/slug'
import { toLine, toText } from '../../form/typed-text'

const marks = fc.uniqueArray(fc.constantFrom('bold', 'italic', 'link'), { maxLength: 3 })
const run = fc.record({ text: fc.string({ minLength: 1, maxLength: 12 }), marks }).map(({ text, marks }) => ({
  type: 'text',
  text,
  marks: ['link', 'bold', 'italic']
    .filter((type) => marks.includes(type as 'bold'))
    .map((type) => (type === 'link' ? { type, attrs: { href: 'https://harbour.example/' } } : { type })),
}))
const line = fc.array(fc.oneof({ weight: 4, arbitrary: run }, fc.constant({ type: 'hardBreak' })), { maxLength: 4 })
const id = fc.uuid()
const paragraph = fc.record({ type: fc.constant('paragraph'), attrs: fc.record({ id }), content: line })
const heading = fc.record({
  type: fc.constant('heading'),
  attrs: fc.record({ id, level: fc.constantFrom(2, 3) }),
  content: line,
})
const quote = fc.record({
  type: fc.constant('blockquote'),
  attrs: fc.record({ id }),
  content: fc.array(paragraph, { minLength: 1, maxLength: 2 }),
})
const list = fc.record({
  type: fc.constantFrom('bulletList', 'orderedList'),
  attrs: fc.record({ id }),
  content: fc.array(
    fc.record({ type: fc.constant('listItem'), content: fc.array(paragraph, { minLength: 1, maxLength: 2 }) }),
    { minLength: 1, maxLength: 3 },
  ),
})
const body = fc
  .array(fc.oneof(paragraph, heading, quote, list, arbitraryBlock(line, id)), { maxLength: 6 })
  .map((content) => bodyFrom({ type: 'doc', content }))

const names = fc.array(fc.string(), { maxLength: 5 }).map((typed) => parseNames(typed.join('\n')))

/** Any copy that there may be. */
export const someCopy: fc.Arbitrary<Copy> = fc
  .record({
    ...mapFields({
      headline: () => fc.string({ unit: 'grapheme', maxLength: 40 }).map(toLine),
      line: () => fc.string().map((typed) => toLine(typed) || null),
      text: () => fc.string().map((typed) => toText(typed) || null),
      section: () => fc.option(fc.integer({ min: 1 })),
      slug: () => fc.string(),
      names: () => names,
      body: () => body,
    }),
  })
  .map((copy) => ({ ...copy, slug: slugFor(copy.slug, copy.headline) }))

/** A body as the editor would write it: pieces of text that look alike are one. */
export const bodyFrom = (content: unknown): Body | null => parseBody(joined(content as Node))

type Node = { type: string; text?: string; marks?: unknown; content?: Node[] }

function joined(node: Node): Node {
  if (!node.content) return node
  const content: Node[] = []
  for (const child of node.content.map(joined)) {
    const last = content.at(-1)
    const alike = last?.text !== undefined && JSON.stringify(last.marks) === JSON.stringify(child.marks)
    if (alike && child.text !== undefined) content.splice(-1, 1, { ...last, text: `${last.text}${child.text}` })
    else content.push(child)
  }
  return { ...node, content }
}

export const emptyCopy: Copy = { ...blankCopy(), slug: 'story' }
