import { FrontPage } from '@/components/reader/front-page'
import { Head } from '@/components/reader/head'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { earlier, nextMidnight } from '@/domain/front-page/edition'
import { storiesOn } from '@/domain/front-page/front-page'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { readFrontPage } from '@/reading/front-page'
import { readNextMoment } from '@/reading/upcoming'
import { otherFeedsOf } from './feeds'
import { readHouse } from './house'

export default async function Front() {
  const [house, frontPage, next] = await Promise.all([readHouse(), readFrontPage(), readNextMoment()])
  return (
    <PageFrame house={house} front>
      <PageTags
        tags={[tag.frontPage, tag.sections]}
        until={earlier(next, nextMidnight(new Date(), house.timeZone))}
        ends={firstEnd(storiesOn(frontPage))}
      />
      <Head
        house={house}
        title={house.siteName}
        description={`The latest news from ${house.siteName}`}
        address={routes.frontPage}
        alsoAs={otherFeedsOf(routes.frontPage)}
      />
      <FrontPage frontPage={frontPage} timeZone={house.timeZone} />
    </PageFrame>
  )
}
