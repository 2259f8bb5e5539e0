import { ListPage } from '@/components/reader/lists/list-page'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readHeadlines } from '@/reading/lists'
import { readNextChangeAt } from '@/reading/upcoming'
import { readSite, requestedCursor, type ListProps } from '../site'

export default async function LatestPage({ searchParams }: ListProps) {
  const before = await requestedCursor(searchParams)
  const [site, page, staleAt] = await Promise.all([readSite(), readHeadlines(before), readNextChangeAt()])
  const address = routes.latest
  const tags = [tag.latest, tag.sections]
  return <ListPage {...{ site, before, page, staleAt, tags, address }} current={address} title="Latest" />
}
