import { and, asc, desc, eq, gt, lte } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { Section } from '@/domain/section/section'
import { readSections } from './sections'

/**
 * A file of the sitemap holds the stories of a range of ids, so that the files are known without counting stories. Far below the limit of 50,000
 * addresses (sitemaps.org), to be fast.
 */
export const IDS_PER_SITEMAP = 5000

export type SitemapStory = {
  id: number
  slug: string
  section: { slug: string }
  liveAt: Date
  updatedAt: Date | null
  unpublishAt: Date | null
}

/** Stories with a page of their own; null if no file begins after that id. */
export async function readSitemap(afterId = 0): Promise<{ sections: Section[]; stories: SitemapStory[] } | null> {
  if (afterId % IDS_PER_SITEMAP !== 0) return null
  const rows = await database()
    .select({
      id: liveStories.id,
      slug: liveStories.slug,
      sectionSlug: liveStories.sectionSlug,
      liveAt: liveStories.liveAt,
      updatedAt: liveStories.updatedAt,
      unpublishAt: liveStories.unpublishAt,
    })
    .from(liveStories)
    .where(
      and(eq(liveStories.hasBody, true), gt(liveStories.id, afterId), lte(liveStories.id, afterId + IDS_PER_SITEMAP)),
    )
    .orderBy(asc(liveStories.id))
  return {
    sections: await readSections(),
    stories: rows.map(({ sectionSlug, ...story }) => ({ ...story, section: { slug: sectionSlug } })),
  }
}

/** The ids after which the files begin, at least one. A file between others may be empty. */
export async function readSitemapFiles(): Promise<number[]> {
  const [last] = await database()
    .select({ id: liveStories.id })
    .from(liveStories)
    .orderBy(desc(liveStories.id))
    .limit(1)
  const files = Math.max(1, Math.ceil((last?.id ?? 0) / IDS_PER_SITEMAP))
  return Array.from({ length: files }, (_, at) => at * IDS_PER_SITEMAP)
}
