import type { Author, Topic } from '../copy/name'
import type { Section } from '../section/section'
import { earlier } from '../time/day'
import type { Body } from '../body/body'
import type { Copy, TextField } from '../copy/copy-fields'

/** A story as readers may see it: the live revision, never the draft. A story without a body is a headline. */
export type LiveStory = Pick<Copy, TextField | 'slug'> & {
  id: number
  section: Section
  /** In their order. */
  authors: Author[]
  topics: Topic[]
  hasBody: boolean
  liveAt: Date
  /** When readers were last told something new; null until an editor corrects the story. */
  updatedAt: Date | null
  /** A note says that it should never have stood there. Shown as a label; the headline's own words stay. */
  retracted: boolean
  /** When it is taken away by itself, as far as that is said: for the page cache, not for readers. */
  unpublishAt: Date | null
}

export type LiveStoryWithBody = LiveStory & { hasBody: true; body: Body }

/** When the first of some stories ends: from then on no page may be shown that was made with all of them. Null where none is going to. */
export function earliestUnpublish(stories: readonly Pick<LiveStory, 'unpublishAt'>[]): Date | null {
  return stories.reduce<Date | null>((first, { unpublishAt }) => earlier(first, unpublishAt), null)
}

/** One page of a list, newest first; `olderCursor` names the place where the next one begins, null at the end. */
export type Page = { stories: LiveStory[]; olderCursor: string | null }
