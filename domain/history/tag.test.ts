import { expect, test } from 'vitest'
import { staleTags } from './tag'

test('publishing makes the story, all its lists and its former section stale', () => {
  const tags = staleTags({
    type: 'story-published',
    storyId: 7,
    headline: 'Rain',
    sectionId: 2,
    formerSectionId: 1,
    first: false,
    revisionId: 9,
    formerRevisionId: 8,
  })
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
  expect(
    staleTags({ type: 'draft-saved', storyId: 7, headline: 'Rain', before: { headline: 'Rain' }, changed: ['body'] }),
  ).toEqual([])
})

test('a story makes the pages of all its authors and topics stale, and those where none was found', () => {
  const tags = staleTags({
    type: 'story-withdrawn',
    storyId: 7,
    headline: 'Rain',
    sectionId: 2,
    reason: 'No rain.',
    listedUnder: { authorIds: [3, 4], topicIds: [] },
  })
  expect(tags).toEqual(expect.arrayContaining(['author:3', 'author:4', 'no-author']))
  expect(tags).not.toContain('no-topic')
})
