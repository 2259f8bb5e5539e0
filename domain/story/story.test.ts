import { expect, test } from 'vitest'
import { Refused } from '../refusal'
import { bodyFromParagraphs } from '../body/body-parser'
import { initialProgress } from '../stage'
import type { Copy } from '../copy/copy-fields'
import { changedFields } from '../copy/copy'
import { missingForPublication } from '../copy/flaws'
import {
  requireFinished,
  hasUnpublishedChanges,
  publish,
  withdraw,
  type Live,
  type NeverLive,
  type Scheduled,
} from './story'
import { blankCopy } from '../copy/copy'

const copy: Copy = {
  ...blankCopy(),
  headline: 'Rain',
  sectionId: 1,
  slug: 'rain',
}
const now = new Date('2026-01-01T12:00:00Z')
const draft: NeverLive = {
  id: 1,
  ownerId: 2,
  progress: initialProgress,
  stage: 'draft',
  embargo: null,
  draft: { ...copy, version: 1, savedAt: now, savedByName: 'Rae', keptAsRevisionId: null },
}
const publication = { liveRevisionId: 5, liveAt: now, sectionId: 1, slug: 'rain', authorIds: [], topicIds: [] }
const live: Live = { ...draft, ...publication, stage: 'live', due: null, unpublish: null }

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

test('changed fields are named, and a body is equal whatever the order of its keys', () => {
  const body = bodyFromParagraphs(['One.'], () => 'a')
  const reordered = JSON.parse(
    '{"content":[{"content":[{"marks":[],"text":"One.","type":"text"}],"attrs":{"id":"a"},"type":"paragraph"}],"type":"doc"}',
  ) as typeof body
  expect(changedFields({ ...copy, body }, { ...copy, body: reordered })).toEqual([])
  expect(changedFields(copy, { ...copy, headline: 'Hail', sectionId: 2, body })).toEqual([
    'headline',
    'section',
    'body',
  ])
  expect(changedFields({ ...copy, authors: ['Bo', 'Ann'] }, { ...copy, authors: ['Ann', 'Bo'] })).toEqual(['authors'])
})

test('a live story has unpublished changes when its draft does not equal the live revision', () => {
  expect(hasUnpublishedChanges({ ...live, draft: { ...live.draft, keptAsRevisionId: 5 } })).toBe(false)
  expect(hasUnpublishedChanges(live)).toBe(true)
})
