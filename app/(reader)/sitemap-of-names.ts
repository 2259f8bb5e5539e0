import { sitemapOfLists } from '@/components/reader/feeds/sitemap'
import type { NameKind } from '@/domain/copy/name'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readAllNamed } from '@/reading/names'
import { readNextChangeAt } from '@/reading/upcoming'
import { fileResponse } from './file-response'

/** Authors or topics with a live story. */
export const sitemapOfNames = (kind: NameKind) => async (): Promise<Response> => {
  const [named, staleAt] = await Promise.all([readAllNamed(kind), readNextChangeAt()])
  const sitemap = sitemapOfLists(env.siteUrl, named.map(routes[kind]))
  return fileResponse('application/xml', sitemap, {
    tags: [tag.sitemap],
    stories: named.map(({ story }) => story),
    staleAt,
  })
}
