import type { Section } from '../section/section'
import type { Body } from '../body/body'

/** A story as readers may see it: the live revision, never the draft. A story without a body is a headline. */
export type LiveStory = {
  id: number
  section: Section
  slug: string
  headline: string
  kicker: string | null
  standfirst: string | null
  dateline: string | null
  authors: Byline[]
  hasBody: boolean
  liveAt: Date
  /** When readers were last told something new; null until an editor corrects the story. */
  updatedAt: Date | null
  /** A note says that it should never have stood there. Shown as a label; the headline's own words stay. */
  retracted: boolean
}

export type LiveStoryWithBody = LiveStory & { hasBody: true; body: Body }

export type Byline = { name: string; slug: string }

/** One page of a list, newest first; `olderCursor` names the place where the next one begins, null at the end. */
export type Page = { stories: LiveStory[]; olderCursor: string | null }
