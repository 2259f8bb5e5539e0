import { StoryPage } from '@/components/admin/layout/page'
import { CorrectStory } from '@/components/admin/correction/correct-story'
import { CorrectionNotes } from '@/components/admin/correction/correction-notes'
import { findCorrections } from '@/domain/correction/queries'
import { env } from '@/lib/env'
import { renderStoryPage, type StoryParams } from '../../../render-page'
import { correct, reword } from './actions'

/** Publishes a correction of a live story, and rewords published ones. */
export default function CorrectPage({ params }: { params: StoryParams }) {
  return renderStoryPage(params, 'correct', async (actor, storyId) => {
    const found = await findCorrections(actor, storyId)
    if (found === null) return null
    const { story, liveCopy, corrections } = found
    return (
      <StoryPage story={story} titlePrefix="Correct" heading="Correct this story" headline={liveCopy?.headline}>
        <CorrectStory {...{ story, liveCopy }} seenNote={corrections.at(-1)?.id ?? 0} action={correct} />
        <CorrectionNotes {...{ story, corrections }} timeZone={env.timeZone} action={reword} />
      </StoryPage>
    )
  })
}
