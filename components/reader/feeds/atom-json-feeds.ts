import { routes } from '@/lib/routes'
import { paperLanguage } from '@/lib/text-direction'
import { lastChangeAt, guidOf, hasText, idOf, titleOf, contentHtml, type Item, type FeedInfo } from './rss-feed'
import { escapeXml } from './feed-html'
import type { Site } from '../page/site'

/** The newest stories as Atom (RFC 4287), with full text. */
export function atomOf(items: Item[], { siteUrl, siteName }: Site, { title, about, address, feed }: FeedInfo): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(paperLanguage())}">`,
    `<id>${escapeXml(idOf(`list:${address}`, siteUrl))}</id>`,
    `<title>${escapeXml(title)}</title>`,
    `<subtitle>${escapeXml(about)}</subtitle>`,
    `<updated>${new Date(lastChangeAt(items)).toISOString()}</updated>`,
    // An entry without an author has that of the feed.
    `<author><name>${escapeXml(siteName)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeXml(siteUrl + feed)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(siteUrl + address)}"/>`,
    ...items.map((item) => entryOf(item, siteUrl)),
    '</feed>',
    '',
  ].join('\n')
}

function entryOf(item: Item, siteUrl: string): string {
  return [
    '<entry>',
    `<id>${escapeXml(guidOf(item, siteUrl))}</id>`,
    `<title>${escapeXml(titleOf(item))}</title>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(siteUrl + routes.story(item))}"/>`,
    `<published>${item.liveAt.toISOString()}</published>`,
    `<updated>${(item.updatedAt ?? item.liveAt).toISOString()}</updated>`,
    ...item.authors.map(
      (author) =>
        `<author><name>${escapeXml(author.name)}</name><uri>${escapeXml(siteUrl + routes.author(author))}</uri></author>`,
    ),
    ...[item.section, ...item.topics].map(({ name }) => `<category term="${escapeXml(name)}"/>`),
    ...(item.standfirst ? [`<summary>${escapeXml(item.standfirst)}</summary>`] : []),
    ...(hasText(item) ? [`<content type="html">${escapeXml(contentHtml(item, siteUrl))}</content>`] : []),
    '</entry>',
  ].join('\n')
}

/** The newest stories as a JSON Feed (version 1.1), with full text. */
export function jsonFeedOf(items: Item[], { siteUrl }: Site, { title, about, address, feed }: FeedInfo): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    description: about,
    language: paperLanguage(),
    home_page_url: siteUrl + address,
    feed_url: siteUrl + feed,
    items: items.map((item) => ({
      id: guidOf(item, siteUrl),
      url: siteUrl + routes.story(item),
      title: titleOf(item),
      summary: item.standfirst ?? undefined,
      // One of the two is required: an item without text has its headline.
      ...(hasText(item) ? { content_html: contentHtml(item, siteUrl) } : { content_text: item.headline }),
      date_published: item.liveAt.toISOString(),
      date_modified: item.updatedAt?.toISOString(),
      authors:
        item.authors.length === 0
          ? undefined
          : item.authors.map((author) => ({ name: author.name, url: siteUrl + routes.author(author) })),
      tags: [item.section.name, ...item.topics.map(({ name }) => name)],
    })),
  })
}
