import { metadataHeaders } from '@/components/reader/page/page-metadata'
import { sitemapIndexOf } from '@/components/reader/feeds/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readSitemapFiles } from '@/reading/sitemap'
import { readNextChangeAt } from '@/reading/upcoming'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const [starts, staleAt] = await Promise.all([readSitemapFiles(), readNextChangeAt()])
  const files = [...starts.map((after) => routes.sitemapFile(after)), routes.sitemapOfAuthors, routes.sitemapOfTopics]
  return new Response(sitemapIndexOf(env.siteUrl, files), {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      ...metadataHeaders({ tags: [tag.sitemap], stories: [], staleAt }),
    },
  })
}
