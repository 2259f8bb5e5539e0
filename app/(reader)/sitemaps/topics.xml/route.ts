import { notes } from '@/components/reader/page-notes'
import { sitemapOfLists } from '@/components/reader/sitemap'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readAllNamed } from '@/reading/names'
import { readNextMoment } from '@/reading/upcoming'

export const dynamic = 'force-dynamic'

/** Every topic of which readers find a story, for search engines. */
export async function GET(): Promise<Response> {
  const [topics, next] = await Promise.all([readAllNamed('topic'), readNextMoment()])
  return new Response(sitemapOfLists(env.siteUrl, topics.map(routes.topic)), {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      ...notes({ tags: [tag.sitemap], until: next, ends: firstEnd(topics) }),
    },
  })
}
