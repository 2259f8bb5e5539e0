import { expect, test } from 'vitest'
import { blankCopy } from '../copy/copy'
import type { Copy } from '../copy/copy-fields'
import { picturesOf, withPictureReplaced } from './uses'
import { parsePictureUse, useAsForm, useAsText, useFromForm } from './use'

const inBody = [
  { type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text: 'Boats', marks: [] }] },
  { type: 'picture', attrs: { id: 'b', pictureId: 7, alt: 'A pier' } },
  { type: 'gallery', attrs: { id: 'c' }, content: [8, 7].map((pictureId) => ({ type: 'item', attrs: { pictureId } })) },
]
const copy = {
  ...blankCopy(),
  alt: 'Boats',
  picture: { pictureId: 7, ratio: '4:3', focus: { focusX: 0, focusY: 1 } },
  body: { type: 'doc', content: inBody },
} as unknown as Copy

test('the pictures of a copy are that at its head and those of its body, in order, each with its own alt text', () => {
  expect(picturesOf(copy)).toEqual([
    { pictureId: 7, place: 'lead', position: 0, alt: 'Boats' },
    { pictureId: 7, place: 'body', position: 0, alt: 'A pier' },
    { pictureId: 8, place: 'body', position: 1, alt: null },
    { pictureId: 7, place: 'body', position: 2, alt: null },
  ])
  expect(picturesOf(blankCopy())).toEqual([])
})

test('replacing a picture changes it in every place and nothing else', () => {
  const replaced = withPictureReplaced(copy, 7, 9)
  expect(picturesOf(replaced).map(({ pictureId }) => pictureId)).toEqual([9, 9, 8, 9])
  // The crop was chosen for the page, the point for the other picture.
  expect(replaced.picture).toEqual({ pictureId: 9, ratio: '4:3', focus: null })
  expect(withPictureReplaced(replaced, 9, 7).body).toEqual(copy.body)
  expect(withPictureReplaced(blankCopy(), 7, 9)).toEqual(blankCopy())
})

test('a use arrives whole or not at all', () => {
  const use = { pictureId: 7, ratio: '1:1', focus: { focusX: 0.25, focusY: 0.5 } }
  expect(useFromForm(useAsForm(parsePictureUse(use)))).toEqual(use)
  expect(parsePictureUse({ ...use, ratio: '7:1', focus: { focusX: 2, focusY: 0 }, more: 1 })).toEqual({
    pictureId: 7,
    ratio: null,
    focus: null,
  })
  for (const wrong of [null, 7, '7', [], {}, { pictureId: 0 }, { pictureId: '7' }, { pictureId: 1.5 }])
    expect(parsePictureUse(wrong)).toBeNull()
  for (const wrong of ['', '{', 'null', '{"pictureId":-1}']) expect(useFromForm(wrong)).toBeNull()
  expect(useAsText(parsePictureUse(use))).toBe('Picture 7, crop 1:1, focal point 25 % × 50 %')
})
