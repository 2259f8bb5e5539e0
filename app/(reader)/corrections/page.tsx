import { CorrectionsPage } from '@/components/reader/corrections'
import { Head } from '@/components/reader/page/head'
import { PageFrame } from '@/components/reader/page/page-frame'
import { PageMetaTags } from '@/components/reader/page/page-metadata'
import { tag } from '@/domain/history/tag'
import { routes } from '@/lib/routes'
import { readCorrections } from '@/reading/corrections'
import { readNextChangeAt } from '@/reading/upcoming'
import { firstParam, readSite } from '../site'

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function CorrectionsListPage({ searchParams }: Props) {
  const before = firstParam((await searchParams).before)
  const [site, page, staleAt] = await Promise.all([readSite(), readCorrections(before), readNextChangeAt()])
  return (
    <PageFrame site={site}>
      <PageMetaTags
        tags={[tag.corrections, tag.sections]}
        stories={page.corrections.map(({ story }) => story)}
        staleAt={staleAt}
      />
      <Head
        site={site}
        title="Corrections"
        description={`What ${site.siteName} has corrected, clarified, updated or retracted`}
        address={before ? routes.before(routes.corrections, before) : routes.corrections}
        feed={{ title: `Corrections · ${site.siteName}`, href: routes.correctionsFeed }}
      />
      <CorrectionsPage page={page} timeZone={site.timeZone} older={before !== null} />
    </PageFrame>
  )
}
