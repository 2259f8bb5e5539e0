import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { Section } from '@/domain/section/section'
import { readSections } from './sections'

/** The protocol's limit for one file is 50,000 addresses (sitemaps.org). */
export const ADDRESSES_IN_A_SITEMAP = 50_000

export type SitemapStory = { id: number; slug: string; section: { slug: string }; liveAt: Date; updatedAt: Date | null }

/** Addresses of stories that have a page of their own, by id, after a given one; at most one file full. */
export async function readSitemap(afterId = 0): Promise<{ sections: Section[]; stories: SitemapStory[] }> {
  const rows = await database()
    .select({
      id: liveStories.id,
      slug: liveStories.slug,
      sectionSlug: liveStories.sectionSlug,
      liveAt: liveStories.liveAt,
      updatedAt: liveStories.updatedAt,
    })
    .from(liveStories)
    .where(and(eq(liveStories.hasBody, true), gt(liveStories.id, afterId)))
    .orderBy(asc(liveStories.id))
    .limit(ADDRESSES_IN_A_SITEMAP)
  return {
    sections: await readSections(),
    stories: rows.map(({ sectionSlug, ...story }) => ({ ...story, section: { slug: sectionSlug } })),
  }
}

/** The ids after which each file of the sitemap begins: always at least the first. */
export async function readSitemapFiles(): Promise<number[]> {
  const numbered = database()
    .select({ id: liveStories.id, place: sql<number>`row_number() over (order by ${liveStories.id})`.as('place') })
    .from(liveStories)
    .where(eq(liveStories.hasBody, true))
    .as('numbered')
  const lasts = await database()
    .select({ id: numbered.id })
    .from(numbered)
    .where(sql`${numbered.place} % ${ADDRESSES_IN_A_SITEMAP} = 0`)
    .orderBy(asc(numbered.id))
  return [0, ...lasts.map(({ id }) => id)]
}
