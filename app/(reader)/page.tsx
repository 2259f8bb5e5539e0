import { FrontPage } from '@/components/reader/lists/front-page'
import { ReaderPage } from '@/components/reader/page/reader-page'
import { earlier, nextMidnight } from '@/domain/time/day'
import { storiesOn } from '@/domain/front-page/front-page'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readFrontPage } from '@/reading/front-page'
import { readNextChangeAt } from '@/reading/upcoming'
import { alternateFeeds } from './feeds'
import { readSite } from './site'

export default async function Front() {
  const [site, frontPage, staleAt] = await Promise.all([readSite(), readFrontPage(), readNextChangeAt()])
  return (
    <ReaderPage
      site={site}
      front
      tags={[tag.frontPage, tag.sections]}
      stories={storiesOn(frontPage)}
      staleAt={earlier(staleAt, nextMidnight(new Date(), site.timeZone))}
      title={site.siteName}
      description={`The latest news from ${site.siteName}`}
      address={routes.frontPage}
      alternates={alternateFeeds(routes.frontPage)}
    >
      <FrontPage frontPage={frontPage} timeZone={site.timeZone} />
    </ReaderPage>
  )
}
