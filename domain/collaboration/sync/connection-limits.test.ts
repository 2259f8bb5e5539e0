import { expect, test } from 'vitest'
import { StreamRegistry } from './connection-limits'

/** Opens streams, and records the reason of each that is closed. */
function aRegistry(limits = { ofPerson: 2, ofStory: 3, ofAll: 4 }) {
  const streams = new StreamRegistry(limits)
  const ends: string[] = []
  const open = (userId: number, tab: string, storyId = 1) =>
    streams.register({ userId, tab, storyId, close: (reason) => ends.push(`${tab} ${reason}`) })
  return { streams, open, ends }
}

test('the oldest stream of a person is evicted for the newest, in whichever story', () => {
  const { open, ends } = aRegistry()
  open(1, 'first', 1)
  open(2, 'of another')
  open(1, 'second', 2)
  expect(ends).toEqual([])
  open(1, 'third', 3)
  expect(ends).toEqual(['first evicted'])
  open(1, 'fourth', 4)
  expect(ends).toEqual(['first evicted', 'second evicted'])
})

test('a tab that opens its stream again replaces its own, and evicts none', () => {
  const { open, ends } = aRegistry()
  open(1, 'first')
  open(1, 'second')
  open(1, 'second')
  expect(ends).toEqual(['second replaced'])
})

test('a tab has a stream until the last one is released', () => {
  const { streams, open } = aRegistry()
  const first = open(1, 'a tab')
  const second = open(1, 'a tab')
  first?.()
  expect([streams.isOpen(1, 'a tab'), streams.isOpen(2, 'a tab'), streams.isOpen(1, 'another')]).toEqual([
    true,
    false,
    false,
  ])
  second?.()
  expect(streams.isOpen(1, 'a tab')).toBe(false)
})

test('a tab of another person with the same id is not replaced', () => {
  const { open, ends } = aRegistry()
  open(1, 'a tab')
  open(2, 'a tab')
  expect(ends).toEqual([])
})

test('a full story or process accepts no stream, and evicts none', () => {
  const { open, ends } = aRegistry()
  const release = open(1, 'one')
  open(2, 'two')
  open(3, 'three')
  expect(open(4, 'four')).toBe(null)
  open(4, 'four', 2)
  expect(open(5, 'five', 3)).toBe(null)
  expect(ends).toEqual([])
  release?.()
  expect(open(5, 'five')).not.toBe(null)
})
