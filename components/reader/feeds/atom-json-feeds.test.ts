import { expect, test } from 'vitest'
import { bodyFromParagraphs } from '@/domain/body/body-parser'
import { rssOf, type Item } from './rss-feed'
import { atomOf, jsonFeedOf } from './atom-json-feeds'
import { liveStory } from '../story.test-support'

const site = { siteName: 'Broadsheet', siteUrl: 'https://paper.test', timeZone: 'UTC', sections: [] }
const info = {
  title: 'Wren & Co',
  about: 'What they wrote',
  address: '/authors/wren',
  feed: '/authors/wren/atom.xml',
}
const item: Item = {
  ...liveStory,
  slug: 'salt-library-sings',
  headline: 'Salt library <sings> & forgets',
  standfirst: 'A plainly synthetic story.',
  authors: [
    { id: 3, slug: 'wren', name: 'Wren & "Co"' },
    { id: 4, slug: 'anna', name: 'Анна' },
  ],
  topics: [{ id: 5, slug: 'salt', name: 'Salt <and> pepper' }],
  hasBody: true,
  body: bodyFromParagraphs(['It sang & slept.'], () => 'a'),
  corrections: [],
}

test('in every format a story says who wrote it and what it is about, escaped, under one id', () => {
  const rss = rssOf([item], site, info)
  expect(rss).toContain('<dc:creator>Wren &amp; &quot;Co&quot;</dc:creator>')
  expect(rss).toContain('<category>Salt &lt;and&gt; pepper</category>')
  const atom = atomOf([item], site, info)
  expect(atom).toContain('<name>Анна</name><uri>https://paper.test/authors/anna</uri>')
  expect(atom).toContain('<category term="Salt &lt;and&gt; pepper"/>')
  expect(atom).toContain('&lt;p&gt;It sang &amp;amp; slept.&lt;/p&gt;')
  const json = JSON.parse(jsonFeedOf([item], site, info)) as {
    items: { id: string; authors: unknown; tags: unknown }[]
  }
  expect(json.items[0]).toMatchObject({
    url: 'https://paper.test/harbour/salt-library-sings-7',
    authors: [{ name: 'Wren & "Co"', url: 'https://paper.test/authors/wren' }, { name: 'Анна' }],
    tags: ['Harbour', 'Salt <and> pepper'],
    content_html: '<p>It sang &amp; slept.</p>',
  })
  // RFC 4151: authority, date and specific part.
  expect(json.items[0]?.id).toMatch(/^tag:paper\.test,\d{4}:story:7$/u)
  for (const feed of [rss, atom]) expect(feed).toContain(json.items[0]?.id)
})

test('a headline without a body is an item with the headline as text', () => {
  const json = jsonFeedOf([{ ...item, body: null, hasBody: false, authors: [] }], site, info)
  expect(JSON.parse(json)).toMatchObject({ items: [{ content_text: item.headline }] })
  expect(json).not.toContain('authors":[')
})

test('the corrections of a headline are in its item, in every format', () => {
  const words = 'The library hums & does not sing.'
  const note = { id: 2, kind: 'correction', words, publishedAt: new Date('2026-01-02T12:00:00Z') } as const
  const corrected = [{ ...item, body: null, hasBody: false, corrections: [note] }]
  for (const write of [rssOf, atomOf, jsonFeedOf]) expect(write(corrected, site, info)).toContain('does not sing')
})
