import type { Section } from '@/domain/section/section'
import { routes } from '@/lib/routes'
import { escapeXml } from './feed-html'

type SitemapStory = { id: number; slug: string; section: { slug: string }; liveAt: Date; updatedAt: Date | null }

/** One sitemap file (sitemaps.org protocol 0.9), with the time of each story's last change. The first file also has the lists. */
export function sitemapOf(siteUrl: string, lists: Section[] | null, stories: SitemapStory[]): string {
  const pages = lists
    ? [routes.frontPage, routes.latest, routes.headlines, routes.corrections, ...lists.map(routes.section)]
    : []
  return fileOf([
    ...pages.map((address) => `<url><loc>${escapeXml(siteUrl + address)}</loc></url>`),
    ...stories.map(
      (story) =>
        `<url><loc>${escapeXml(siteUrl + routes.story(story))}</loc><lastmod>${(story.updatedAt ?? story.liveAt).toISOString()}</lastmod></url>`,
    ),
  ])
}

/** A sitemap file of lists, without times. */
export function sitemapOfLists(siteUrl: string, addresses: string[]): string {
  return fileOf(addresses.map((address) => `<url><loc>${escapeXml(siteUrl + address)}</loc></url>`))
}

/** The sitemap index. */
export function sitemapIndexOf(siteUrl: string, files: string[]): string {
  const entries = files.map((address) => `<sitemap><loc>${escapeXml(siteUrl + address)}</loc></sitemap>`)
  return fileOf(entries, 'sitemapindex')
}

function fileOf(entries: string[], root = 'urlset'): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`,
    ...entries,
    `</${root}>`,
    '',
  ].join('\n')
}
