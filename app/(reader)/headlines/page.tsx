import { Head } from '@/components/reader/head'
import { ListPage } from '@/components/reader/list-page'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { readHeadlines } from '@/reading/lists'
import { readNextMoment } from '@/reading/upcoming'
import { asked, readHouse } from '../house'

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function HeadlinesPage({ searchParams }: Props) {
  const before = asked((await searchParams).before)
  const [house, page, next] = await Promise.all([readHouse(), readHeadlines(before), readNextMoment()])
  return (
    <PageFrame house={house} current={routes.headlines}>
      <PageTags tags={[tag.headlines, tag.sections]} until={next} ends={firstEnd(page.stories)} />
      <Head
        house={house}
        title="All headlines"
        address={before ? routes.before(routes.headlines, before) : routes.headlines}
      />
      <ListPage
        house={house}
        title="All headlines"
        page={page}
        address={routes.headlines}
        older={before !== null}
        anchors
      />
    </PageFrame>
  )
}
