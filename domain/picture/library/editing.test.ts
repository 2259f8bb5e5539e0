import { expect, test } from 'vitest'
import { aPerson, expectRefusal, refusalOf, valueOf } from '../../newsroom.test-support'
import { refusalSentence } from '../../refusal-sentence'
import { textsOfPicture } from '../picture'
import { editPicture, moveFocalPoint } from './editing'
import { aPicture, pictureNow, sentencesOfPicture } from './picture.test-support'

const fields = async (id: number) => textsOfPicture(await pictureNow(id))

test('the desk writes over what came, and takes its own words back to what came', async () => {
  const { id, by } = await aPicture({ caption: 'Boats', credit: 'Pier', keywords: ['boat'] })
  const edit = { pictureId: id, caption: '  Boats at\u0000 dawn ', people: 'Ada Ey; Bo Kai', keywords: '' }
  valueOf(await editPicture(by, { ...edit, seenVersion: 1 }))
  expect(await fields(id)).toMatchObject({
    caption: 'Boats at dawn',
    credit: 'Pier',
    people: ['Ada Ey', 'Bo Kai'],
    keywords: [],
  })
  expect((await pictureNow(id)).asItCame.told.caption).toBe('Boats')
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 2, caption: 'Boats', keywords: 'boat' }))
  expect((await pictureNow(id)).desk).toMatchObject({ caption: null, keywords: null, people: ['Ada Ey', 'Bo Kai'] })
  expect(await sentencesOfPicture(id)).toEqual([
    'Added “Boats” to the pictures.',
    'Changed “Boats at dawn” (caption, people, keywords; the caption was “Boats”, the keywords was “boat”).',
    'Changed “Boats” (caption, keywords; the caption was “Boats at dawn”).',
  ])
})

test('a reporter edits their own pictures only, an editor and an admin all of them', async () => {
  const { id } = await aPicture()
  expectRefusal(await editPicture(await aPerson('reporter'), { pictureId: id, seenVersion: 1, credit: 'Mine' }), {
    kind: 'not-permitted',
    act: 'picture.edit',
  })
  expect((await fields(id)).credit).toBe('')
  valueOf(await editPicture(await aPerson('editor'), { pictureId: id, seenVersion: 1, credit: 'Pier' }))
  valueOf(await editPicture(await aPerson('admin'), { pictureId: id, seenVersion: 2, credit: 'Quay' }))
  expect((await fields(id)).credit).toBe('Quay')
})

test('the second to save loses nothing: the refusal has what the first one wrote', async () => {
  const { id, by } = await aPicture({ caption: 'Boats' })
  const editor = await aPerson('editor', 'Bo')
  valueOf(await editPicture(editor, { pictureId: id, seenVersion: 1, caption: 'Boats at dusk' }))
  const refusal = refusalOf(await editPicture(by, { pictureId: id, seenVersion: 1, caption: 'Boats at dawn' }))
  expect(refusal).toMatchObject({ kind: 'stale', by: 'Bo', version: 2, theirs: { caption: 'Boats at dusk' } })
  // The same words are no conflict.
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 1, caption: 'Boats at dusk' }))
})

test('decorative and alt text exclude each other', async () => {
  const { id, by } = await aPicture({ altText: 'A pier' })
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 1, decorative: ['no', 'yes'], alt: 'A pier' }))
  expect(await fields(id)).toMatchObject({ decorative: true, alt: '' })
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 2, decorative: 'no' }))
  expect(await fields(id)).toMatchObject({ decorative: false, alt: 'A pier' })
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 3, decorative: 'yes' }))
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 4, alt: 'A long pier' }))
  expect(await fields(id)).toMatchObject({ decorative: false, alt: 'A long pier' })
})

test.each([
  [{ credit: 'x'.repeat(301) }, 'credit', 'The credit is longer than 300 characters.'],
  [{ caption: 'x'.repeat(5001) }, 'caption', 'The caption is longer than 5,000 characters.'],
  [{ people: 'x'.repeat(101) }, 'people', `“${'x'.repeat(30)}…” is longer than 100 characters.`],
  [
    { takenWhen: '2026-02-30' },
    'takenWhen',
    'Write the time as 2026-05-31, 2026-05-31T17:30, a month as 2026-05 or a year.',
  ],
  [{ sourceType: 'painted' }, 'sourceType', 'Choose one from the list.'],
])('%j is refused in a sentence', async (form, field, why) => {
  const { id, by } = await aPicture()
  const refusal = refusalOf(await editPicture(by, { pictureId: id, seenVersion: 1, ...form }))
  expect(refusal).toEqual({ kind: 'invalid', fields: { [field]: [why] } })
  expect(refusalSentence(refusal)).toContain('Everything you typed is still here.')
})

test('what came in the file is never too long, and a credit that nobody would see is none', async () => {
  const { id, by } = await aPicture({ credit: 'Lorem '.repeat(500).trim() })
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 1, caption: 'Boats', credit: 'Lorem '.repeat(500) }))
  valueOf(await editPicture(by, { pictureId: id, seenVersion: 2, credit: '\u200b\u200d\u2060' }))
  expect((await fields(id)).credit).toBe('')
})

test('the focal point moves without a conflict with what is typed meanwhile, and the history has both points', async () => {
  const { id, by } = await aPicture()
  valueOf(await moveFocalPoint(by, { pictureId: id, focusX: '0.25004', focusY: '1' }))
  expect(await pictureNow(id)).toMatchObject({ focus: { focusX: 0.25, focusY: 1 }, version: 1 })
  expect(valueOf(await moveFocalPoint(by, { pictureId: id, focusX: 0.25, focusY: 1 }))).toMatchObject({ id })
  expect(await sentencesOfPicture(id)).toHaveLength(2)
  expect((await sentencesOfPicture(id)).at(-1)).toBe(
    'Moved the focal point of “pier.jpg” to 25 % × 100 % (was 50 % × 50 %).',
  )
  for (const outside of [
    { focusX: 1.01, focusY: 0 },
    { focusX: 'left', focusY: 0 },
    { focusX: 0, focusY: -1 },
  ])
    expectRefusal(await moveFocalPoint(by, { pictureId: id, ...outside }), { kind: 'invalid' })
  expectRefusal(await moveFocalPoint(await aPerson('reporter'), { pictureId: id, focusX: 0, focusY: 0 }), {
    kind: 'not-permitted',
  })
})
