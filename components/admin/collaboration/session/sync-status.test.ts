import { expect, test } from 'vitest'
import { restoredMessage, syncStatusMessage, type SyncStatus } from './sync-status'

const errorStatuses = (isStored: boolean): SyncStatus[] => [
  { kind: 'offline', isStored },
  { kind: 'signed-out', message: 'You were signed out.', isStored },
  { kind: 'outdated', message: 'The newsroom was brought up to date.', isStored },
  { kind: 'failed', message: 'something did not arrive', isStored },
]

test('whatever keeps text from being saved, the message says that it is on this device only where it is', () => {
  for (const status of errorStatuses(true)) expect(syncStatusMessage(status)).toMatch(/kept on this device/u)
  for (const status of errorStatuses(false)) {
    expect(syncStatusMessage(status)).not.toMatch(/kept on/u)
    expect(syncStatusMessage(status)).toContain('Keep this tab open: this device cannot keep your words.')
  }
})

test('the message about a restored draft says where the text before it is', () => {
  expect(restoredMessage({ by: 'Edith', person: 2, to: null, keptAs: 7 })).toBe(
    'Edith discarded the changes to this story: it says what readers see. What it said before is kept as version 7.',
  )
  expect(restoredMessage({ by: 'Edith', person: 2, to: 3, keptAs: null })).toBe(
    'Edith brought words of version 3 back into this story.',
  )
})
