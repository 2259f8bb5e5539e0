import { CorrectionsPage } from '@/components/reader/corrections'
import { Head } from '@/components/reader/head'
import { PageFrame } from '@/components/reader/page-frame'
import { PageTags } from '@/components/reader/page-notes'
import { tag } from '@/domain/history/tag'
import { firstEnd } from '@/domain/story/live-story'
import { routes } from '@/lib/routes'
import { readCorrections } from '@/reading/corrections'
import { readNextMoment } from '@/reading/upcoming'
import { asked, readHouse } from '../house'

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function CorrectionsListPage({ searchParams }: Props) {
  const before = asked((await searchParams).before)
  const [house, page, next] = await Promise.all([readHouse(), readCorrections(before), readNextMoment()])
  return (
    <PageFrame house={house}>
      <PageTags
        tags={[tag.corrections, tag.sections]}
        until={next}
        ends={firstEnd(page.corrections.map(({ story }) => story))}
      />
      <Head
        house={house}
        title="Corrections"
        description={`What ${house.siteName} has corrected, clarified, updated or retracted`}
        address={before ? routes.before(routes.corrections, before) : routes.corrections}
        feed={{ title: `Corrections · ${house.siteName}`, href: routes.correctionsFeed }}
      />
      <CorrectionsPage page={page} timeZone={house.timeZone} older={before !== null} />
    </PageFrame>
  )
}
