import { expect, test } from 'vitest'
import type { Block } from '../../body/blocks'
import type { Copy } from '../../copy/copy-fields'
import { isLargeDeletion } from './large-deletion'
import { blankCopy } from '../../copy/copy'

const words = (count: number, like = 'kite') => Array.from({ length: count }, (_, at) => `${like}${at}`).join(' ')

const paragraph = (id: string, text: string): Block => ({
  type: 'paragraph',
  attrs: { id },
  content: text === '' ? [] : [{ type: 'text', text, marks: [] }],
})

const copy = (blocks: Block[], fields: Partial<Copy> = {}): Copy => ({
  ...blankCopy(),
  headline: 'The ferry sings to the kites',
  slug: 'ferry',
  body: { type: 'doc', content: blocks },
  ...fields,
})

const [one, two] = [words(60), words(60, 'ferry')]
const story = copy([paragraph('a', one), paragraph('b', two)])

test('deleting or replacing everything, or a block, is a large deletion', () => {
  expect(isLargeDeletion(story, copy([]))).toBe(true)
  expect(isLargeDeletion(story, copy([paragraph('a', 'k')]))).toBe(true)
  expect(isLargeDeletion(story, copy([paragraph('a', words(60, 'moon')), paragraph('b', two)]))).toBe(true)
  const short = copy([paragraph('a', one), paragraph('b', words(5))])
  expect(isLargeDeletion(short, copy([paragraph('a', one)]))).toBe(false)
  const other = copy([paragraph('a', one), paragraph('b', words(8, 'lighthouse'))])
  expect(isLargeDeletion(other, copy([paragraph('a', one)]))).toBe(true)
  expect(isLargeDeletion(other, copy([paragraph('a', one), paragraph('b', '')]))).toBe(true)
})

test('moving a block, joining two, splitting one, or correcting letters deletes nothing', () => {
  expect(isLargeDeletion(story, copy([paragraph('b', two), paragraph('c', one)]))).toBe(false)
  expect(isLargeDeletion(story, copy([paragraph('a', `${one} ${two}`)]))).toBe(false)
  const parts = [paragraph('a', words(30)), paragraph('c', one.slice(words(30).length)), paragraph('b', two)]
  expect(isLargeDeletion(story, copy(parts))).toBe(false)
  const corrected = one.replace('kite0 ', 'Kite0 ').replace('kite59', 'kite59.')
  expect(isLargeDeletion(story, copy([paragraph('a', corrected), paragraph('b', two)]))).toBe(false)
})

test('what a revision has is not deleted', () => {
  expect(isLargeDeletion(story, copy([]), story)).toBe(false)
  expect(isLargeDeletion(story, copy([]), copy([paragraph('a', words(60))]))).toBe(true)
  const standfirst = { standfirst: 'Nobody slept' }
  expect(isLargeDeletion(copy([], standfirst), copy([]), copy([], standfirst))).toBe(false)
})

test('emptying a field, or replacing every word of a long one, is a large deletion', () => {
  expect(isLargeDeletion(copy([], { kicker: 'Sea' }), copy([]))).toBe(true)
  expect(isLargeDeletion(copy([], { authors: ['Wren Wobble'] }), copy([]))).toBe(true)
  expect(isLargeDeletion(story, { ...story, headline: 'The moon is out of songs' })).toBe(true)
  expect(isLargeDeletion(story, { ...story, headline: 'The ferry sings to the kites at dusk' })).toBe(false)
  expect(isLargeDeletion(story, { ...story, headline: 'A ferry sings for the kites' })).toBe(false)
})
