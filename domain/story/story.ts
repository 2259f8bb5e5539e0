import { blankCopy } from '../copy/copy'
import type { Copy } from '../copy/copy-fields'
import { lengthProblems } from '../copy/copy-form'
import { missingForPublication, noneKnown, type KnownOfFlaws } from '../copy/flaws'
import { refuse } from '../refusal'
import type { Progress, StageName } from '../stage'
import type { NamedIds } from '../copy/name'

/** Every story has a draft, also when it is live. `version` counts its saves. */
export type Draft = Copy & { version: number; savedAt: Date; savedByName: string; keptAsRevisionId: number | null }

/** Readers may see nothing new of the story before `until`; the note says whose embargo it is, and why. */
export type Embargo = { until: Date; note: string }

type StoryBase = { id: number; ownerId: number | null; draft: Draft; progress: Progress; embargo: Embargo | null }

/** What readers see, or saw: a revision and its address. */
export type Publication = NamedIds & { liveRevisionId: number; liveAt: Date; sectionId: number; slug: string }

/** The scheduled changes of a live story, and which version of the draft they are; null where an older build scheduled them. */
export type Due = NamedIds & {
  revisionId: number
  at: Date
  sectionId: number
  slug: string
  draftVersion: number | null
}

/** The scheduled end of a story. */
export type Unpublish = { at: Date; reason: string }

export type NeverLive = StoryBase & { stage: 'draft' }
export type Scheduled = StoryBase & Publication & { stage: 'scheduled'; unpublish: Unpublish | null }
export type Live = StoryBase & Publication & { stage: 'live'; due: Due | null; unpublish: Unpublish | null }
export type Withdrawn = StoryBase & Publication & { stage: 'withdrawn'; withdrawnAt: Date; withdrawnReason: string }
export type Story = NeverLive | Scheduled | Live | Withdrawn

/** A copy that may be published: it has a section and no gaps. */
export type FinishedCopy = Copy & { sectionId: number }

/** A finished copy with the authors and topics that its names mean. */
export type ReadyCopy = FinishedCopy & NamedIds

export function requireFinished(copy: Copy, known?: KnownOfFlaws): FinishedCopy {
  const gaps = missingForPublication(copy, known)
  if (gaps.length > 0 || copy.sectionId === null) refuse({ kind: 'unfinished', gaps })
  return { ...copy, sectionId: copy.sectionId }
}

/** @throws Refused in another stage */
export function requireStage<Name extends StageName>(
  story: Story,
  ...allowed: Name[]
): asserts story is Extract<Story, { stage: Name }> {
  if (!(allowed as StageName[]).includes(story.stage)) refuse({ kind: 'out-of-turn', stage: story.stage, allowed })
}

/** @throws Refused, with a sentence for each field that is too long */
export function requireLength(copy: Copy) {
  const fields = lengthProblems(copy)
  if (Object.keys(fields).length > 0) refuse({ kind: 'invalid', fields })
}

/** A headline that is published alone, over a live copy. @throws Refused when it is blank or has a TK */
export function requireFinishedHeadline(live: Copy, headline: string, accepted: ReadonlySet<string>): string {
  const copy = { ...blankCopy(), sectionId: live.sectionId, headline }
  return requireFinished(copy, { ...noneKnown, accepted }).headline
}

export function hasUnpublishedChanges(story: Story): boolean {
  return story.stage === 'draft' || story.draft.keptAsRevisionId !== story.liveRevisionId
}

/** Are the scheduled changes of a live story equal to its draft? */
export function isDraftDue(story: Story): boolean {
  return story.stage === 'live' && story.due !== null && story.due.draftVersion === story.draft.version
}

