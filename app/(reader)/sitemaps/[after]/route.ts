import { metadataHeaders } from '@/components/reader/page/page-metadata'
import { sitemapOf } from '@/components/reader/feeds/sitemap'
import { tag } from '@/domain/history/tag'
import { env } from '@/lib/env'
import { readSitemap } from '@/reading/sitemap'
import { readNextChangeAt } from '@/reading/upcoming'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ after: string }> }

/** The stories after an id, as `/sitemaps/0.xml`. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const after = /^(\d{1,15})\.xml$/u.exec((await params).after)?.[1]
  const [file, staleAt] = await Promise.all([
    after === undefined ? null : readSitemap(Number(after)),
    readNextChangeAt(),
  ])
  const headers = {
    'content-type': 'application/xml; charset=utf-8',
    ...metadataHeaders({ tags: [tag.sitemap], stories: file?.stories ?? [], staleAt }),
  }
  if (file === null)
    return new Response('There is no such file of the sitemap.\n', {
      status: 404,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    })
  return new Response(sitemapOf(env.siteUrl, after === '0' ? file.sections : null, file.stories), { headers })
}
