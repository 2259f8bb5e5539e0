import { Head } from '@/components/reader/page/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readLatest } from '@/reading/lists'
import { readNextChangeAt } from '@/reading/upcoming'
import { firstParam, readSite } from '../site'

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function LatestPage({ searchParams }: Props) {
  const before = firstParam((await searchParams).before)
  const [site, page, staleAt] = await Promise.all([readSite(), readLatest(before), readNextChangeAt()])
  return (
    <PageFrame site={site} current={routes.latest}>
      <PageMetaTags tags={[tag.latest, tag.sections]} stories={page.stories} staleAt={staleAt} />
      <Head site={site} title="Latest" address={before ? routes.before(routes.latest, before) : routes.latest} />
      <ListPage site={site} title="Latest" page={page} address={routes.latest} older={before !== null} />
    </PageFrame>
  )
}
