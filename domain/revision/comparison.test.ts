import { describe, expect, test } from 'vitest'
import { bodyOf, paragraph, text } from '../body/blocks.test-support'
import type { DiffChunk } from '../body/text-diff'
import { compareBodies, compareCopies, withBlockRestored, type BlockComparison, type ComparedCopy } from './comparison'
import { blankCopy } from '../copy/copy'

const said = (pieces: DiffChunk[]) =>
  pieces.map(({ change, segments: parts }) => [
    change,
    parts.map((part) => ('text' in part ? part.text : '|')).join(''),
  ])
/** The changes inside a block. */
function changesOf(older: object, newer: object) {
  const [compared] = compareBodies(bodyOf(older), bodyOf(newer))
  return compared?.kind === 'changed' ? said(compared.chunks) : expect.fail('not changed')
}
const kinds = (compared: BlockComparison[]) => compared.map(({ kind, position: place }) => `${kind} ${place}`)

const kites = paragraph('k', 'Kites sang over the harbour of Lower Quibble all night.')
const moon = paragraph('m', 'The moon ferry came back with seven spoons.')
const lamp = paragraph('l', 'Nobody had lit the lamp at the far end of the quay.')

describe('comparing two bodies', () => {
  test('the words that changed inside a block are reported, and no others', () => {
    const hummed = paragraph('k', 'Kites hummed above the harbour of Lower Quibble all night.')
    expect(changesOf(kites, hummed)).toEqual([
      ['same', 'Kites '],
      ['removed', 'sang over'],
      ['added', 'hummed above'],
      ['same', ' the harbour of Lower Quibble all night.'],
    ])
  })

  test('a moved block is reported as moved, with its old position, not as removed and added', () => {
    const compared = compareBodies(bodyOf(kites, moon, lamp), bodyOf(lamp, kites, moon))
    expect(kinds(compared)).toEqual(['moved 1', 'same 2', 'same 3'])
    expect(compared[0]).toMatchObject({ from: 3, changed: false })
  })

  test('a block can be moved and changed', () => {
    const lit = paragraph('l', 'Nobody lit the lamp.')
    const compared = compareBodies(bodyOf(kites, moon, lamp), bodyOf(lit, kites, moon))
    expect(compared[0]).toMatchObject({ kind: 'moved', from: 3, changed: true })
  })

  test('a removed block is listed where it was, before what replaced it', () => {
    const compared = compareBodies(bodyOf(kites, moon, lamp), bodyOf(kites, paragraph('n', 'Rain.'), lamp))
    expect(kinds(compared)).toEqual(['same 1', 'removed 2', 'added 2', 'same 3'])
    expect(kinds(compareBodies(bodyOf(moon, lamp), bodyOf(lamp)))).toEqual(['removed 1', 'same 1'])
  })

  test('a block that lost its id is matched by its text, also when it was edited a little or became a quote', () => {
    const again = { ...kites, attrs: { id: 'other' } }
    expect(kinds(compareBodies(bodyOf(kites, moon), bodyOf(again, moon)))).toEqual(['same 1', 'same 2'])
    const rewritten = paragraph('other', 'Kites sang over the harbour of Lower Quibble all morning.')
    expect(kinds(compareBodies(bodyOf(kites, moon), bodyOf(rewritten, moon)))).toEqual(['changed 1', 'same 2'])
    const quote = { type: 'blockquote', attrs: { id: 'q' }, content: [kites] }
    expect(kinds(compareBodies(bodyOf(kites), bodyOf(quote)))).toEqual(['changed 1'])
  })

  test('other marks, another link or another heading level are changes, even with the same text', () => {
    const linked = (href: string) => ({ ...kites, content: [text('Kites', [{ type: 'link', attrs: { href } }])] })
    const heading = (level: number) => ({ type: 'heading', attrs: { id: 'k', level }, content: [text('Kites')] })
    const bold = { ...kites, content: [text('Kites', [{ type: 'bold' }])] }
    const plain = { ...kites, content: [text('Kites')] }
    const pairs = [
      [linked('/a'), linked('/b')],
      [heading(2), heading(3)],
      [plain, bold],
      [plain, heading(2)],
    ]
    for (const [before, after] of pairs)
      expect(kinds(compareBodies(bodyOf(before), bodyOf(after)))).toEqual(['changed 1'])
  })

  test('text in a script without spaces is compared character by character', () => {
    expect(changesOf(paragraph('k', '雨が降る港'), paragraph('k', '雨が止む港'))[0]).toEqual(['same', '雨が'])
  })

  test('a body added to a headline has only added blocks, a removed one only removed blocks', () => {
    expect(kinds(compareBodies(null, bodyOf(kites)))).toEqual(['added 1'])
    expect(kinds(compareBodies(bodyOf(kites), null))).toEqual(['removed 1'])
  })
})

const copy = (over: Partial<ComparedCopy> = {}): ComparedCopy => ({
  ...blankCopy(),
  headline: 'Moon ferry returns',
  sectionId: 1,
  sectionName: 'Harbour',
  slug: 'moon-ferry-returns',
  body: bodyOf(kites),
  ...over,
})

test('fields are compared word by word, and a copy equals itself', () => {
  const compared = compareCopies(copy(), copy({ headline: 'Moon ferry sinks', kicker: 'Quay' }))
  expect(compared.fields.filter(({ same }) => !same).map(({ field, chunks: pieces }) => [field, said(pieces)])).toEqual(
    [
      [
        'headline',
        [
          ['same', 'Moon ferry '],
          ['removed', 'returns'],
          ['added', 'sinks'],
        ],
      ],
      ['kicker', [['added', 'Quay']]],
    ],
  )
  expect(compared.same).toBe(false)
  expect(compareCopies(copy(), copy()).same).toBe(true)
})

describe('restoring one block', () => {
  test('a changed block gets its former text at its current position, and everything else stays', () => {
    const now = bodyOf(lamp, { ...kites, content: [text('Kites were silent.')] }, moon)
    expect(withBlockRestored(now, bodyOf(kites, moon, lamp), 'k')).toEqual(bodyOf(lamp, kites, moon))
  })

  test('a removed block is restored where it was, also in a story that has no body now', () => {
    expect(withBlockRestored(bodyOf(kites, lamp), bodyOf(kites, moon, lamp), 'm')).toEqual(bodyOf(kites, moon, lamp))
    expect(withBlockRestored(null, bodyOf(kites, moon), 'm')).toEqual(bodyOf(moon))
  })

  test('a block that the earlier body never had cannot be restored', () => {
    expect(withBlockRestored(bodyOf(kites), bodyOf(moon), 'k')).toBeNull()
    expect(withBlockRestored(bodyOf(kites), null, 'k')).toBeNull()
  })
})
