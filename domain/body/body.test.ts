import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockTypes, nodeSpecs } from './blocks'
import { tableGrid } from './blocks/table'
import { correctionIdsIn, countWords, plainText } from './body'
import { bodyLimits, BodyLimitExceeded, bodyFromParagraphs, parseBody } from './body-parser'
import { isSafeLink, sanitizeText, inlineText } from './inline'
import { bodyOf, documentOf, everyBlock, text } from './blocks.test-support'

const paragraph = (...content: unknown[]) => ({ type: 'paragraph', attrs: { id: 'p1' }, content })

describe('parsing a body', () => {
  test('known blocks are kept with their ids', () => {
    const document = documentOf(paragraph(text('The ferry sang.')))
    expect(parseBody(document)).toEqual(document)
  })

  test('a block without an id gets one, and two blocks never share one', () => {
    const third = { type: 'paragraph', content: [text('Three.')] }
    const ids = bodyOf(paragraph(text('One.')), paragraph(text('Two.')), third).content.map(({ attrs }) => attrs.id)
    expect(ids[0]).toBe('p1')
    expect(new Set(ids).size).toBe(3)
  })

  test('an unknown block is dropped and the text inside stays', () => {
    expect(plainText(bodyOf({ type: 'script', content: [paragraph(text('Kept words.'))] }))).toBe('Kept words.')
  })

  test.each(Object.getOwnPropertyNames(Object.prototype))('a block of the type %s is unknown', (type) => {
    const inside = { type, content: [paragraph(text('Kept words.')), { type, content: [text('And more.')] }] }
    expect(plainText(bodyOf(inside))).toContain('Kept words.')
  })

  test('a link with a scheme that runs code is text, not a link', () => {
    const link = { type: 'link', attrs: { href: 'javascript:alert(1)' } }
    expect(bodyOf(paragraph(text('press me', [link]))).content[0]).toMatchObject({
      content: [{ text: 'press me', marks: [] }],
    })
  })

  test('a document without text is no body', () => {
    expect(parseBody(documentOf(paragraph()))).toBeNull()
    expect(parseBody(null)).toBeNull()
    expect(parseBody('words')).toBeNull()
  })

  test('lists keep their items and quotes their paragraphs', () => {
    const item = (...content: unknown[]) => ({ type: 'listItem', content })
    const list = {
      type: 'bulletList',
      content: [
        item(paragraph(text('tea'))),
        item(paragraph(text('rope')), { type: 'orderedList', content: [item(paragraph(text('long')))] }),
      ],
    }
    const quote = { type: 'blockquote', content: [paragraph(text('So she said.'))] }
    expect(plainText(bodyOf(list, quote))).toBe('tea\nrope\nlong\nSo she said.')
  })

  test('every kind of block is kept as it is', () => {
    expect(parseBody(everyBlock)).toEqual(everyBlock)
  })

  test('every registered kind of block has an example, and the nodes that it allows are declared', () => {
    const examples = JSON.stringify(everyBlock)
    for (const type of blockTypes) expect(examples).toContain(`{"type":"${type}"`)
    const allowed = Object.values(nodeSpecs).flatMap((spec) => (spec && spec.content !== 'inline' ? spec.content : []))
    for (const name of allowed) expect(nodeSpecs).toHaveProperty(name)
  })

  test('a pull quote has one attribution, in last position; an attribution alone becomes a paragraph', () => {
    const by = (words: string) => ({ type: 'attribution', content: [text(words)] })
    const kinds = (...content: unknown[]) => {
      const [pull] = parseBody(documentOf({ type: 'pullQuote', content }))?.content ?? []
      return pull?.type === 'pullQuote' ? pull.content.map(({ type }) => type) : pull?.type
    }
    expect(kinds(by('Ann'), paragraph(text('Sing')), by('Otto'))).toEqual(['paragraph', 'paragraph', 'attribution'])
    expect(kinds(by('Ann'))).toEqual(['paragraph'])
    expect(kinds()).toBe(undefined)
  })

  test('content between the rows of a table is moved below it', () => {
    const cell = (...content: unknown[]) => ({ type: 'tableCell', content })
    const table = (...content: unknown[]) => bodyOf({ type: 'table', content })
    const header = { type: 'tableHeader', content: [paragraph(text('b'))] }
    const row = { type: 'tableRow', content: [cell(text('a')), header] }
    const caption = (words: string) => ({ type: 'tableCaption', content: [text(words)] })
    const whole = table(row, paragraph(text('between')), caption('One'), caption('Two'))
    expect(plainText(whole)).toBe('One\nTwo\na\tb\nbetween')
    expect(table(caption('Nothing but this')).content.map(({ type }) => type)).toEqual(['paragraph'])
  })

  test('an embed without a web address becomes its title, and an embed alone is a body', () => {
    const embed = (href: string) => parseBody(documentOf({ type: 'embed', attrs: { href, title: 'Tides' } }))
    expect(embed('https://harbour.example')?.content).toMatchObject([{ type: 'embed' }])
    expect(embed('javascript:alert(1)')?.content).toMatchObject([{ type: 'paragraph', content: [{ text: 'Tides' }] }])
    expect(parseBody(documentOf({ type: 'horizontalRule' }))).toBe(null)
  })

  test('a correction has one note, at the top level, and notes alone are no body', () => {
    const note = (correctionId: unknown) => ({ type: 'correctionNote', attrs: { correctionId } })
    const words = paragraph(text('The ferry sang.'))
    const unreadable = [0, -1, 1.5, '7', null, 2 ** 60].map(note)
    const quote = { type: 'blockquote', content: [words, note(8)] }
    const body = bodyOf(note(7), words, ...unreadable, note(7), quote)
    expect(body.content.map(({ type }) => type)).toEqual(['correctionNote', 'paragraph', 'blockquote'])
    expect(correctionIdsIn(body)).toEqual([7])
    expect(plainText(body)).toBe('The ferry sang.\nThe ferry sang.')
    expect(parseBody(documentOf(note(7)))).toBe(null)
  })

  test('a body beyond a limit is refused, and the error names the limit', () => {
    let deep: unknown = paragraph(text('bottom'))
    for (let level = 0; level <= bodyLimits.depth; level += 1) deep = { type: 'blockquote', content: [deep] }
    expect(() => bodyOf(deep)).toThrow(BodyLimitExceeded)
    const parts = Array.from({ length: bodyLimits.nodes + 1 }, () => paragraph())
    expect(() => bodyOf(...parts)).toThrow(/20,000 parts/u)
    expect(() => bodyOf(paragraph(text('x'.repeat(bodyLimits.characters + 1))))).toThrow(/1,000,000/u)
  })

  test('any JSON is parsed without a crash, and parsing twice changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = parseBody(documentOf(value, paragraph(value, { type: 'text', text: value })))
        expect(parseBody(once)).toEqual(once)
      }),
    )
  })
})

