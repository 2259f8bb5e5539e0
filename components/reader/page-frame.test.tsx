import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
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
