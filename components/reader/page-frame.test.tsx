import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PageFrame } from './page-frame'

const harbour = { id: 1, slug: 'harbour', name: 'Harbour' }
const site = { siteName: 'Broadsheet', siteUrl: 'https://paper.test', timeZone: 'UTC', sections: [harbour] }

test('a section is the current page on its own page alone; a story says that it stands in it', () => {
  const rendered = (place: { current?: string; within?: string }) =>
    renderToStaticMarkup(
      <PageFrame site={site} {...place}>
        It sang.
      </PageFrame>,
    )
  expect(rendered({ current: '/harbour' })).toContain('<a href="/harbour" aria-current="page">Harbour</a>')
  expect(rendered({ within: '/harbour' })).toContain('<a href="/harbour" aria-current="true">Harbour</a>')
})
