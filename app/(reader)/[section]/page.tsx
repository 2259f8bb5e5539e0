import { MovedPage, NotFoundPage } from '@/components/reader/page/status-pages'
import { ListPage } from '@/components/reader/lists/list-page'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readSectionStories } from '@/reading/lists'
import { readSection, readSectionFormerlyAt } from '@/reading/sections'
import { readNextChangeAt } from '@/reading/upcoming'
import { feedsOfList, sectionDescription } from '../feeds'
import { readSite, requestedCursor, type ListProps } from '../site'

type Props = ListProps & { params: Promise<{ section: string }> }

export default async function SectionPage({ params, searchParams }: Props) {
  const { section: slug } = await params
  const before = await requestedCursor(searchParams)
  const [site, section] = await Promise.all([readSite(), readSection(slug)])
  const tags = [tag.sectionSlug(slug), tag.sections]
  if (!section) {
    const withCursor = (path: string) => (before === null ? path : routes.before(path, before))
    const requested = { site, address: withCursor(`/${slug}`) }
    const moved = await readSectionFormerlyAt(slug)
    if (!moved) return <NotFoundPage {...requested} tags={tags} />
    const location = withCursor(routes.section(moved))
    return <MovedPage {...requested} tags={[...tags, tag.section(moved.id)]} status={301} location={location} />
  }
  const [page, staleAt] = await Promise.all([readSectionStories(section, before), readNextChangeAt()])
  const address = routes.section(section)
  return (
    <ListPage
      {...{ site, before, page, staleAt, address }}
      {...feedsOfList(site, section.name, address)}
      tags={[...tags, tag.section(section.id)]}
      current={address}
      title={section.name}
      description={sectionDescription(section, site)}
      sections={false}
    />
  )
}
