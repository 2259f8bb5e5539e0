import { feedOf } from '@/components/reader/feed'
import { tag } from '@/domain/history/tag'
import { readFeed } from '@/reading/feed'
import { readNextMoment } from '@/reading/upcoming'
import { readHouse } from '../house'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const [house, items, next] = await Promise.all([readHouse(), readFeed(), readNextMoment()])
  const notes = {
    'x-page-tags': [tag.feed, tag.sections].join(' '),
    ...(next ? { 'x-page-until': next.toISOString() } : {}),
  }
  return new Response(feedOf(items, house), {
    headers: { 'content-type': 'application/rss+xml; charset=utf-8', ...notes },
  })
}
