import { correctionsFeedOf } from '@/components/reader/feed'
import { notes } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { readCorrectionsFeed } from '@/reading/corrections'
import { readNextMoment } from '@/reading/upcoming'
import { readHouse } from '../../house'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const [house, corrections, next] = await Promise.all([readHouse(), readCorrectionsFeed(), readNextMoment()])
  return new Response(correctionsFeedOf(corrections, house), {
    headers: {
      'content-type': 'application/rss+xml; charset=utf-8',
      ...notes({
        tags: [tag.corrections, tag.sections],
        until: next,
        ends: firstEnd(corrections.map(({ story }) => story)),
      }),
    },
  })
}
