import { correctionsFeedOf } from '@/components/reader/feeds/rss-feed'
import { tag } from '@/domain/history/tag'
import { readCorrectionsFeed } from '@/reading/corrections'
import { readNextChangeAt } from '@/reading/upcoming'
import { fileResponse } from '../../file-response'
import { readSite } from '../../site'

export async function GET(): Promise<Response> {
  const [site, corrections, staleAt] = await Promise.all([readSite(), readCorrectionsFeed(), readNextChangeAt()])
  const stories = corrections.map(({ story }) => story)
  const metadata = { tags: [tag.corrections, tag.sections], stories, staleAt }
  return fileResponse('application/rss+xml', correctionsFeedOf(corrections, site), metadata)
}
