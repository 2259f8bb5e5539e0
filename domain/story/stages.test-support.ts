import { blankCopy } from '../copy/copy'
import { initialProgress } from '../stage'
import type { Live, NeverLive } from './story'

export const now = new Date('2026-01-01T12:00:00Z')
export const copy = { ...blankCopy(), headline: 'Rain', sectionId: 1, slug: 'rain' }
export const draft: NeverLive = {
  id: 1,
  ownerId: 1,
  progress: initialProgress,
  stage: 'draft',
  embargo: null,
  draft: { ...copy, version: 2, savedAt: now, savedByName: 'Rae', keptAsRevisionId: null },
}
export const publication = { liveRevisionId: 5, liveAt: now, sectionId: 1, slug: 'rain', authorIds: [], topicIds: [] }
/** With unpublished changes. */
export const live: Live = { ...draft, ...publication, stage: 'live', due: null, unpublish: null }
