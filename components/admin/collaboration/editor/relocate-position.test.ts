import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { bodyExtensions } from '../../body/body-extensions'
import { relocatedPosition } from './relocate-position'

const schema = getSchema(bodyExtensions)
const words = (text: string) => (text === '' ? [] : [schema.text(text)])
const line = (text: string, type = 'paragraph') => schema.node(type, null, words(text))
const quote = (text: string) => schema.node('blockquote', null, [line(text)])
const list = (text: string) => schema.node('bulletList', null, [schema.node('listItem', null, [line(text)])])
const bodyOf = (...blocks: Node[]) => schema.node('doc', null, blocks)

/** The textblock with a bar at the caret, which was at the bar of the last textblock before. */
function relocated(before: Node[], barred: string, now: Node): string | null {
  const at = barred.indexOf('|')
  const was = bodyOf(...before, line(barred.replace('|', '')))
  const position = relocatedPosition(was, was.content.size - 1 - (barred.length - 1 - at), now)
  if (position === null) return null
  const { parent, parentOffset, depth } = now.resolve(position)
  const text = parent.textContent
  return `${now.resolve(position).node(Math.max(1, depth - 1)).type.name} ${text.slice(0, parentOffset)}|${text.slice(parentOffset)}`
}

const ferry = line('The ferry sang.')

test.each([
  ['another heading', line('Nobody slept.', 'heading'), 'heading'],
  ['a quote', quote('Nobody slept.'), 'blockquote'],
  ['a list', list('Nobody slept.'), 'listItem'],
])('made %s, the line has the caret where it was', (_what, made, name) => {
  for (const barred of ['|Nobody slept.', 'Nobody| slept.', 'Nobody slept.|'])
    expect(relocated([ferry], barred, bodyOf(ferry, made))).toBe(`${name} ${barred}`)
})

test('characters that are not in the new block are skipped, and the caret is before them', () => {
  const made = bodyOf(ferry, line('Nobody slept.', 'heading'))
  expect(relocated([ferry], 'Nobody really| slept.', made)).toBe('heading Nobody| slept.')
  expect(relocated([ferry], 'Nobody slept. Loud|', made)).toBe('heading Nobody slept.|')
})

test('joined with the line before, the caret is between the same characters, also where they occur twice', () => {
  const joined = bodyOf(line('The ferry sang.Nobody slept.'))
  for (const barred of ['Nobody| slept.', '|Nobody slept.'])
    expect(relocated([ferry], barred, joined)).toBe(`paragraph The ferry sang.${barred}`)
  expect(relocated([line('ha')], 'h|a', bodyOf(line('haha')))).toBe('paragraph hah|a')
})

test('an empty line that became a subheading has the caret; a deleted line has none', () => {
  expect(relocated([ferry], '|', bodyOf(ferry, line('', 'heading')))).toBe('heading |')
  expect(relocated([ferry], 'Nobody| slept.', bodyOf(ferry))).toBe(null)
  expect(relocated([ferry], 'Nobody| slept.', bodyOf(ferry, line('Another.')))).toBe(null)
})
