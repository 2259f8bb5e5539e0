import { FrontPage } from '@/components/reader/front-page'
import { Head } from '@/components/reader/page/head'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
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
    <PageFrame site={site} front>
      <PageMetaTags
        tags={[tag.frontPage, tag.sections]}
        stories={storiesOn(frontPage)}
        staleAt={earlier(staleAt, nextMidnight(new Date(), site.timeZone))}
      />
      <Head
        site={site}
        title={site.siteName}
        description={`The latest news from ${site.siteName}`}
        address={routes.frontPage}
        alternates={alternateFeeds(routes.frontPage)}
      />
      <FrontPage frontPage={frontPage} timeZone={site.timeZone} />
    </PageFrame>
  )
}
