import { metadataHeaders } from '@/components/reader/page/page-metadata'
import { sitemapOfLists } from '@/components/reader/feeds/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readAllNamed } from '@/reading/names'
import { readNextChangeAt } from '@/reading/upcoming'

export const dynamic = 'force-dynamic'

/** Topics with a live story. */
export async function GET(): Promise<Response> {
  const [topics, staleAt] = await Promise.all([readAllNamed('topic'), readNextChangeAt()])
  return new Response(sitemapOfLists(env.siteUrl, topics.map(routes.topic)), {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      ...metadataHeaders({ tags: [tag.sitemap], stories: topics.map(({ story }) => story), staleAt }),
    },
  })
}
