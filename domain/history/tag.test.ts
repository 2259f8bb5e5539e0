import { expect, test } from 'vitest'
import { staleTags } from './tag'

test('publishing makes stale the story, every list it stands in, and the section it left', () => {
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
