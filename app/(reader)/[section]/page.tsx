import { MovedPage, NotFoundPage } from '@/components/reader/page/status-pages'
import type { Site } from '@/components/reader/page/site'
import { Head } from '@/components/reader/page/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readSectionStories } from '@/reading/lists'
import { readSection, readSectionFormerlyAt } from '@/reading/sections'
import { readNextChangeAt } from '@/reading/upcoming'
import { sectionDescription, alternateFeeds } from '../feeds'
import { firstParam, readSite } from '../site'

type Props = { params: Promise<{ section: string }>; searchParams: Promise<{ before?: string | string[] }> }

export default async function SectionPage({ params, searchParams }: Props) {
  const { section: slug } = await params
  const before = firstParam((await searchParams).before)
  const [site, section] = await Promise.all([readSite(), readSection(slug)])
  const tags = [tag.sectionSlug(slug), tag.sections]
  if (!section) return <MovedOrNotFound slug={slug} before={before} site={site} tags={tags} />
  const [page, staleAt] = await Promise.all([readSectionStories(section, before), readNextChangeAt()])
  const address = routes.section(section)
  return (
    <PageFrame site={site} current={address}>
      <PageMetaTags tags={[...tags, tag.section(section.id)]} stories={page.stories} staleAt={staleAt} />
      <Head
        site={site}
        title={section.name}
        description={sectionDescription(section, site)}
        address={before ? routes.before(address, before) : address}
        feed={{ title: `${section.name} · ${site.siteName}`, href: routes.feedOf(address, 'feed.xml') }}
        alternates={alternateFeeds(address)}
      />
      <ListPage
        site={site}
        title={section.name}
        page={page}
        address={address}
        older={before !== null}
        sections={false}
      />
    </PageFrame>
  )
}

/** Redirects from a former address of a section. */
async function MovedOrNotFound({
  slug,
  before,
  site,
  tags,
}: {
  slug: string
  before: string | null
  site: Site
  tags: string[]
}) {
  const moved = await readSectionFormerlyAt(slug)
  const requestedPath = before === null ? `/${slug}` : routes.before(`/${slug}`, before)
  if (!moved) return <NotFoundPage site={site} tags={tags} address={requestedPath} />
  const address = routes.section(moved)
  const to = before === null ? address : routes.before(address, before)
  return (
    <MovedPage
      site={site}
      tags={[...tags, tag.section(moved.id)]}
      stories={[]}
      staleAt={null}
      address={requestedPath}
      status={301}
      to={to}
    />
  )
}
