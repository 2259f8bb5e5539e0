import { correctionsFeedOf } from '@/components/reader/feeds/rss-feed'
import { metadataHeaders } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import { readCorrectionsFeed } from '@/reading/corrections'
import { readNextChangeAt } from '@/reading/upcoming'
import { readSite } from '../../site'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const [site, corrections, staleAt] = await Promise.all([readSite(), readCorrectionsFeed(), readNextChangeAt()])
  return new Response(correctionsFeedOf(corrections, site), {
    headers: {
      'content-type': 'application/rss+xml; charset=utf-8',
      ...metadataHeaders({
        tags: [tag.corrections, tag.sections],
        stories: corrections.map(({ story }) => story),
        staleAt,
      }),
    },
  })
}
