import { Head } from '@/components/reader/page/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readHeadlines } from '@/reading/lists'
import { readNextChangeAt } from '@/reading/upcoming'
import { firstParam, readSite } from '../site'

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function HeadlinesPage({ searchParams }: Props) {
  const before = firstParam((await searchParams).before)
  const [site, page, staleAt] = await Promise.all([readSite(), readHeadlines(before), readNextChangeAt()])
  return (
    <PageFrame site={site} current={routes.headlines}>
      <PageMetaTags tags={[tag.headlines, tag.sections]} stories={page.stories} staleAt={staleAt} />
      <Head
        site={site}
        title="All headlines"
        address={before ? routes.before(routes.headlines, before) : routes.headlines}
      />
      <ListPage
        site={site}
        title="All headlines"
        page={page}
        address={routes.headlines}
        older={before !== null}
        anchors
      />
    </PageFrame>
  )
}
