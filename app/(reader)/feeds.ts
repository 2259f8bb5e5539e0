import { rssOf, type Item, type FeedInfo } from '@/components/reader/feeds/rss-feed'
import type { Site } from '@/components/reader/page/site'
import { atomOf, jsonFeedOf } from '@/components/reader/feeds/atom-json-feeds'
import { metadataHeaders, type PageMetadata } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import type { Section } from '@/domain/section/section'
import type { FeedFormat } from '@/lib/addresses'
import { routes } from '@/lib/routes'
import { readFeed, readSectionFeed } from '@/reading/feed'
import { readSection, readSectionFormerlyAt } from '@/reading/sections'
import { readNextChangeAt } from '@/reading/upcoming'
import { fileResponse } from './file-response'
import { readSite } from './site'

type Writer = (items: Item[], site: Site, listed: FeedInfo) => string

const formats: Record<FeedFormat, { type: string; write: Writer }> = {
  'feed.xml': { type: 'application/rss+xml', write: rssOf },
  'atom.xml': { type: 'application/atom+xml', write: atomOf },
  'feed.json': { type: 'application/feed+json', write: jsonFeedOf },
}

/** The feeds of a list in other formats than RSS, for the head of its page. */
export const alternateFeeds = (address: string) =>
  (['atom.xml', 'feed.json'] as const).map((format) => ({
    type: formats[format].type,
    href: routes.feedOf(address, format),
  }))

/** The feeds of a list that has its own, for the head of its page. */
export const feedsOfList = ({ siteName }: Site, name: string, address: string) => ({
  feed: { title: `${name} · ${siteName}`, href: routes.feedOf(address, 'feed.xml') },
  alternates: alternateFeeds(address),
})

/** The newest stories of a list as a feed. `metadata.stories`: those that it depends on beside its items. */
export function listFeed(
  format: FeedFormat,
  site: Site,
  { items, ...list }: Omit<FeedInfo, 'feed'> & { items: Item[] },
  metadata: PageMetadata,
): Response {
  const { type, write } = formats[format]
  const feed = write(items, site, { ...list, feed: routes.feedOf(list.address, format) })
  return fileResponse(type, feed, { ...metadata, stories: [...items, ...metadata.stories] })
}

/** The list, and so its feed, has a new address. */
export function movedFeed(format: FeedFormat, address: string, metadata: PageMetadata): Response {
  const location = routes.feedOf(address, format)
  return new Response(null, { status: 301, headers: { location, ...metadataHeaders(metadata) } })
}

export const feedNotFound = (metadata: PageMetadata) =>
  fileResponse('text/plain', 'There is no such feed.\n', metadata, 404)

export const siteFeed = (format: FeedFormat) => async (): Promise<Response> => {
  const [site, items, staleAt] = await Promise.all([readSite(), readFeed(), readNextChangeAt()])
  const listed = { title: site.siteName, about: `The latest from ${site.siteName}`, address: routes.frontPage, items }
  return listFeed(format, site, listed, { tags: [tag.feed, tag.names, tag.sections], stories: [], staleAt })
}

export const sectionDescription = ({ name }: Section, { siteName }: Site) => `${name}: the latest from ${siteName}`

/** The feed of a section, with a redirect from its former addresses. */
export const sectionFeed =
  (format: FeedFormat) =>
  async (_request: Request, { params }: { params: Promise<{ section: string }> }): Promise<Response> => {
    const { section: slug } = await params
    const [site, section] = await Promise.all([readSite(), readSection(slug)])
    const tags = [tag.sectionSlug(slug), tag.sections]
    if (!section) {
      const moved = await readSectionFormerlyAt(slug)
      const metadata = { tags, stories: [], staleAt: null }
      if (!moved) return feedNotFound(metadata)
      return movedFeed(format, routes.section(moved), { ...metadata, tags: [...tags, tag.section(moved.id)] })
    }
    const [items, staleAt] = await Promise.all([readSectionFeed(section), readNextChangeAt()])
    const title = `${section.name} · ${site.siteName}`
    const listed = { title, about: sectionDescription(section, site), address: routes.section(section), items }
    return listFeed(format, site, listed, { tags: [...tags, tag.section(section.id), tag.names], stories: [], staleAt })
  }
