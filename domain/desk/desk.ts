import type { Section } from '../section/section'
import { stepLabels, type StageName, type Progress, type Step } from '../stage'

/** The stages on the desk: `changed` is a live story with unpublished changes. */
export const deskStages = ['draft', 'scheduled', 'live', 'changed', 'withdrawn'] as const
export type DeskStage = (typeof deskStages)[number]

/** The stages and steps by which the desk is filtered. */
export const stageFilters = [...deskStages, 'for-review', 'ready'] as const
export type StageFilter = (typeof stageFilters)[number]

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
  /** A live story whose draft differs from what is live. */
  changed: boolean
  /** The initial progress for a person who may not edit the story. */
  progress: Progress
  headline: string
  /** Null: never live. */
  liveHeadline: string | null
  hasBody: boolean
  section: Section | null
  /** The address of the live or withdrawn story; null: never live. */
  liveAddress: { section: Section; slug: string } | null
  liveAt: Date | null
  /** Its schedules, for those who may edit it. The end of the embargo may have passed. */
  dueAt: Date | null
  unpublishAt: Date | null
  embargoUntil: Date | null
  /** For those who may edit it. */
  withdrawnAt: Date | null
  version: number
  savedAt: Date
  savedByName: string
}

/** The filters of the desk; null is none. `before` is the cursor of an older page. */
export type DeskQuery = {
  list: SavedList | null
  stage: StageFilter | null
  sectionId: number | 'none' | null
  search: string
  before: string | null
}

/** Characters; a longer search is cut. */
export const MAX_SEARCH_LENGTH = 200

export function deskStageOf(story: Pick<DeskStory, 'stage' | 'changed'>): DeskStage {
  return story.stage === 'live' && story.changed ? 'changed' : story.stage
}

/** Parses the query of the desk (?stage=live&section=3&words=ferry&before=…); an unreadable filter is none. */
export function parseDeskQuery(params: Record<string, string | string[] | undefined>): DeskQuery {
  const { list, stage, section, words, before } = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, first(value)]),
  )
  return {
    list: savedLists.find((known) => known === list) ?? null,
    stage: stageFilters.find((known) => known === stage) ?? null,
    sectionId: section === 'none' ? 'none' : idOrNull(section),
    search: (words ?? '').slice(0, MAX_SEARCH_LENGTH).trim(),
    before: before || null,
  }
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
const idOrNull = (typed: string | undefined) => (typed && /^[1-9]\d{0,14}$/u.test(typed) ? Number(typed) : null)

export const stageLabels: Record<StageFilter | Step, string> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  live: 'Live',
  changed: 'Live, with unpublished changes',
  withdrawn: 'Withdrawn',
  ...stepLabels,
}
