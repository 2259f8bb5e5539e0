import { ListPage } from '@/components/reader/lists/list-page'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readHeadlines } from '@/reading/lists'
import { readNextChangeAt } from '@/reading/upcoming'
import { readSite, requestedCursor, type ListProps } from '../site'

export default async function HeadlinesPage({ searchParams }: ListProps) {
  const before = await requestedCursor(searchParams)
  const [site, page, staleAt] = await Promise.all([readSite(), readHeadlines(before), readNextChangeAt()])
  const address = routes.headlines
  const tags = [tag.headlines, tag.sections]
  return (
    <ListPage {...{ site, before, page, staleAt, tags, address }} current={address} title="All headlines" anchors />
  )
}
