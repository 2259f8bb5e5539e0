import { hasUnpublishedChanges, type Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { liveRevisionPhrases } from './story-status'

/** Links to the comparison of the draft with what readers see, where they differ. */
export function CompareLink({ story }: { story: Story }) {
  if (story.stage === 'draft' || !hasUnpublishedChanges(story)) return null
  return (
    <a href={routes.admin.compared(story.id, 'live', 'draft')}>
      {story.stage === 'live' ? 'What changed since live' : `Compare with ${liveRevisionPhrases[story.stage]}`}
    </a>
  )
}
