import { and, desc, eq, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { savedLists, type StageFilter, type DeskQuery, type DeskStory, type SavedList } from './desk'
import {
  countInList,
  candidatesInList,
  isReporter,
  beforeCursor,
  lastSaved,
  findCandidates,
  type Candidates,
} from './list-queries'
import { findDeskSearch, type DeskSearch } from './search-query'
import { viewerOf, ownOrAssigned, type Viewer } from './visibility-query'
import { isDue, isLive, isEnded, isChangeDue } from '../story/store'
import { initialProgress } from '../stage'
import { toProgress } from '../story/progress-store'

export const DESK_PAGE_SIZE = 40

/** `olderCursor` is where the next page begins, null at the end. */
export type DeskPage = { stories: DeskStory[]; olderCursor: string | null }

/** Every story and headline that the person may see, last saved first. The cursor is the last row, so a save does not shift older pages. */
export async function findOnDesk(actor: Actor, query: DeskQuery): Promise<DeskPage> {
  const rows = await findRows(await viewerOf(actor), query)
  const shown = rows.slice(0, DESK_PAGE_SIZE)
  const last = shown.at(-1)
  return {
    stories: shown.map((row) => toDeskStory(actor, row)),
    olderCursor: rows.length > DESK_PAGE_SIZE && last ? `${last.savedAtMicros}-${last.id}` : null,
  }
}

/**
 * For a rare word Postgres would scan all drafts in order of saving. So only the newest are scanned; where they do not fill the page,
 * the rows that can match are found by an index first.
 */
async function findRows(actor: Viewer, query: DeskQuery): Promise<DeskRow[]> {
  const search = await findDeskSearch(query.search)
  if (search === 'nothing to look for') return []
  const rowsAmong = (candidates: Candidates | null) => findMatchingRows(actor, query, search, candidates)
  if (query.list !== null) return rowsAmong(candidatesInList(actor, query.list))
  const matching = findCandidates(actor, query, search)
  if (matching === null) return rowsAmong(null)
  const recent = await rowsAmong(lastSaved(query.before))
  return recent.length > DESK_PAGE_SIZE ? recent : rowsAmong(matching)
}

/** The rows that match, among the candidates where there are any. */
function findMatchingRows(
  actor: Viewer,
  query: DeskQuery,
  search: DeskSearch | null,
  found: Candidates | null,
): Promise<DeskRow[]> {
  const rows = fromDrafts(found).where(
    and(
      visibleTo(actor),
      query.stage === null ? undefined : stageConditions[query.stage],
      query.stage !== null && newsroomOnly.includes(query.stage) ? ownOrAssigned(actor) : undefined,
      inSection(actor, query.sectionId),
      search === null ? undefined : matchingText(actor, search),
      beforeCursor(query.before),
    ),
  )
  const { savedAt, storyId } = found ?? drafts
  return rows.orderBy(desc(savedAt), desc(storyId)).limit(DESK_PAGE_SIZE + 1)
}

export async function countSavedLists(actor: Actor): Promise<Record<SavedList, number>> {
  const counts = await Promise.all(savedLists.map(async (list) => [list, await countInList(actor, list)] as const))
  return Object.fromEntries(counts) as Record<SavedList, number>
}

export async function countNeedsMe(actor: Actor): Promise<number> {
  return countInList(actor, 'needs-me')
}

const liveSections = alias(sections, 'live_sections')

const columns = {
  id: drafts.storyId,
  ownerId: stories.ownerId,
  liveAt: stories.liveAt,
  withdrawnAt: stories.withdrawnAt,
  isDue,
  isEnded,
  changed: sql<boolean>`case when ${isChangeDue} then ${stories.dueDraftVersion} is distinct from ${drafts.version}
    else ${drafts.keptAsRevisionId} is distinct from ${stories.liveRevisionId} end`,
  headline: drafts.headline,
  liveHeadline: revisions.headline,
  liveHasBody: revisions.hasBody,
  liveSlug: sql<string | null>`case when ${isChangeDue} then ${stories.dueSlug} else ${stories.slug} end`,
  dueAt: sql<Date | null>`case when ${isChangeDue} then null else ${stories.dueAt} end`.mapWith(stories.dueAt),
  unpublishAt: stories.unpublishAt,
  embargoUntil: stories.embargoUntil,
  hasBody: sql<boolean>`${drafts.body} is not null`,
  progress: storyProgress,
  assignee: { id: users.id, name: users.name },
  section: sections,
  liveSection: liveSections,
  version: drafts.version,
  savedAt: drafts.savedAt,
  savedByName: drafts.savedByName,
  /** Microseconds since 1970: a Date has milliseconds only. */
  savedAtMicros: sql<string>`(extract(epoch from ${drafts.savedAt}) * 1000000)::bigint::text`,
}

/**
 * Every story with its draft and its live copy. Candidates are joined first: with so many tables Postgres joins in the written order
 * (`join_collapse_limit`).
 */
function fromDrafts(found: Candidates | null = null) {
  const drafted = database().select(columns).from(drafts).innerJoin(stories, eq(stories.id, drafts.storyId)).$dynamic()
  const narrowed = found === null ? drafted : drafted.innerJoin(found, eq(found.storyId, drafts.storyId))
  return narrowed
    .leftJoin(
      revisions,
      sql`${revisions.id} = case when ${isChangeDue} then ${stories.dueRevisionId} else ${stories.liveRevisionId} end`,
    )
    .leftJoin(sections, eq(sections.id, drafts.sectionId))
    .leftJoin(
      liveSections,
      sql`${liveSections.id} = case when ${isChangeDue} then ${stories.dueSectionId} else ${stories.sectionId} end`,
    )
    .leftJoin(storyProgress, eq(storyProgress.storyId, drafts.storyId))
    .leftJoin(users, eq(users.id, storyProgress.assigneeId))
}

type SectionRow = typeof sections.$inferSelect
type DeskRow = Awaited<ReturnType<typeof fromDrafts>>[number]

/** A person who may not edit a story sees only its live copy. */
function toDeskStory(actor: Actor, row: DeskRow): DeskStory {
  const { id, ownerId, liveHeadline, liveAt, version, savedAt, savedByName } = row
  const stage =
    liveAt === null ? 'draft' : row.withdrawnAt !== null || row.isEnded ? 'withdrawn' : row.isDue ? 'live' : 'scheduled'
  const liveSection = row.liveSection && sectionOf(row.liveSection)
  const liveHasBody = row.liveHasBody ?? false
  const progress = toProgress(row)
  const line = {
    id,
    ownerId,
    stage,
    liveHeadline,
    liveAddress: liveSection && row.liveSlug ? { section: liveSection, slug: row.liveSlug } : null,
    liveAt,
    version,
    savedAt,
    savedByName,
    progress,
  } as const
  if (!can(actor, 'story.edit', line))
    return {
      ...line,
      progress: initialProgress,
      ...nothingAhead,
      changed: false,
      headline: liveHeadline ?? '',
      hasBody: liveHasBody,
      section: liveSection,
    }
  const { headline, hasBody } = row
  const changed = stage === 'live' && row.changed
  const { dueAt, unpublishAt, embargoUntil } = row
  const ahead =
    stage === 'withdrawn'
      ? { dueAt, unpublishAt: null, embargoUntil, withdrawnAt: row.withdrawnAt ?? unpublishAt }
      : { dueAt, unpublishAt, embargoUntil, withdrawnAt: null }
  return { ...line, ...ahead, changed, headline, hasBody, section: row.section && sectionOf(row.section) }
}

const nothingAhead = { dueAt: null, unpublishAt: null, embargoUntil: null, withdrawnAt: null }

const sectionOf = ({ id, slug, name }: SectionRow) => ({ id, slug, name })

/** The stages as SQL. "Live" includes stories with changes. */
const stageConditions: Record<StageFilter, SQL | undefined> = {
  draft: isNull(stories.liveAt),
  scheduled: and(sql`${stories.liveAt} > now()`, isNull(stories.withdrawnAt)),
  live: isLive,
  // The draft of a live story is marked as equal to the live revision or to none: saving removes the mark.
  changed: and(isLive, isNull(drafts.keptAsRevisionId)),
  withdrawn: isNotNull(stories.withdrawnAt),
  'for-review': eq(storyProgress.step, 'for-review'),
  ready: eq(storyProgress.step, 'ready'),
}

/** Stages that a reporter sees of their own and assigned stories only. */
const newsroomOnly: StageFilter[] = ['changed', 'for-review', 'ready']

/** The permission 'story.see' as SQL; a test compares the two. */
function visibleTo(actor: Viewer): SQL | undefined {
  return isReporter(actor) ? or(ownOrAssigned(actor), isLive) : undefined
}

/** By the section of the draft; a reporter finds others' stories by the live section. */
function inSection(actor: Viewer, sectionId: DeskQuery['sectionId']): SQL | undefined {
  if (sectionId === null) return undefined
  if (sectionId === 'none') return and(ownOrAssigned(actor), isNull(drafts.sectionId))
  if (!isReporter(actor)) return eq(drafts.sectionId, sectionId)
  return sql`case when ${ownOrAssigned(actor)} then ${drafts.sectionId} else ${stories.sectionId} end = ${sectionId}`
}

/** A reporter searches only the live copy of others' stories. */
function matchingText(actor: Viewer, { inDraft, inLive }: DeskSearch): SQL | undefined {
  return isReporter(actor) ? or(and(ownOrAssigned(actor), inDraft), inLive) : inDraft
}
