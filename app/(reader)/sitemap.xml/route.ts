import { sitemapIndexOf } from '@/components/reader/feeds/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { readSitemapFiles } from '@/reading/sitemap'
import { readNextChangeAt } from '@/reading/upcoming'
import { fileResponse } from '../file-response'

/** Next renders a file of this name at build time otherwise. */
export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const [starts, staleAt] = await Promise.all([readSitemapFiles(), readNextChangeAt()])
  const files = [...starts.map(routes.sitemapFile), routes.sitemapOfAuthors, routes.sitemapOfTopics]
  const index = sitemapIndexOf(env.siteUrl, files)
  return fileResponse('application/xml', index, { tags: [tag.sitemap], stories: [], staleAt })
}
