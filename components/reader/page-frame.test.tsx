import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { HeadlineList } from './headlines'
import { PageFrame } from './page-frame'

const harbour = { id: 1, slug: 'harbour', name: 'Harbour' }
const house = { siteName: 'Broadsheet', siteUrl: 'https://paper.test', timeZone: 'UTC', sections: [harbour] }

test('a section is the current page on its own page alone; a story says that it stands in it', () => {
  const bar = (place: { current?: string; within?: string }) =>
    renderToStaticMarkup(
      <PageFrame house={house} {...place}>
        It sang.
      </PageFrame>,
    )
  expect(bar({ current: '/harbour' })).toContain('<a href="/harbour" aria-current="page">Harbour</a>')
  expect(bar({ within: '/harbour' })).toContain('<a href="/harbour" aria-current="true">Harbour</a>')
})

test('a headline of a former year says so, and its time and section are two words also where no styles are', () => {
  const story = {
    id: 7,
    section: harbour,
    slug: 'herring-votes',
    headline: 'Herring votes',
    kicker: null,
    standfirst: null,
    dateline: null,
    authors: [],
    topics: [],
    hasBody: false,
    liveAt: new Date('2025-03-03T14:05:00Z'),
    updatedAt: null,
    retracted: false,
    unpublishAt: null,
  }
  const list = renderToStaticMarkup(<HeadlineList stories={[story]} timeZone="UTC" label="Latest" />)
  expect(list.replace(/<[^>]+>/gu, '')).toBe('3 Mar 2025, 14:05 HarbourHerring votes')
})
