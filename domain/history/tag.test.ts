import { expect, test } from 'vitest'
import { staleTags } from './tag'

const rain = { storyId: 7, headline: 'Rain' }

test('publishing makes the story, all its lists and its former section stale', () => {
  const revisions = { revisionId: 9, formerRevisionId: 8, first: false }
  const tags = staleTags({ type: 'story-published', ...rain, sectionId: 2, formerSectionId: 1, ...revisions })
  expect(tags.sort()).toEqual([
    'corrections',
    'feed',
    'front-page',
    'headlines',
    'latest',
    'section:1',
    'section:2',
    'sitemap',
    'story:7',
  ])
})

test('saving a draft makes nothing stale', () => {
  expect(staleTags({ type: 'draft-saved', ...rain, before: { headline: 'Rain' }, changed: ['body'] })).toEqual([])
})

test('a story makes the pages of all its authors and topics stale, and those where none was found', () => {
  const listedUnder = { authorIds: [3, 4], topicIds: [] }
  const tags = staleTags({ type: 'story-withdrawn', ...rain, sectionId: 2, reason: 'No rain.', listedUnder })
  expect(tags).toEqual(expect.arrayContaining(['author:3', 'author:4', 'no-author']))
  expect(tags).not.toContain('no-topic')
})
