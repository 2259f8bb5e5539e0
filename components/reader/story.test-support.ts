import { blankCopy } from '@/domain/copy/copy'
import { pickText } from '@/domain/copy/copy-fields'
import type { LiveStory } from '@/domain/story/live-story'

export const liveStory: LiveStory = {
  id: 7,
  section: { id: 1, slug: 'harbour', name: 'Harbour' },
  slug: 'herring-votes',
  ...pickText(blankCopy()),
  headline: 'Herring votes',
  authors: [],
  topics: [],
  hasBody: false,
  liveAt: new Date('2025-03-03T14:05:00Z'),
  updatedAt: null,
  retracted: false,
  unpublishAt: null,
}
