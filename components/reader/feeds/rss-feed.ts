import { correctionNames, byPosition, type Correction } from '@/domain/correction/correction'
import type { Body } from '@/domain/body/body'
import { publishedBlocks } from '@/domain/body/published'
import type { LiveStory } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { paperLanguage } from '@/lib/text-direction'
import { blockHtml } from '../blocks'
import { withAbsoluteUrls } from './absolute-urls'
import { escapeXml, noteHtml, textAsHtml } from './feed-html'
import type { Site } from '../page/site'

export type Item = LiveStory & { body: Body | null; corrections: Correction[] }

/** The list of a feed: the whole site, or a list with a page of its own. */
export type FeedInfo = { title: string; about: string; address: string; feed: string }

/** In milliseconds since the epoch; 0 without items. */
export const lastChangeAt = (items: Item[]) =>
  items.reduce((latest, { liveAt, updatedAt }) => Math.max(latest, (updatedAt ?? liveAt).getTime()), 0)

/** The newest stories as RSS 2.0, with full text. */
export function rssOf(items: Item[], site: Site, { title, about, address, feed }: FeedInfo): string {
  const { siteUrl } = site
  const channel = { title, page: siteUrl + address, about, self: siteUrl + feed, built: lastChangeAt(items) }
  const entries = items.map((item) => itemOf(item, site))
  return channelOf(channel, entries)
}

type CorrectionWithStory = Correction & { story: LiveStory }

/** Corrections as RSS 2.0: one item per note, also after it is reworded. */
export function correctionsFeedOf(corrections: CorrectionWithStory[], { siteName, siteUrl }: Site): string {
  const channel = {
    title: `Corrections · ${siteName}`,
    page: siteUrl + routes.corrections,
    about: `What ${siteName} has corrected, clarified, updated or retracted`,
    self: siteUrl + routes.correctionsFeed,
    built: Math.max(0, ...corrections.map(({ publishedAt }) => publishedAt.getTime())),
  }
  return channelOf(
    channel,
    corrections.map(({ id, kind, words, publishedAt, story }) =>
      [
        '<item>',
        `<title>${escapeXml(`${correctionNames[kind].label}: ${story.headline}`)}</title>`,
        `<link>${escapeXml(siteUrl + routes.story(story))}</link>`,
        `<guid isPermaLink="false">${escapeXml(idOf(`correction:${id}`, siteUrl))}</guid>`,
        `<pubDate>${publishedAt.toUTCString()}</pubDate>`,
        `<category>${escapeXml(correctionNames[kind].label)}</category>`,
        `<description>${escapeXml(textAsHtml(words))}</description>`,
        '</item>',
      ].join('\n'),
    ),
  )
}

/** `built` in milliseconds since the epoch; 0: never. */
type Channel = { title: string; page: string; about: string; self: string; built: number }

function channelOf({ title, page, about, self, built }: Channel, items: string[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">',
    '<channel>',
    `<title>${escapeXml(title)}</title>`,
    `<link>${escapeXml(page)}</link>`,
    `<description>${escapeXml(textAsHtml(about))}</description>`,
    `<language>${escapeXml(paperLanguage())}</language>`,
    `<atom:link href="${escapeXml(self)}" rel="self" type="application/rss+xml"/>`,
    ...(built > 0 ? [`<lastBuildDate>${new Date(built).toUTCString()}</lastBuildDate>`] : []),
    ...items,
    '</channel>',
    '</rss>',
    '',
  ].join('\n')
}

export const titleOf = ({ retracted, headline }: LiveStory) => (retracted ? `Retracted: ${headline}` : headline)

/** The same in every format, so that a feed reader recognises the story. */
export const guidOf = ({ id }: LiveStory, siteUrl: string) => idOf(`story:${id}`, siteUrl)

/** A tag URI (RFC 4151), which stays when the address changes. The year is part of its syntax and constant. */
export const idOf = (what: string, siteUrl: string) => `tag:${new URL(siteUrl).hostname},2026:${what}`

/** The guid is constant for life: a new slug or section is not a new item (RSS 2.0, guid isPermaLink="false"). */
function itemOf(item: Item, { siteUrl }: Site): string {
  return [
    '<item>',
    `<title>${escapeXml(titleOf(item))}</title>`,
    `<link>${escapeXml(siteUrl + routes.story(item))}</link>`,
    `<guid isPermaLink="false">${escapeXml(guidOf(item, siteUrl))}</guid>`,
    `<pubDate>${item.liveAt.toUTCString()}</pubDate>`,
    ...(item.updatedAt ? [`<dcterms:modified>${item.updatedAt.toISOString()}</dcterms:modified>`] : []),
    ...item.authors.map(({ name }) => `<dc:creator>${escapeXml(name)}</dc:creator>`),
    ...[item.section, ...item.topics].map(({ name }) => `<category>${escapeXml(name)}</category>`),
    ...(item.standfirst ? [`<description>${escapeXml(textAsHtml(item.standfirst))}</description>`] : []),
    ...(hasText(item) ? [`<content:encoded>${escapeXml(contentHtml(item, siteUrl))}</content:encoded>`] : []),
    '</item>',
  ].join('\n')
}

/** A headline without a body has text only when it has a correction. */
export const hasText = ({ body, corrections }: Item) => body !== null || corrections.length > 0

/** The body with its correction notes, as on its page: a retraction above, others in their places or below. Addresses are absolute. */
export function contentHtml(item: Item, siteUrl: string): string {
  const { body, corrections } = item
  const { above, within, below } = byPosition(corrections, body)
  const html = [...above.map(noteHtml), body === null ? '' : htmlOf(body, within), ...below.map(noteHtml)].join('')
  return withAbsoluteUrls(html, siteUrl + routes.story(item))
}

/** A body as escaped HTML, with its correction notes. */
export const htmlOf = (body: Body, notes: Correction[] = []): string =>
  publishedBlocks(body.content)
    .map((block) => blockHtml(block, notes))
    .join('')
