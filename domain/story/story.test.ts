import { expect, test } from 'vitest'
import { Refused } from '../refusal'
import { missingForPublication } from '../copy/flaws'
import { copy, draft, live, now, publication } from './stages.test-support'
import { hasUnpublishedChanges, publish, requireFinished, withdraw, type Scheduled } from './story'

test('a headline and a section are required; a body is not', () => {
  expect(missingForPublication({ ...copy, headline: ' ', sectionId: null })).toEqual(['a headline', 'a section'])
  expect(missingForPublication(copy)).toEqual([])
  expect(() => requireFinished({ ...copy, sectionId: null })).toThrow(Refused)
})

test('a story goes live when it is first published, and publishing changes keeps that time', () => {
  const ready = { ...requireFinished(copy), authorIds: [3], topicIds: [] }
  const later = new Date('2026-01-02T12:00:00Z')
  expect(publish(draft, ready, 5, now)).toMatchObject({ stage: 'live', liveAt: now, liveRevisionId: 5, authorIds: [3] })
  expect(publish(live, ready, 6, later)).toMatchObject({ liveAt: now, liveRevisionId: 6 })
  expect(
    publish({ ...live, stage: 'withdrawn', withdrawnAt: now, withdrawnReason: 'x' }, ready, 6, later),
  ).toMatchObject({ stage: 'live', liveAt: later })
})

test('only a live story can be withdrawn', () => {
  expect(withdraw(live, 'A mistake', now)).toMatchObject({ stage: 'withdrawn', withdrawnAt: now })
  expect(() => withdraw(draft, 'A mistake', now)).toThrow(Refused)
  const scheduled: Scheduled = { ...draft, ...publication, stage: 'scheduled', unpublish: null }
  expect(() => withdraw(scheduled, 'A mistake', now)).toThrow(Refused)
})

test('a live story has unpublished changes when its draft does not equal the live revision', () => {
  expect(hasUnpublishedChanges({ ...live, draft: { ...live.draft, keptAsRevisionId: 5 } })).toBe(false)
  expect(hasUnpublishedChanges(live)).toBe(true)
})
