import { everything, feedOf, type Item, type Listed } from '@/components/reader/feed'
import type { House } from '@/components/reader/house'
import { atomOf, jsonFeedOf } from '@/components/reader/other-feeds'
import { notes } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import type { Section } from '@/domain/section/section'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { readFeed, readSectionFeed } from '@/reading/feed'
import { readSection, readSectionFormerlyAt } from '@/reading/sections'
import { readNextMoment } from '@/reading/upcoming'
import { readHouse } from './house'

/** The formats in which a list can be followed, by the ends of their addresses. */
const formats = {
  'feed.xml': { type: 'application/rss+xml', write: feedOf },
  'atom.xml': { type: 'application/atom+xml', write: atomOf },
  'feed.json': { type: 'application/feed+json', write: jsonFeedOf },
} satisfies Record<string, { type: string; write: (items: Item[], house: House, listed: Listed) => string }>
export type Format = keyof typeof formats

/** A list in the formats beside RSS, as its page's head names them. */
export const otherFeedsOf = (address: string) =>
  (['atom.xml', 'feed.json'] as const).map((format) => ({
    type: formats[format].type,
    href: routes.feedOf(address, format),
  }))

/** What every feed says of itself to the front door; whoever tells of more stories than the items gives their end. */
type Told = { tags: string[]; until: Date | null; ends?: Date | null }

/** The newest of a list as a feed. */
export function feedOfList(
  format: Format,
  house: House,
  listed: Omit<Listed, 'feed'> & { items: Item[] },
  { tags, until, ends = null }: Told,
): Response {
  const { items, ...list } = listed
  const { type, write } = formats[format]
  return new Response(write(items, house, { ...list, feed: routes.feedOf(list.address, format) }), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      ...notes({ tags, until, ends: firstEnd([...items, { unpublishAt: ends }]) }),
    },
  })
}

/** The list has another address now, and its feeds with it. */
export function feedMoved(format: Format, address: string, { tags, until, ends = null }: Told): Response {
  const location = routes.feedOf(address, format)
  return new Response(null, { status: 301, headers: { location, ...notes({ tags, until, ends }) } })
}

export function noSuchFeed({ tags, until }: Told): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...notes({ tags, until, ends: null }) }
  return new Response('There is no such feed.\n', { status: 404, headers })
}

/** The newest of the whole portal. */
export async function feedOfEverything(format: Format): Promise<Response> {
  const [house, items, until] = await Promise.all([readHouse(), readFeed(), readNextMoment()])
  const tags = [tag.feed, tag.names, tag.sections]
  return feedOfList(format, house, { ...everything(house), items }, { tags, until })
}

export const aboutSection = ({ name }: Section, { siteName }: House) => `${name}: the latest from ${siteName}`

/** The newest of a section, also at an address that it had before. */
export async function feedOfSection(slug: string, format: Format): Promise<Response> {
  const [house, section] = await Promise.all([readHouse(), readSection(slug)])
  const tags = [tag.sectionSlug(slug), tag.sections]
  if (!section) {
    const moved = await readSectionFormerlyAt(slug)
    if (!moved) return noSuchFeed({ tags, until: null })
    return feedMoved(format, routes.section(moved), { tags: [...tags, tag.section(moved.id)], until: null })
  }
  const [items, until] = await Promise.all([readSectionFeed(section), readNextMoment()])
  const title = `${section.name} · ${house.siteName}`
  const listed = { title, about: aboutSection(section, house), address: routes.section(section), items }
  return feedOfList(format, house, listed, { tags: [...tags, tag.section(section.id), tag.names], until })
}
