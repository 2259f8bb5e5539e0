import { feedOf } from '@/components/reader/feed'
import { notes } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { readFeed } from '@/reading/feed'
import { readNextMoment } from '@/reading/upcoming'
import { readHouse } from '../house'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const [house, items, next] = await Promise.all([readHouse(), readFeed(), readNextMoment()])
  return new Response(feedOf(items, house), {
    headers: {
      'content-type': 'application/rss+xml; charset=utf-8',
      ...notes({ tags: [tag.feed, tag.names, tag.sections], until: next, ends: firstEnd(items) }),
    },
  })
}