/** The story with `revisionId` live. Only the first publication sets its time, so that changes do not move it to the top of lists. */
export function publish(story: Story, copy: ReadyCopy, revisionId: number, now: Date): Live {
  const liveAt = story.stage === 'live' ? story.liveAt : now
  return {
    ...baseOf(story),
    stage: 'live',
    liveRevisionId: revisionId,
    liveAt,
    ...listingOf(copy),
    // Scheduled changes would replace what is published now.
    due: null,
    unpublish: unpublishOf(story, now),
  }
}

/** The story with `revisionId` live from `liveAt` on. */
export function schedule(story: Story, copy: ReadyCopy, revisionId: number, liveAt: Date): Scheduled {
  requireStage(story, 'draft', 'scheduled')
  return {
    ...baseOf(story),
    stage: 'scheduled',
    liveRevisionId: revisionId,
    liveAt,
    ...listingOf(copy),
    unpublish: unpublishOf(story, liveAt),
  }
}

/** The live story with `revisionId` as its scheduled changes. */
export function scheduleChanges(story: Live, copy: ReadyCopy, revisionId: number, at: Date): Live {
  return { ...story, due: { revisionId, at, draftVersion: story.draft.version, ...listingOf(copy) } }
}

export function embargoedAt({ embargo }: { embargo: Embargo | null }, at: Date): Embargo | null {
  return embargo !== null && at < embargo.until ? embargo : null
}

/** An embargo in one line, as a form sends back what its page showed; of none: empty. Browsers change line breaks, so there are none. */
export function embargoToken(embargo: Embargo | null): string {
  return embargo === null ? '' : `${embargo.until.toISOString()} ${embargo.note.replace(/\s+/gu, ' ')}`
}

/** A scheduled story leaves the schedule instead: it was never live, and no address is gone. */
export function withdraw(story: Story, reason: string, now: Date): Withdrawn {
  requireStage(story, 'live')
  const { liveRevisionId, liveAt } = story
  const publication = { liveRevisionId, liveAt, ...listingOf(story) }
  return { ...baseOf(story), ...publication, stage: 'withdrawn', withdrawnAt: now, withdrawnReason: reason }
}

/** The withdrawal of a story as a form sends it: its time (ISO 8601), or empty. */
export function withdrawalOf({ stage, withdrawnAt }: { stage: StageName; withdrawnAt?: Date | null }): string {
  return stage === 'withdrawn' ? (withdrawnAt?.toISOString() ?? '') : ''
}

/** A story, or its line on the desk. */
type ScheduledStory = { stage: StageName; liveAt?: Date | null; due?: Pick<Due, 'at'> | null; dueAt?: Date | null }

/** When the story or its changes are scheduled, as a form sends it: ISO 8601, or empty. */
export function scheduleOf({ stage, liveAt, due, dueAt = due?.at }: ScheduledStory): string {
  const at = { draft: null, scheduled: liveAt, live: dueAt, withdrawn: null }[stage]
  return at?.toISOString() ?? ''
}

type Listing = NamedIds & { sectionId: number; slug: string }

/** The address of a story, and the lists in which it stands. */
export const listingOf = ({ sectionId, slug, authorIds, topicIds }: Listing): Listing => ({
  sectionId,
  slug,
  authorIds,
  topicIds,
})

/** The authors and topics of all the listings, each once. */
export function listedUnder(...listings: (NamedIds | null)[]): NamedIds {
  const all = listings.filter((listing) => listing !== null)
  return {
    authorIds: [...new Set(all.flatMap(({ authorIds }) => authorIds))],
    topicIds: [...new Set(all.flatMap(({ topicIds }) => topicIds))],
  }
}

/** An end before the publication is dropped. */
function unpublishOf(story: Story, liveAt: Date): Unpublish | null {
  if (story.stage !== 'live' && story.stage !== 'scheduled') return null
  return story.unpublish !== null && story.unpublish.at > liveAt ? story.unpublish : null
}

function baseOf({ id, ownerId, draft, progress, embargo }: Story): StoryBase {
  return { id, ownerId, draft, progress, embargo }
}
