import { sitemapIndexOf } from '@/components/reader/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readSitemapFiles } from '@/reading/sitemap'

export const dynamic = 'force-dynamic'

/** The index of the sitemap's files. */
export async function GET(): Promise<Response> {
  const files = (await readSitemapFiles()).map((after) => routes.sitemapFile(after))
  return new Response(sitemapIndexOf(env.siteUrl, files), {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'x-page-tags': tag.sitemap },
  })
}
