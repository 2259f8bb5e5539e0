import type { Section } from '../section/section'
import { stepLabels } from '../workflow/progress'
import type { StageName, Progress, Step } from '../stage'

/** Where a story stands as the desk sees it: its stage, and whether a live one has words that readers have not been told. */
export const deskStages = ['draft', 'scheduled', 'live', 'changed', 'withdrawn'] as const
export type DeskStage = (typeof deskStages)[number]

/** What may be asked for as a stage: where a story stands for readers, or how far its draft is. */
export const stageFilters = [...deskStages, 'for-review', 'ready'] as const
export type StageFilter = (typeof stageFilters)[number]

/** Lists that everybody has, each an address of its own. */
export const savedLists = ['mine', 'needs-me', 'live-lately'] as const
export type SavedList = (typeof savedLists)[number]

export const listLabels: Record<SavedList, string> = {
  mine: 'Mine',
  'needs-me': 'Needs me',
  'live-lately': 'Live in the last hour',
}

/** One line on the desk. */
export type DeskStory = {
  id: number
  ownerId: number | null
  stage: StageName
  /** A live story whose draft says something else. */
  changed: boolean
  /** Of another's story, to whoever may not write in it, nothing. */
  progress: Progress
  headline: string
  /** What readers see as the headline; null when nothing was ever live. */
  liveHeadline: string | null
  hasBody: boolean
  section: Section | null
  /** The address at which readers find it, whether it is live or not any more; null when nothing was ever live. */
  liveAddress: { section: Section; slug: string } | null
  liveAt: Date | null
  /** What comes true by itself, for those who may write in it: its changes, its end, the end of its embargo (which may have passed). */
  dueAt: Date | null
  unpublishAt: Date | null
  embargoUntil: Date | null
  /** Since when readers do not see it any more, for those who may write in it. */
  withdrawnAt: Date | null
  version: number
  savedAt: Date
  savedByName: string
}

/** What somebody asks of the desk; null is no wish. `before` names the place where the next page begins. */
export type DeskQuery = {
  list: SavedList | null
  stage: StageFilter | null
  sectionId: number | 'none' | null
  words: string
  before: string | null
}

/** A search longer than this many characters is cut. */
export const MAX_SEARCH_LENGTH = 200

export function deskStageOf(story: Pick<DeskStory, 'stage' | 'changed'>): DeskStage {
  return story.stage === 'live' && story.changed ? 'changed' : story.stage
}

/** Reads the desk's address (?stage=live&section=3&words=ferry&before=…) into a question; what cannot be read is no wish. */
export function parseDeskQuery(params: Record<string, string | string[] | undefined>): DeskQuery {
  const { list, stage, section, words, before } = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, first(value)]),
  )
  return {
    list: savedLists.find((known) => known === list) ?? null,
    stage: stageFilters.find((known) => known === stage) ?? null,
    sectionId: section === 'none' ? 'none' : idOrNull(section),
    words: (words ?? '').slice(0, MAX_SEARCH_LENGTH).trim(),
    before: before || null,
  }
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
const idOrNull = (typed: string | undefined) => (typed && /^[1-9]\d{0,14}$/u.test(typed) ? Number(typed) : null)

/** In words, for people: never a colour alone. */
export const stageLabels: Record<StageFilter | Step, string> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  live: 'Live',
  changed: 'Live, with unpublished changes',
  withdrawn: 'Withdrawn',
  ...stepLabels,
}
