import { expect, test } from 'vitest'
import { fromWire, toWire } from './protocol'

test('JSON has the keys that tabs and servers of older builds use', () => {
  const message = {
    sequence: 3,
    orphanedIn: 1,
    orphanedText: { number: 1, writers: [7] },
    restoredNotice: { by: 'Edith', person: 2, to: null, keptAs: 7 },
    history: true,
    lacksUpdates: true,
    isDivergent: true,
  }
  expect(toWire(message)).toEqual({
    sequence: 3,
    strandedIn: 1,
    stranded: { number: 1, writers: [7] },
    putBack: { by: 'Edith', person: 2, to: null, keptAs: 7 },
    told: true,
    behind: true,
    apart: true,
  })
  expect(fromWire(toWire(message))).toEqual(message)
  expect(fromWire('told')).toBe(null)
})
