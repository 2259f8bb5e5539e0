import fc from 'fast-check'
import * as Y from 'yjs'
import { parseBody } from '../../body/body-parser'
import { arbitraryBlock } from '../../body/blocks.test-support'
import { parseNames } from '../../copy/name'
import { blankCopy } from '../../copy/copy'
import { mapFields, type Copy } from '../../copy/copy-fields'
import { slugFor } from '../../form/slug'
import { toLine, toText } from '../../form/typed-text'
import { documentFromState, sharedTypes } from './story-document'

/** The same document in another tab. */
export const clone = (document: Y.Doc) => documentFromState(Y.encodeStateAsUpdate(document))

/** Values of any type, as a malicious tab may send them. */
export function element(type: string, attributes: object, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(type)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value as string)
  made.insert(0, children)
  return made
}

export function firstLine(document: Y.Doc): Y.XmlText {
  const [paragraph] = sharedTypes.body(document).toArray()
  if (!(paragraph instanceof Y.XmlElement)) throw new Error('There is no paragraph to write in.')
  if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()])
  const [line] = paragraph.toArray()
  if (!(line instanceof Y.XmlText)) throw new Error('There is no line to write in.')
  return line
}

const marks = fc.uniqueArray(fc.constantFrom('bold', 'italic', 'link'), { maxLength: 3 })
const run = fc.record({ text: fc.string({ minLength: 1, maxLength: 12 }), marks }).map(({ text, marks }) => ({
  type: 'text',
  text,
  marks: ['link', 'bold', 'italic']
    .filter((type) => marks.includes(type as 'bold'))
    .map((type) => (type === 'link' ? { type, attrs: { href: 'https://harbour.example/' } } : { type })),
}))
const line = fc
  .array(fc.oneof({ weight: 4, arbitrary: run }, fc.constant({ type: 'hardBreak' })), { maxLength: 4 })
  .map(joined)
const body = fc
  .array(arbitraryBlock(line, fc.uuid()), { maxLength: 6 })
  .map((content) => parseBody({ type: 'doc', content }))

/** Any copy that there may be. */
export const someCopy: fc.Arbitrary<Copy> = fc
  .record(
    mapFields({
      headline: () => fc.string({ unit: 'grapheme', maxLength: 40 }).map(toLine),
      line: () => fc.string().map((typed) => toLine(typed) || null),
      text: () => fc.string().map((typed) => toText(typed) || null),
      section: () => fc.option(fc.integer({ min: 1 })),
      slug: () => fc.string(),
      names: () => fc.array(fc.string(), { maxLength: 5 }).map((typed) => parseNames(typed.join('\n'))),
      picture: () =>
        fc.option(
          fc.record({
            pictureId: fc.integer({ min: 1 }),
            ratio: fc.option(fc.constantFrom('16:9' as const, '4:5' as const)),
            focus: fc.option(fc.constantFrom({ focusX: 0.25, focusY: 1 }, { focusX: 0, focusY: 0.333 })),
          }),
        ),
      body: () => body,
    }),
  )
  .map((copy) => ({ ...copy, slug: slugFor(copy.slug, copy.headline) }))

/** As the editor would write it: pieces of text that look alike are one. */
function joined(nodes: { type: string; text?: string; marks?: unknown }[]) {
  const content: typeof nodes = []
  for (const node of nodes) {
    const last = content.at(-1)
    const alike = last?.text !== undefined && JSON.stringify(last.marks) === JSON.stringify(node.marks)
    if (alike && node.text !== undefined) content.splice(-1, 1, { ...last, text: `${last.text}${node.text}` })
    else content.push(node)
  }
  return content
}

export const emptyCopy: Copy = { ...blankCopy(), slug: 'story' }

export const withBody = (body: unknown): Copy => ({ ...emptyCopy, body: parseBody(body) })
