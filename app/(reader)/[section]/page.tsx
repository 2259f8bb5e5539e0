import { NothingHere } from '@/components/reader/answers'
import { Head } from '@/components/reader/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readSectionStories } from '@/reading/lists'
import { readSection } from '@/reading/sections'
import { readNextMoment } from '@/reading/upcoming'
import { asked, readHouse } from '../house'

type Props = { params: Promise<{ section: string }>; searchParams: Promise<{ before?: string | string[] }> }

export default async function SectionPage({ params, searchParams }: Props) {
  const { section: slug } = await params
  const before = asked((await searchParams).before)
  const [house, section] = await Promise.all([readHouse(), readSection(slug)])
  const tags = [tag.sectionSlug(slug), tag.sections]
  if (!section) return <NothingHere house={house} tags={tags} address={`/${slug}`} />
  const [page, next] = await Promise.all([readSectionStories(section, before), readNextMoment()])
  const address = routes.section(section)
  return (
    <PageFrame house={house} current={address}>
      <PageTags tags={[...tags, tag.section(section.id)]} until={next} />
      <Head
        house={house}
        title={section.name}
        description={`${section.name}: the latest from ${house.siteName}`}
        address={before ? routes.before(address, before) : address}
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
