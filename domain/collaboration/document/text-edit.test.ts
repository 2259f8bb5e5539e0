import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caretAfter, withEdit, editBetween, rebasedEdit } from './text-edit'

test('the edit between two texts makes one of the other, and splits no surrogate pair', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const edit = editBetween(before, after)
      expect(withEdit(before, edit)).toBe(after)
      expect(edit.insert.isWellFormed()).toBe(true)
      expect(before.slice(edit.at, edit.at + edit.remove).isWellFormed()).toBe(true)
    }),
  )
})

test('of several possible edits, the one that ends at the caret is returned', () => {
  expect(editBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, remove: 0, insert: 'a' })
  expect(editBetween('aaaa', 'aaa', 1)).toEqual({ at: 1, remove: 1, insert: '' })
  expect(editBetween('the kite', 'the red kite', 8)).toEqual({ at: 4, remove: 0, insert: 'red ' })
})

test('a rebased edit keeps the insertions of both', () => {
  const text = fc.string({ maxLength: 12 })
  fc.assert(
    fc.property(text, text, text, text, text, (start, middle, end, mine, theirs) => {
      const before = start + middle + end
      const local = { at: start.length, remove: middle.length, insert: mine }
      const remote = editBetween(before, start + middle + theirs + end)
      const merged = withEdit(withEdit(before, remote), rebasedEdit(local, remote))
      for (const words of [mine, remote.insert]) expect(merged).toContain(words)
    }),
  )
})

test('a caret stays between the same characters while others write before it', () => {
  expect(caretAfter(5, { at: 0, remove: 0, insert: 'Oh, ' })).toBe(9)
  expect(caretAfter(5, { at: 5, remove: 0, insert: '!' })).toBe(5)
  expect(caretAfter(5, { at: 3, remove: 4, insert: 'x' })).toBe(4)
})
