import { expect, test } from 'vitest'
import { bodyOf, everyBlock, text } from './blocks.test-support'
import { itemNumbers } from './blocks/list-numbers'
import { plainText } from './body'
import { parseBody } from './body-parser'
import { publishedBlocks } from './published'

const br = { type: 'hardBreak' }
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const item = (...content: unknown[]) => ({ type: 'listItem', content })
const linesOf = (...blocks: unknown[]) =>
  publishedBlocks(bodyOf(paragraph(text('First.')), ...blocks).content)
    .slice(1)
    .map((block) => `${block.type} ${plainText({ type: 'doc', content: [block] }).replaceAll('\n', ' / ')}`)

test.each([
  '',
  ' ',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '\u2007\u202f',
  '\u00ad',
  '\u2060\u200d',
  '\u2800',
  '\u202a\u202c',
  '\u{e0001}',
  '\u034f\u180e',
])('no line of %j is published, in no block', (blank) => {
  const line = paragraph(...(blank === '' ? [] : [text(blank)]))
  const blanks = [
    line,
    paragraph(text(' '), br, br),
    { type: 'heading', attrs: { level: 2 }, content: line.content },
    { type: 'blockquote', content: [line, line] },
    { type: 'bulletList', content: [item(line), item(line)] },
    { type: 'factBox', content: [{ type: 'heading', attrs: { level: 2 } }, line] },
    { type: 'pullQuote', content: [line, { type: 'attribution' }] },
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: line.content }] }] },
  ]
  expect(linesOf(...blanks, paragraph(text('Last.')))).toEqual(['paragraph Last.'])
})

test.each(['\u200b', '\ufeff\u00ad', '\u2800', '\u3164'])('a body of %j is no body', (blank) => {
  expect(parseBody({ type: 'doc', content: [paragraph(text(blank)), paragraph(text(' '), br)] })).toBeNull()
})

test('breaks within a line stay, those at its ends do not', () => {
  expect(linesOf(paragraph(br, text('One'), br, br, text('two'), br))).toEqual(['paragraph One /  / two'])
})

test('the items of a list keep their numbers when one without words is left out', () => {
  const list = {
    type: 'orderedList',
    content: [item(paragraph(text('One'))), item(paragraph()), item(paragraph(text('Three')))],
  }
  const [, published] = publishedBlocks(bodyOf(paragraph(text('First.')), list).content)
  expect(published).toMatchObject({ content: [{ type: 'listItem' }, { attrs: { value: 3 } }] })
})

test.each([
  ['first', ['', 'B', 'C'], [2, 1]],
  ['middle', ['A', '', 'C'], [3, 1]],
  ['last', ['A', 'B', ''], [3, 2]],
])('a list that counts down keeps its numbers without its %s item', (_which, words, numbers) => {
  const content = words.map((one) => item(paragraph(...(one === '' ? [] : [text(one)]))))
  const list = { type: 'orderedList', attrs: { reversed: true }, content }
  const [, published] = publishedBlocks(bodyOf(paragraph(text('First.')), list).content)
  expect(published?.type === 'orderedList' && itemNumbers(published)).toEqual(numbers)
})

test('the cells of a table stay where they are', () => {
  const cell = (words: string) => ({ type: 'tableCell', content: words === '' ? [] : [text(words)] })
  const table = { type: 'table', content: [{ type: 'tableRow', content: [cell(''), cell('7')] }] }
  expect(linesOf(table)).toEqual(['table \t7'])
})

test('a body without blank lines is published as it is', () => {
  const { content } = bodyOf(...everyBlock.content)
  expect(publishedBlocks(content).map(({ type }) => type)).toEqual(content.map(({ type }) => type))
})
