import { CorrectionsPage } from '@/components/reader/lists/corrections-page'
import { tag } from '@/domain/history/tag'
import { readCorrections } from '@/reading/corrections'
import { readNextChangeAt } from '@/reading/upcoming'
import { readSite, requestedCursor, type ListProps } from '../site'

export default async function CorrectionsListPage({ searchParams }: ListProps) {
  const before = await requestedCursor(searchParams)
  const [site, page, staleAt] = await Promise.all([readSite(), readCorrections(before), readNextChangeAt()])
  return <CorrectionsPage {...{ site, before, page, staleAt }} tags={[tag.corrections, tag.sections]} />
}
