import type { Author, Topic } from '../copy/name'
import type { Section } from '../section/section'
import { earlier } from '../time/day'
import type { Body } from '../body/body'
import type { Copy, TextField } from '../copy/copy-fields'

/** A story as readers may see it: the live revision, never the draft. */
export type LiveStory = Pick<Copy, TextField | 'slug'> & {
  id: number
  section: Section
  /** In their order. */
  authors: Author[]
  topics: Topic[]
  hasBody: boolean
  liveAt: Date
  /** When the story was last corrected; null: never. */
  updatedAt: Date | null
  /** One of its corrections is a retraction. Shown as a label beside the headline. */
  retracted: boolean
  /** When it will be unpublished: for the page cache, not for readers. */
  unpublishAt: Date | null
}

export type LiveStoryWithBody = LiveStory & { hasBody: true; body: Body }

/** When the first of the stories will be unpublished: a page that shows all of them must not be served after. Null: never. */
export function earliestUnpublish(stories: readonly Pick<LiveStory, 'unpublishAt'>[]): Date | null {
  return stories.reduce<Date | null>((first, { unpublishAt }) => earlier(first, unpublishAt), null)
}

/** One page of a list, newest first; `olderCursor` is where the next one begins, null at the end. */
export type Page = { stories: LiveStory[]; olderCursor: string | null }