test('characters that XML or Postgres cannot hold are removed', () => {
  expect(sanitizeText('a\u0000b\ud800c\u0007d\ne\tf')).toBe('ab\ufffdcd\ne\tf')
})

test('paragraphs become a body, word for word', () => {
  const body = bodyFromParagraphs(['“One,” she said.', 'Two.'])
  expect(body && plainText(body)).toBe('“One,” she said.\nTwo.')
  expect(body && countWords(plainText(body))).toBe(4)
})

test.each([
  'https://example.test/a?b=c',
  'http://example.test',
  'mailto:desk@example.test',
  'tel:+4912345',
  '/europe/x-1',
  '#note',
])('%s is a link', (href) => {
  expect(isSafeLink(href)).toBe(true)
})

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  '//evil.test',
  '/\\evil.test',
  'vbscript:x',
  'https:evil',
  '',
])('%j is not a link', (href) => {
  expect(isSafeLink(href)).toBe(false)
})

describe('a table', () => {
  const cell = (words: string) => ({ type: 'tableCell', content: words === '' ? [] : [text(words)] })
  const grid = (lines: string[][]) => {
    const content = lines.map((cells) => ({ type: 'tableRow', content: cells.map(cell) }))
    const [table] = bodyOf({ type: 'table', content }).content
    if (table?.type !== 'table') return expect.fail('no table')
    const { head, rows } = tableGrid(table)
    const words = (row: (typeof rows)[number]) => row.map(({ cell }) => cell && inlineText(cell.content))
    return { head: head.map(words), rows: rows.map(words) }
  }

  test('with rows of different lengths is filled up to the longest', () => {
    expect(grid([['a', 'b'], ['c']])).toEqual({ head: [['a', 'b']], rows: [['c', null]] })
  })

  test('of one wide row and many short ones takes memory for its cells, not for each place', () => {
    const wide = Array.from({ length: 3000 }, () => 'a')
    const { head, rows } = grid([wide, ...Array.from({ length: 3000 }, () => ['b'])])
    expect([head[0]?.length, rows.length, rows[0]]).toEqual([3000, 3000, ['b']])
  })

  test('has a head if the first row has text and others follow', () => {
    expect(grid([['a', 'b']])).toEqual({ head: [], rows: [['a', 'b']] })
    expect(grid([['', ''], ['c']]).head).toEqual([])
  })
})
