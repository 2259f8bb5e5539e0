import { metadataHeaders } from '@/components/reader/page/page-metadata'
import { sitemapOfLists } from '@/components/reader/feeds/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readAllNamed } from '@/reading/names'
import { readNextChangeAt } from '@/reading/upcoming'

export const dynamic = 'force-dynamic'

/** Authors with a live story. */
export async function GET(): Promise<Response> {
  const [authors, staleAt] = await Promise.all([readAllNamed('author'), readNextChangeAt()])
  return new Response(sitemapOfLists(env.siteUrl, authors.map(routes.author)), {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      ...metadataHeaders({ tags: [tag.sitemap], stories: authors.map(({ story }) => story), staleAt }),
    },
  })
}
