import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, blockSegments } from '../body/blocks'
import { plainText, type Body } from '../body/body'
import { bodyLimits, parseBody } from '../body/body-parser'
import { joinText, type Segment } from '../body/segments'
import type { DiffChunk } from '../body/text-diff'
import { compareBodies, withBlockRestored, type BlockComparison } from './comparison'
import { arbitraryBlock, bodyOf, documentOf, paragraph } from '../body/blocks.test-support'

const without = (pieces: DiffChunk[], change: DiffChunk['change']): Segment[] =>
  joinText(pieces.filter((piece) => piece.change !== change).flatMap(({ segments: parts }) => parts))
const word = fc.constantFrom('kite', 'moon', 'ferry', 'quay,', '—', 'Quibble’s', '3.5', '雨', '🙂', ' ', '\n', 'x')
const inline = fc.oneof(
  fc.record({
    type: fc.constant('text'),
    text: fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' ')),
    marks: fc.constantFrom([], [{ type: 'bold' }], [{ type: 'link', attrs: { href: '/kite' } }]),
  }),
  fc.constant({ type: 'hardBreak' }),
)
const id = fc.constantFrom(...'abcdefghij')
const anyBody = fc
  .array(arbitraryBlock(fc.array(inline, { maxLength: 4 }), id), { maxLength: 9 })
  .map((content) => parseBody(documentOf(...content)))

const forAnyTwoBodies = (check: (older: Body | null, newer: Body | null) => void) => () =>
  fc.assert(fc.property(anyBody, anyBody, check))

const newerOf = (compared: BlockComparison[]): Block[] =>
  compared.flatMap((block) => (block.kind === 'removed' ? [] : ['block' in block ? block.block : block.newer]))
/** The older blocks by the position that the comparison gives them. */
const olderOf = (compared: BlockComparison[]): Map<number | null, Block> =>
  new Map(
    compared.flatMap((block): [number | null, Block][] => {
      if (block.kind === 'removed') return [[block.position, block.block]]
      if (block.kind === 'moved') return [[block.from, block.older]]
      return []
    }),
  )

describe('whatever two bodies are', () => {
  test(
    'the comparison contains the newer body in order, and every older block at most once',
    forAnyTwoBodies((older, newer) => {
      const compared = compareBodies(older, newer)
      expect(newerOf(compared)).toEqual(newer?.content ?? [])
      for (const [place, block] of olderOf(compared)) expect(older?.content[(place ?? 0) - 1]).toEqual(block)
      const kept = compared.filter(({ kind }) => kind !== 'added')
      expect(kept).toHaveLength(older?.content.length ?? 0)
    }),
  )

  test(
    'what was not moved or added is in the order of the older body',
    forAnyTwoBodies((older, newer) => {
      const stayed = compareBodies(older, newer).filter(({ kind }) => kind === 'removed' || kind === 'changed')
      const places = stayed.map((block) => ('older' in block ? block.older : 'block' in block ? block.block : null))
      const order = places.map((block) => older?.content.findIndex(({ attrs }) => attrs.id === block?.attrs.id) ?? -1)
      expect(order).toEqual([...order].sort((a, b) => a - b))
    }),
  )

  test(
    'a changed block without the removed chunks is the newer one, without the added chunks the older',
    forAnyTwoBodies((older, newer) => {
      for (const block of compareBodies(older, newer)) {
        if (block.kind !== 'changed' && block.kind !== 'moved') continue
        expect(without(block.chunks, 'removed')).toEqual(blockSegments(block.newer))
        expect(without(block.chunks, 'added')).toEqual(blockSegments(block.older))
      }
    }),
  )

  test(
    'compared with itself, everything is the same',
    forAnyTwoBodies((body) => {
      expect(compareBodies(body, body).every(({ kind }) => kind === 'same')).toBe(true)
    }),
  )

  test(
    'every changed or removed block can be restored, one after the other, until no change is left',
    forAnyTwoBodies((earlier, now) => {
      let body = now
      for (const { attrs } of earlier?.content ?? []) body = withBlockRestored(body, earlier, attrs.id) ?? body
      const left = compareBodies(earlier, body).filter(
        (block) => block.kind === 'removed' || block.kind === 'changed' || (block.kind === 'moved' && block.changed),
      )
      expect(left).toEqual([])
    }),
  )
})

describe('the longest bodies', () => {
  test('a megabyte of shuffled words in one block is reported as replaced, in seconds', () => {
    const shuffled = (step: number) =>
      bodyOf(paragraph('a', Array.from({ length: 150_000 }, (_, place) => `w${(place * step) % 997}`).join(' ')))
    const [before, after] = [shuffled(1), shuffled(7919)]
    const began = performance.now()
    const [compared] = compareBodies(before, after)
    expect(performance.now() - began).toBeLessThan(5_000)
    if (compared?.kind !== 'changed') return expect.fail('not changed')
    expect(compared.chunks.map(({ change }) => change)).toEqual(['removed', 'added'])
  })

  test('the largest number of blocks, all with new ids and text, is compared in seconds', () => {
    const lines = Array.from({ length: bodyLimits.nodes / 2 - 1 }, (_, place) => place)
    const many = (id: string) => bodyOf(...lines.map((place) => paragraph(`${id}${place}`, `kite ${id} ${place}`)))
    const [before, after] = [many('a'), many('b')]
    const began = performance.now()
    const compared = compareBodies(before, after)
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(newerOf(compared).map((block) => blockSegments(block))).toHaveLength(after.content.length)
    expect(plainText({ type: 'doc', content: newerOf(compared) })).toBe(plainText(after))
  })
})
