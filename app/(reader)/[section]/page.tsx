import { Moved, NothingHere } from '@/components/reader/answers'
import type { House } from '@/components/reader/house'
import { Head } from '@/components/reader/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { readSectionStories } from '@/reading/lists'
import { readSection, readSectionFormerlyAt } from '@/reading/sections'
import { readNextMoment } from '@/reading/upcoming'
import { aboutSection, otherFeedsOf } from '../feeds'
import { asked, readHouse } from '../house'

type Props = { params: Promise<{ section: string }>; searchParams: Promise<{ before?: string | string[] }> }

export default async function SectionPage({ params, searchParams }: Props) {
  const { section: slug } = await params
  const before = asked((await searchParams).before)
  const [house, section] = await Promise.all([readHouse(), readSection(slug)])
  const tags = [tag.sectionSlug(slug), tag.sections]
  if (!section) return <ElsewhereOrNowhere slug={slug} before={before} house={house} tags={tags} />
  const [page, next] = await Promise.all([readSectionStories(section, before), readNextMoment()])
  const address = routes.section(section)
  return (
    <PageFrame house={house} current={address}>
      <PageTags tags={[...tags, tag.section(section.id)]} until={next} ends={firstEnd(page.stories)} />
      <Head
        house={house}
        title={section.name}
        description={aboutSection(section, house)}
        address={before ? routes.before(address, before) : address}
        feed={{ title: `${section.name} · ${house.siteName}`, href: routes.feedOf(address, 'feed.xml') }}
        alsoAs={otherFeedsOf(address)}
      />
      <ListPage
        house={house}
        title={section.name}
        page={page}
        address={address}
        older={before !== null}
        sections={false}
      />
    </PageFrame>
  )
}

/** A section that has another address now is found there; otherwise there is none. */
async function ElsewhereOrNowhere({
  slug,
  before,
  house,
  tags,
}: {
  slug: string
  before: string | null
  house: House
  tags: string[]
}) {
  const moved = await readSectionFormerlyAt(slug)
  const asked = before === null ? `/${slug}` : routes.before(`/${slug}`, before)
  if (!moved) return <NothingHere house={house} tags={tags} address={asked} />
  const address = routes.section(moved)
  const to = before === null ? address : routes.before(address, before)
  return (
    <Moved
      house={house}
      tags={[...tags, tag.section(moved.id)]}
      until={null}
      ends={null}
      address={asked}
      status={301}
      to={to}
    />
  )
}
