import { wholeSite, rssOf, type Item, type FeedInfo } from '@/components/reader/feeds/rss-feed'
import type { Site } from '@/components/reader/page/site'
import { atomOf, jsonFeedOf } from '@/components/reader/feeds/atom-json-feeds'
import { metadataHeaders, type PageMetadata } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import type { Section } from '@/domain/section/section'
import { routes } from '@/lib/routes'
import { readFeed, readSectionFeed } from '@/reading/feed'
import { readSection, readSectionFormerlyAt } from '@/reading/sections'
import { readNextChangeAt } from '@/reading/upcoming'
import { readSite } from './site'

/** Feed formats, by the last segment of their addresses. */
const formats = {
  'feed.xml': { type: 'application/rss+xml', write: rssOf },
  'atom.xml': { type: 'application/atom+xml', write: atomOf },
  'feed.json': { type: 'application/feed+json', write: jsonFeedOf },
} satisfies Record<string, { type: string; write: (items: Item[], site: Site, listed: FeedInfo) => string }>
export type Format = keyof typeof formats

/** The feeds of a list in other formats than RSS, for the head of its page. */
export const alternateFeeds = (address: string) =>
  (['atom.xml', 'feed.json'] as const).map((format) => ({
    type: formats[format].type,
    href: routes.feedOf(address, format),
  }))

/** The newest stories of a list as a feed. `metadata.stories`: those that it depends on beside its items. */
export function listFeed(
  format: Format,
  site: Site,
  listed: Omit<FeedInfo, 'feed'> & { items: Item[] },
  metadata: PageMetadata,
): Response {
  const { items, ...list } = listed
  const { type, write } = formats[format]
  return new Response(write(items, site, { ...list, feed: routes.feedOf(list.address, format) }), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      ...metadataHeaders({ ...metadata, stories: [...items, ...metadata.stories] }),
    },
  })
}

/** The list, and so its feed, has a new address. */
export function movedFeed(format: Format, address: string, metadata: PageMetadata): Response {
  const location = routes.feedOf(address, format)
  return new Response(null, { status: 301, headers: { location, ...metadataHeaders(metadata) } })
}

export function feedNotFound(metadata: PageMetadata): Response {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    ...metadataHeaders(metadata),
  }
  return new Response('There is no such feed.\n', { status: 404, headers })
}

export async function siteFeed(format: Format): Promise<Response> {
  const [site, items, staleAt] = await Promise.all([readSite(), readFeed(), readNextChangeAt()])
  const tags = [tag.feed, tag.names, tag.sections]
  return listFeed(format, site, { ...wholeSite(site), items }, { tags, stories: [], staleAt })
}

export const sectionDescription = ({ name }: Section, { siteName }: Site) => `${name}: the latest from ${siteName}`

/** The feed of a section, with a redirect from its former addresses. */
export async function sectionFeed(slug: string, format: Format): Promise<Response> {
  const [site, section] = await Promise.all([readSite(), readSection(slug)])
  const tags = [tag.sectionSlug(slug), tag.sections]
  if (!section) {
    const moved = await readSectionFormerlyAt(slug)
    if (!moved) return feedNotFound({ tags, stories: [], staleAt: null })
    return movedFeed(format, routes.section(moved), {
      tags: [...tags, tag.section(moved.id)],
      stories: [],
      staleAt: null,
    })
  }
  const [items, staleAt] = await Promise.all([readSectionFeed(section), readNextChangeAt()])
  const title = `${section.name} · ${site.siteName}`
  const listed = { title, about: sectionDescription(section, site), address: routes.section(section), items }
  return listFeed(format, site, listed, { tags: [...tags, tag.section(section.id), tag.names], stories: [], staleAt })
}
