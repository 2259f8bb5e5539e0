import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PageFrame } from './page-frame'

const harbour = { id: 1, slug: 'harbour', name: 'Harbour' }
const site = { siteName: 'Broadsheet', siteUrl: 'https://paper.test', timeZone: 'UTC', sections: [harbour] }

test('a section link is the current page on its own page only; on a story it is marked as current section', () => {
  const rendered = (props: { current?: string; within?: string }) =>
    renderToStaticMarkup(
      <PageFrame site={site} {...props}>
        It sang.
      </PageFrame>,
    )
  expect(rendered({ current: '/harbour' })).toContain('<a href="/harbour" aria-current="page"><bdi>Harbour</bdi></a>')
  expect(rendered({ within: '/harbour' })).toContain('<a href="/harbour" aria-current="true"><bdi>Harbour</bdi></a>')
})
