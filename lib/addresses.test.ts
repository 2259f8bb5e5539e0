import { expect, test } from 'vitest'
import { readerAddresses as addressesOfFiles } from '../e2e/support/reader-addresses'
import {
  disallowedPaths,
  patternOf,
  readerAddresses,
  readerPaths,
  reservedSegments,
  type FeedFormat,
} from './addresses'
import { routes } from './routes'

test('every page and route of app/(reader) has its address, and every address its page or route', () => {
  const story = { id: '17', section: 'europe', slug: 'ferry', headline: 'Ferry sails', word: 'quibble' }
  const notFound = 1
  expect(addressesOfFiles(story)).toHaveLength(readerPaths.length + notFound)
})

test('a link leads to a declared address', () => {
  const [section, author] = [{ slug: 'europe' }, { slug: 'ann-lee' }]
  const feed = (address: string) => (['feed.xml', 'atom.xml', 'feed.json'] as FeedFormat[]).map((format) => routes.feedOf(address, format)) // prettier-ignore
  const links: [string, string][] = [
    [readerAddresses.section.path, routes.section(section)],
    [readerAddresses.story.path, routes.story({ id: 17, slug: 'ferry', section })],
    [readerAddresses.author.path, routes.author(author)],
    [readerAddresses.topic.path, routes.topic(author)],
    [readerAddresses.sitemapFile.path, routes.sitemapFile(5000)],
    ['/feed.xml', routes.feed],
  ]
  for (const [path, link] of links) expect(link).toMatch(patternOf(path))
  for (const address of [routes.frontPage, routes.section(section), routes.author(author), routes.topic(author)])
    for (const link of feed(address))
      expect(readerPaths.filter(({ path }) => patternOf(path).test(link))).toHaveLength(1)
})

test('no section may have the first segment of another address, or one that is reserved for later', () => {
  const segments = 'admin api archive atom.xml authors corrections feed.json feed.xml headlines healthz latest metrics news-sitemap.xml preview readyz robots.txt search setup sign-in sign-out sitemap.xml sitemaps topics welcome _next' // prettier-ignore
  for (const segment of segments.split(' ')) expect([segment, reservedSegments.has(segment)]).toEqual([segment, true])
  expect([...reservedSegments].filter((segment) => segment === '' || segment.startsWith(':'))).toEqual([])
})

test('robots.txt forbids the newsroom and the search', () => {
  expect(disallowedPaths).toEqual(expect.arrayContaining(['/admin', '/sign-in', '/setup/', '/welcome/', '/search']))
})
