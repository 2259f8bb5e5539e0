import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { formerSectionAddresses, sections } from '@/db/schema/section'
import { stories } from '@/db/schema/story'
import type { Body } from '../body/body'
import { findLinks, internalTarget } from '../copy/flaws'

/**
 * The internal links of a body whose story or section readers cannot open: unknown, withdrawn or never published. A scheduled story counts
 * as found. External links are not requested: a server that fetches typed addresses can be sent anywhere (SSRF), and publishing would wait for it.
 */
export async function findDeadLinks(db: Database | Transaction, body: Body | null): Promise<ReadonlySet<string>> {
  const links = findLinks(body).flatMap(({ href }) => {
    const target = internalTarget(href)
    return target === null ? [] : [{ href, place: target }]
  })
  const ids = links.flatMap(({ place: target }) => ('storyId' in target ? [target.storyId] : []))
  const slugs = links.flatMap(({ place: target }) => ('section' in target ? [target.section] : []))
  const found = new Set([...(await findPublished(db, ids)), ...(await findSections(db, slugs))])
  const isDead = ({ place: target }: (typeof links)[number]) =>
    !found.has('storyId' in target ? target.storyId : target.section)
  return new Set(links.filter(isDead).map(({ href }) => href))
}

async function findPublished(db: Database | Transaction, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const isPublished = and(inArray(stories.id, ids), isNotNull(stories.liveAt), isNull(stories.withdrawnAt))
  return (await db.select({ id: stories.id }).from(stories).where(isPublished)).map(({ id }) => id)
}

/** By present and former slugs: former ones redirect. */
async function findSections(db: Database | Transaction, slugs: string[]): Promise<string[]> {
  if (slugs.length === 0) return []
  const now = await db.select({ slug: sections.slug }).from(sections).where(inArray(sections.slug, slugs))
  const before = await db
    .select({ slug: formerSectionAddresses.slug })
    .from(formerSectionAddresses)
    .where(inArray(formerSectionAddresses.slug, slugs))
  return [...now, ...before].map(({ slug }) => slug)
}
