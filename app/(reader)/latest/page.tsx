import { Head } from '@/components/reader/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { readLatest } from '@/reading/lists'
import { readNextMoment } from '@/reading/upcoming'
import { asked, readHouse } from '../house'

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function LatestPage({ searchParams }: Props) {
  const before = asked((await searchParams).before)
  const [house, page, next] = await Promise.all([readHouse(), readLatest(before), readNextMoment()])
  return (
    <PageFrame house={house} current={routes.latest}>
      <PageTags tags={[tag.latest, tag.sections]} until={next} ends={firstEnd(page.stories)} />
      <Head house={house} title="Latest" address={before ? routes.before(routes.latest, before) : routes.latest} />
      <ListPage house={house} title="Latest" page={page} address={routes.latest} older={before !== null} />
    </PageFrame>
  )
}
