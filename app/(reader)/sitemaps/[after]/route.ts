import { sitemapOf } from '@/components/reader/feeds/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { readSitemap } from '@/reading/sitemap'
import { readNextChangeAt } from '@/reading/upcoming'
import { fileResponse } from '../../file-response'

type Props = { params: Promise<{ after: string }> }

/** The stories after an id, as `/sitemaps/0.xml`. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const after = /^(\d{1,15})\.xml$/u.exec((await params).after)?.[1]
  const [file, staleAt] = await Promise.all([
    after === undefined ? null : readSitemap(Number(after)),
    readNextChangeAt(),
  ])
  const metadata = { tags: [tag.sitemap], stories: file?.stories ?? [], staleAt }
  if (file === null) return fileResponse('text/plain', 'There is no such file of the sitemap.\n', metadata, 404)
  const sitemap = sitemapOf(env.siteUrl, after === '0' ? file.sections : null, file.stories)
  return fileResponse('application/xml', sitemap, metadata)
}
