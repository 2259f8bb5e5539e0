import { and, desc, eq, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { drafts, revisions, stories } from '@/db/schema/story'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { readableText } from './body'
import type { DeskQuestion, DeskStage, DeskStory } from './desk'
import { findRevision, findRevisionOf, findStoryRow } from './keeping'
import type { Copy, Story } from './story'

/** How many stories the desk shows at once. */
export const STORIES_ON_THE_DESK = 40

/** How many of the drafts saved last are looked through before an index is asked for all that match: what is in one of a hundred fills a page. */
const LOOKED_THROUGH = 5000

/** One page of the desk; `olderPlace` names where the next one begins, null at the end. */
export type DeskPage = { stories: DeskStory[]; olderPlace: string | null }

/** Every story and headline this person may see, last saved first. A save made meanwhile never shifts an older page. */
export async function findOnDesk(actor: Actor, question: DeskQuestion): Promise<DeskPage> {
  const rows = await rowsOnDesk(actor, question)
  const shown = rows.slice(0, STORIES_ON_THE_DESK)
  const last = shown.at(-1)
  return {
    stories: shown.map((row) => toDeskStory(actor, row)),
    olderPlace: rows.length > STORIES_ON_THE_DESK && last ? `${last.exactly}-${last.id}` : null,
  }
}

/**
 * Left to itself, Postgres walks through all drafts for a word that hardly any of them has, for it thinks that the next one will.
 * So those saved last are looked through, and where they do not fill the page, the index says which can match at all.
 */
async function rowsOnDesk(actor: Actor, question: DeskQuestion): Promise<DeskRow[]> {
  const matching = thatCanMatch(actor, question)
  if (matching === null) return linesOf(actor, question, null)
  const lately = await linesOf(actor, question, savedLast(question.before))
  return lately.length > STORIES_ON_THE_DESK ? lately : linesOf(actor, question, matching)
}

/** The lines that answer a question; where drafts were found before, among those only. */
function linesOf(actor: Actor, question: DeskQuestion, found: Found | null): Promise<DeskRow[]> {
  const lines = fromDrafts()
    .where(
      and(
        visibleTo(actor),
        question.stage === null ? undefined : stands[question.stage],
        question.stage === 'changed' ? ownedBy(actor) : undefined,
        inSection(actor, question.sectionId),
        withWords(actor, question.words),
        olderThan(question.before),
      ),
    )
    .$dynamic()
  if (found !== null) lines.innerJoin(found, eq(found.storyId, drafts.storyId))
  const { savedAt, storyId } = found ?? drafts
  return lines.orderBy(desc(savedAt), desc(storyId)).limit(STORIES_ON_THE_DESK + 1)
}

/** A story with what readers are told of it and the number of the version that is scheduled, or null: what is not there and what is not for this person look the same. */
export async function findStory(
  actor: Actor,
  id: number,
): Promise<{ story: Story; liveCopy: Copy | null; dueNumber: number | null } | null> {
  const story = await findStoryRow(database(), id)
  if (story === null || !can(actor, 'story.see', story)) return null
  const liveCopy = story.stage === 'draft' ? null : await findRevision(database(), story.liveRevisionId)
  const due = story.stage === 'live' && story.due
  const scheduled = due ? await findRevisionOf(database(), id, { id: due.revisionId }) : null
  return { story, liveCopy, dueNumber: scheduled?.number ?? null }
}

const liveSections = alias(sections, 'live_sections')
const isDue = sql<boolean>`coalesce(${stories.liveAt} <= now(), false)`
const isTurning = sql`${stories.dueAt} <= now()`
const isOver = sql<boolean>`coalesce(${stories.unpublishAt} <= now(), false)`

const columns = {
  id: drafts.storyId,
  ownerId: stories.ownerId,
  liveAt: stories.liveAt,
  withdrawnAt: stories.withdrawnAt,
  isDue,
  isOver,
  changed: sql<boolean>`${drafts.keptAsRevisionId} is distinct from ${stories.liveRevisionId}`,
  headline: drafts.headline,
  liveHeadline: revisions.headline,
  liveHasBody: revisions.hasBody,
  liveSlug: sql<string | null>`case when ${isTurning} then ${stories.dueSlug} else ${stories.slug} end`,
  dueAt: sql<Date | null>`case when ${isTurning} then null else ${stories.dueAt} end`.mapWith(stories.dueAt),
  unpublishAt: stories.unpublishAt,
  embargoUntil: stories.embargoUntil,
  hasBody: sql<boolean>`${drafts.body} is not null`,
  section: sections,
  liveSection: liveSections,
  version: drafts.version,
  savedAt: drafts.savedAt,
  savedByName: drafts.savedByName,
  /** The moment to the microsecond, as Postgres keeps it and a Date cannot. */
  exactly: sql<string>`(extract(epoch from ${drafts.savedAt}) * 1000000)::bigint::text`,
}

/** Every story by its draft, with what readers see of it. */
const fromDrafts = () =>
  database()
    .select(columns)
    .from(drafts)
    .innerJoin(stories, eq(stories.id, drafts.storyId))
    .leftJoin(sections, eq(sections.id, drafts.sectionId))
    .leftJoin(
      revisions,
      sql`${revisions.id} = case when ${isTurning} then ${stories.dueRevisionId} else ${stories.liveRevisionId} end`,
    )
    .leftJoin(
      liveSections,
      sql`${liveSections.id} = case when ${isTurning} then ${stories.dueSectionId} else ${stories.sectionId} end`,
    )

type SectionRow = typeof sections.$inferSelect
type DeskRow = Pick<DeskStory, 'id' | 'ownerId' | 'liveAt' | 'changed' | 'headline' | 'liveHeadline' | 'hasBody'> &
  Pick<DeskStory, 'version' | 'savedAt' | 'savedByName'> & {
    withdrawnAt: Date | null
    isDue: boolean
    isOver: boolean
    dueAt: Date | null
    unpublishAt: Date | null
    embargoUntil: Date | null
    liveHasBody: boolean | null
    liveSlug: string | null
    section: SectionRow | null
    liveSection: SectionRow | null
    exactly: string
  }

/** Whoever may not edit a story sees of it what readers see: another's draft is nobody's business. */
function toDeskStory(actor: Actor, row: DeskRow): DeskStory {
  const { id, ownerId, liveHeadline, liveAt, version, savedAt, savedByName } = row
  const stage =
    liveAt === null ? 'draft' : row.withdrawnAt !== null || row.isOver ? 'withdrawn' : row.isDue ? 'live' : 'scheduled'
  const liveSection = row.liveSection && sectionOf(row.liveSection)
  const liveHasBody = row.liveHasBody ?? false
  const line = {
    id,
    ownerId,
    stage,
    liveHeadline,
    livePlace: liveSection && row.liveSlug ? { section: liveSection, slug: row.liveSlug, hasBody: liveHasBody } : null,
    liveAt,
    version,
    savedAt,
    savedByName,
  } as const
  if (!can(actor, 'story.edit', line))
    return {
      ...line,
      ...nothingAhead,
      changed: false,
      headline: liveHeadline ?? '',
      hasBody: liveHasBody,
      section: liveSection,
    }
  const { headline, hasBody } = row
  const changed = stage === 'live' && row.changed
  const { dueAt, unpublishAt, embargoUntil } = row
  const ahead = { dueAt, unpublishAt: stage === 'withdrawn' ? null : unpublishAt, embargoUntil }
  return { ...line, ...ahead, changed, headline, hasBody, section: row.section && sectionOf(row.section) }
}

const nothingAhead = { dueAt: null, unpublishAt: null, embargoUntil: null }

const sectionOf = ({ id, slug, name }: SectionRow) => ({ id, slug, name })

const live = and(
  isDue,
  isNull(stories.withdrawnAt),
  sql`(${stories.unpublishAt} is null or ${stories.unpublishAt} > now())`,
)

/** The stages as SQL says them. "Live" is all that readers see now, whatever its draft says. */
const stands: Record<DeskStage, SQL | undefined> = {
  draft: isNull(stories.liveAt),
  scheduled: and(sql`${stories.liveAt} > now()`, isNull(stories.withdrawnAt)),
  live,
  // Publishing makes the draft's revision the live one, and saving a draft unties it: a live story's draft is tied to that or to none.
  changed: and(live, isNull(drafts.keptAsRevisionId)),
  withdrawn: isNotNull(stories.withdrawnAt),
}

/** The right 'story.see' as SQL says it; a test holds the two together. */
function visibleTo(actor: Actor): SQL | undefined {
  return isReporter(actor) ? or(ownedBy(actor), live) : undefined
}

/** A reporter's own stories; for everybody else all of them are. */
export function ownedBy(actor: Actor): SQL | undefined {
  return isReporter(actor)
    ? sql`${stories.ownerId} is not distinct from ${actor.id} and ${stories.ownerId} is not null`
    : undefined
}

const isReporter = (actor: Actor) => actor.role === 'reporter'

/** The section of the draft; of another's story, a reporter knows the live one only. */
function inSection(actor: Actor, sectionId: DeskQuestion['sectionId']): SQL | undefined {
  if (sectionId === null) return undefined
  if (sectionId === 'none') return and(ownedBy(actor), isNull(drafts.sectionId))
  if (!isReporter(actor)) return eq(drafts.sectionId, sectionId)
  return sql`case when ${ownedBy(actor)} then ${drafts.sectionId} else ${stories.sectionId} end = ${sectionId}`
}

/** Words as an editor types them: "quoted together", -without, and every one of them may be only a beginning. A reporter searches others' live words only. */
function withWords(actor: Actor, words: string): SQL | undefined {
  const typed = readableText(words)
  if (typed === '') return undefined
  const inDraft = sql`${drafts.words} @@ ${beginnings('simple', typed)}`
  if (!isReporter(actor)) return inDraft
  return or(and(ownedBy(actor), inDraft), sql`${stories.liveWords} @@ ${beginnings('english', typed)}`)
}

const placed = { storyId: drafts.storyId, savedAt: drafts.savedAt }

/** The drafts saved last before a place. */
function savedLast(before: string | null) {
  return database()
    .select(placed)
    .from(drafts)
    .where(olderThan(before))
    .orderBy(desc(drafts.savedAt), desc(drafts.storyId))
    .limit(LOOKED_THROUGH)
    .as('found')
}

/** All that an index knows to match the question at best, or null where the order of saving is index enough. */
function thatCanMatch(actor: Actor, { words, sectionId }: DeskQuestion): Found | null {
  const typed = readableText(words)
  const asked = typed !== '' || (isReporter(actor) && typeof sectionId === 'number')
  if (!asked) return null
  // The offset of nothing keeps Postgres from looking through all drafts in their order after all.
  if (!isReporter(actor))
    return database()
      .select(placed)
      .from(drafts)
      .where(sql`${drafts.words} @@ ${beginnings('simple', typed)}`)
      .offset(0)
      .as('found')
  const withDrafts = () => database().select(placed).from(stories).innerJoin(drafts, eq(drafts.storyId, stories.id))
  const own = withDrafts().where(eq(stories.ownerId, actor.id ?? NOBODY))
  const others = withDrafts().where(
    typed === ''
      ? eq(stories.sectionId, Number(sectionId))
      : sql`${stories.liveWords} @@ ${beginnings('english', typed)}`,
  )
  return own.union(others).as('found')
}

type Found = ReturnType<typeof savedLast>

/** An id that no user has. */
const NOBODY = 0

function beginnings(language: 'simple' | 'english', typed: string): SQL {
  const asked = sql`websearch_to_tsquery(${language}::regconfig, ${typed})`
  return sql`regexp_replace(${asked}::text, '(''(?:[^'']|'''')+'')', '\\1:*', 'g')::tsquery`
}

/** The place after which a page begins: microseconds since 1970 and a story's id. An unreadable place is the beginning. */
function olderThan(place: string | null): SQL | undefined {
  const [, micros, id] = /^(\d{1,17})-(\d{1,15})$/u.exec(place ?? '') ?? []
  if (micros === undefined || id === undefined) return undefined
  const moment = sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`
  return sql`(${drafts.savedAt}, ${drafts.storyId}) < (${moment}, ${id}::bigint)`
}
