import { changedFields } from '@/domain/copy/copy'
import type { Copy } from '@/domain/copy/copy-fields'
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

export function describeDifference(draft: Copy, liveCopy: Copy): string {
  const changed = changedFields(draft, liveCopy)
  if (changed.length === 0) return 'The draft says what readers see, word for word.'
  return `The draft differs from what readers see in its ${changed.join(', ')}.`
}
