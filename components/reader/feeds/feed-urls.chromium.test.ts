import { expect, test } from 'vitest'
import { parseBody } from '@/domain/body/body-parser'
import type { Correction } from '@/domain/correction/correction'
import { useEditorPages } from '../../admin/body/editor-page.test-support'
import { liveStory } from '../story.test-support'
import { atomOf, jsonFeedOf } from './atom-json-feeds'
import { correctionsFeedOf, rssOf, type Item } from './rss-feed'

const open = useEditorPages()

const site = { siteName: 'Kites & Co', siteUrl: 'https://news.example', timeZone: 'UTC', sections: [] }
const info = { title: 'All', about: 'Kites & <a href="/x">ferries</a>', address: '/', feed: '/feed' }
const story = 'https://news.example/harbour/herring-votes-7'

/** An address in a body, and the same in a feed. */
const addresses: [string, string][] = [
  ['/europe/ferry-3', 'https://news.example/europe/ferry-3'],
  ['/europe/ferry-3?a=1&b=2#note-4', 'https://news.example/europe/ferry-3?a=1&b=2#note-4'],
  ['/a/../b c'.replace(' ', '%20'), 'https://news.example/b%20c'],
  ['/жук', 'https://news.example/%D0%B6%D1%83%D0%BA'],
  ['/a"b\'<c>', "https://news.example/a%22b'%3Cc%3E"],
  ['#note', `${story}#note`],
  ['https://council.example', 'https://council.example/'],
  ['HTTPS://Council.example/Plan', 'https://council.example/Plan'],
  ['mailto:kite@overley.example', 'mailto:kite@overley.example'],
  ['tel:+440', 'tel:+440'],
]
const link = (href: string) => ({ type: 'text', text: `to ${href}`, marks: [{ type: 'link', attrs: { href } }] })
const lines = addresses.map(([href]) => link(href))
const paragraph = { type: 'paragraph', content: lines }
const body = parseBody({
  type: 'doc',
  content: [
    paragraph,
    { type: 'heading', attrs: { level: 2 }, content: lines },
    { type: 'blockquote', content: [paragraph] },
    { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph] }] },
    { type: 'pullQuote', content: [paragraph, { type: 'attribution', content: lines }] },
    { type: 'factBox', content: [paragraph] },
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: lines }] }] },
    { type: 'embed', attrs: { href: 'https://video.example/7', title: 'Kites' } },
    { type: 'paragraph', content: [{ type: 'text', text: 'type <a href="/x"> or href="/x" src="/y"', marks: [] }] },
  ],
})

const typed = 'Kites & ferries: write <a href="/x">x</a> &amp; <img src="//y/z" srcset="/a 1x">'
const note = (kind: Correction['kind'], id: number): Correction => ({
  ...{ id, kind, words: `${kind}: ${typed}`, publishedAt: new Date('2026-01-02T12:00:00Z') },
})
const corrections = [note('retraction', 1), note('correction', 2)]
const item: Item = { ...liveStory, standfirst: typed, hasBody: true, body, corrections }

test('every address in every feed is absolute, and what was typed as text is shown as text', async () => {
  const page = await open()
  const json = JSON.parse(jsonFeedOf([item], site, info)) as { items: { content_html: string; summary: string }[] }
  expect(json.items[0]?.summary).toBe(typed)
  const xml = {
    rss: rssOf([item], site, info),
    atom: atomOf([item], site, info),
    corrections: correctionsFeedOf([{ ...note('correction', 2), story: liveStory }], site),
  }
  // Elements whose text is HTML: RSS Advisory Board profile, "description"; RFC 4287, 3.1.1.
  const html = await page.evaluate((feeds) => {
    const texts = (feed: string, names: string[]) => {
      const parsed = new DOMParser().parseFromString(feed, 'text/xml')
      const error = parsed.querySelector('parsererror')?.textContent
      if (error) throw new Error(error)
      return names.map((name) => [...parsed.getElementsByTagName(name)].map(({ textContent }) => textContent))
    }
    const [summary] = texts(feeds.atom, ['summary']).flat()
    return {
      contents: [texts(feeds.rss, ['content:encoded']), texts(feeds.atom, ['content'])].flat(2),
      descriptions: [texts(feeds.rss, ['description']), texts(feeds.corrections, ['description'])].flat(2),
      summary,
    }
  }, xml)
  expect(html.summary).toBe(typed)
  const contents = [...html.contents, json.items[0]?.content_html ?? '']
  expect(contents).toHaveLength(3)
  const read = (sources: string[]) =>
    page.evaluate(
      (all) =>
        all.map((source) => {
          const parsed = new DOMParser().parseFromString(source, 'text/html')
          const names =
            'href src poster cite data action formaction background longdesc manifest ping usemap xlink:href'
          const urls = [...parsed.querySelectorAll('*')].flatMap((element) => [
            ...names.split(' ').flatMap((name) => element.getAttribute(name) ?? []),
            ...['srcset', 'imagesrcset'].flatMap((name) => element.getAttribute(name)?.split(',') ?? []),
          ])
          return { urls, text: parsed.body.textContent }
        }),
      sources,
    )
  for (const { urls, text } of await read(contents)) {
    // Once in each of the eight places of the body that hold text.
    const inText = Array.from({ length: 8 }, () => addresses.map(([, absolute]) => absolute)).flat()
    expect(urls).toEqual([...inText, 'https://video.example/7'])
    expect(text).toContain('type <a href="/x"> or href="/x" src="/y"')
    expect(text).toContain(`Retraction: retraction: ${typed}`)
    expect(text).toContain(`Correction: correction: ${typed}`)
  }
  const descriptions = await read(html.descriptions)
  expect(descriptions.map(({ text }) => text)).toEqual([
    info.about,
    typed,
    'What Kites & Co has corrected, clarified, updated or retracted',
    `correction: ${typed}`,
  ])
  expect(descriptions.flatMap(({ urls }) => urls)).toEqual([])
  await page.close()
})
