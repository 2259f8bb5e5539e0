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
import { sanitizeText } from '../body/inline'
import { savedLists, type StageFilter, type DeskQuery, type DeskStory, type SavedList } from './desk'
import {
  prefixQuery,
  countInList,
  candidatesInList,
  isReporter,
  beforeCursor,
  lastSaved,
  findCandidates,
  type Candidates,
} from './list-queries'
import { viewerOf, ownOrAssigned, type Viewer } from './visibility-query'
import { isDue, isLive, isEnded, isChangeDue } from '../story/stage-query'
import { initialProgress, type Assignee } from '../stage'
import { toProgress } from '../story/progress-store'

/** How many stories the desk shows at once. */
export const DESK_PAGE_SIZE = 40

/** One page of the desk; `olderPlace` names where the next one begins, null at the end. */
export type DeskPage = { stories: DeskStory[]; olderCursor: string | null }

/** Every story and headline this person may see, last saved first. A save made meanwhile never shifts an older page. */
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
 * Left to itself, Postgres walks through all drafts for a word that hardly any of them has, for it thinks that the next one will.
 * So those saved last are looked through, and where they do not fill the page, the index says which can match at all.
 */
async function findRows(actor: Viewer, query: DeskQuery): Promise<DeskRow[]> {
  if (query.list !== null) return findMatchingRows(actor, query, candidatesInList(actor, query.list))
  const matching = findCandidates(actor, query)
  if (matching === null) return findMatchingRows(actor, query, null)
  const recent = await findMatchingRows(actor, query, lastSaved(query.before))
  return recent.length > DESK_PAGE_SIZE ? recent : findMatchingRows(actor, query, matching)
}

/** The lines that answer a question; where drafts were found before, among those only. */
function findMatchingRows(actor: Viewer, query: DeskQuery, found: Candidates | null): Promise<DeskRow[]> {
  const lines = fromDrafts(found).where(
    and(
      visibleTo(actor),
      query.stage === null ? undefined : stageConditions[query.stage],
      query.stage !== null && newsroomOnly.includes(query.stage) ? ownOrAssigned(actor) : undefined,
      inSection(actor, query.sectionId),
      matchingText(actor, query.words),
      beforeCursor(query.before),
    ),
  )
  const { savedAt, storyId } = found ?? drafts
  return lines.orderBy(desc(savedAt), desc(storyId)).limit(DESK_PAGE_SIZE + 1)
}

/** How many stories stand in each saved list of this person, or as many as are counted. */
export async function countSavedLists(actor: Actor): Promise<Record<SavedList, number>> {
  const counts = await Promise.all(savedLists.map(async (list) => [list, await countInList(actor, list)] as const))
  return Object.fromEntries(counts) as Record<SavedList, number>
}

/** How many stories wait for this person. */
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
  /** The moment to the microsecond, as Postgres keeps it and a Date cannot. */
  savedAtMicros: sql<string>`(extract(epoch from ${drafts.savedAt}) * 1000000)::bigint::text`,
}

/**
 * Every story by its draft, with what readers see of it. What was found before comes right after the two: Postgres keeps to the order of so
 * many tables (`join_collapse_limit`), and would else put all of them together first.
 */
function fromDrafts(found: Candidates | null = null) {
  const drafted = database().select(columns).from(drafts).innerJoin(stories, eq(stories.id, drafts.storyId)).$dynamic()
  const those = found === null ? drafted : drafted.innerJoin(found, eq(found.storyId, drafts.storyId))
  return those
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
type DeskRow = Pick<DeskStory, 'id' | 'ownerId' | 'liveAt' | 'changed' | 'headline' | 'liveHeadline' | 'hasBody'> &
  Pick<DeskStory, 'version' | 'savedAt' | 'savedByName'> & {
    withdrawnAt: Date | null
    isDue: boolean
    isEnded: boolean
    dueAt: Date | null
    unpublishAt: Date | null
    embargoUntil: Date | null
    liveHasBody: boolean | null
    liveSlug: string | null
    progress: typeof storyProgress.$inferSelect | null
    assignee: Assignee | null
    section: SectionRow | null
    liveSection: SectionRow | null
    savedAtMicros: string
  }

/** Whoever may not edit a story sees of it what readers see: another's draft is nobody's business. */
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

/** The stages as SQL says them. "Live" is all that readers see now, whatever its draft says. */
const stageConditions: Record<StageFilter, SQL | undefined> = {
  draft: isNull(stories.liveAt),
  scheduled: and(sql`${stories.liveAt} > now()`, isNull(stories.withdrawnAt)),
  live: isLive,
  // Publishing makes the draft's revision the live one, and saving a draft unties it: a live story's draft is tied to that or to none.
  changed: and(isLive, isNull(drafts.keptAsRevisionId)),
  withdrawn: isNotNull(stories.withdrawnAt),
  'for-review': eq(storyProgress.step, 'for-review'),
  ready: eq(storyProgress.step, 'ready'),
}

/** What stands in the newsroom only: of another's story a reporter does not hear of it. */
const newsroomOnly: StageFilter[] = ['changed', 'for-review', 'ready']

/** The right 'story.see' as SQL says it; a test holds the two together. */
function visibleTo(actor: Viewer): SQL | undefined {
  return isReporter(actor) ? or(ownOrAssigned(actor), isLive) : undefined
}

/** The section of the draft; of another's story, a reporter knows the live one only. */
function inSection(actor: Viewer, sectionId: DeskQuery['sectionId']): SQL | undefined {
  if (sectionId === null) return undefined
  if (sectionId === 'none') return and(ownOrAssigned(actor), isNull(drafts.sectionId))
  if (!isReporter(actor)) return eq(drafts.sectionId, sectionId)
  return sql`case when ${ownOrAssigned(actor)} then ${drafts.sectionId} else ${stories.sectionId} end = ${sectionId}`
}

/** Words as an editor types them: "quoted together", -without, and every one of them may be only a beginning. A reporter searches others' live words only. */
function matchingText(actor: Viewer, words: string): SQL | undefined {
  const typed = sanitizeText(words)
  if (typed === '') return undefined
  const inDraft = sql`${drafts.words} @@ ${prefixQuery('simple', typed)}`
  if (!isReporter(actor)) return inDraft
  return or(and(ownOrAssigned(actor), inDraft), sql`${stories.liveWords} @@ ${prefixQuery('english', typed)}`)
}
