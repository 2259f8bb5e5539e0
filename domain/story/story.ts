import { blankCopy } from '../copy/copy'
import type { Copy } from '../copy/copy-fields'
import { lengthProblems } from '../copy/copy-form'
import { missingForPublication } from '../copy/flaws'
import { refuse } from '../refusal'
import type { Embargo } from './embargo'
import type { Progress, StageName } from '../stage'
import type { NamedIds } from '../copy/name'

/** The draft: every story has one, also when it is live. `version` counts its saves. */
export type Draft = Copy & { version: number; savedAt: Date; savedByName: string; keptAsRevisionId: number | null }

type StoryBase = { id: number; ownerId: number | null; draft: Draft; progress: Progress; embargo: Embargo | null }

/** What readers see, or saw: the pointer to a revision and the address it stands at. */
export type Publication = NamedIds & { liveRevisionId: number; liveAt: Date; sectionId: number; slug: string }

/** What readers of a live story will see from a time on, and which version of the draft that is; null where it was not kept. */
export type Due = NamedIds & {
  revisionId: number
  at: Date
  sectionId: number
  slug: string
  draftVersion: number | null
}

/** When a story will be withdrawn by itself, and why. */
export type Unpublish = { at: Date; reason: string }

export type NeverLive = StoryBase & { stage: 'draft' }
export type Scheduled = StoryBase & Publication & { stage: 'scheduled'; unpublish: Unpublish | null }
export type Live = StoryBase & Publication & { stage: 'live'; due: Due | null; unpublish: Unpublish | null }
export type Withdrawn = StoryBase & Publication & { stage: 'withdrawn'; withdrawnAt: Date; withdrawnReason: string }
export type Story = NeverLive | Scheduled | Live | Withdrawn

/** A copy that may be published: it has a section, a headline that is not blank, and nothing in it that is still to come. */
export type FinishedCopy = Copy & { sectionId: number }

/** With the authors and topics that its names mean, it can become what readers see. */
export type ReadyCopy = FinishedCopy & NamedIds

export function requireFinished(copy: Copy, deadLinks?: ReadonlySet<string>): FinishedCopy {
  const gaps = missingForPublication(copy, deadLinks)
  if (gaps.length > 0 || copy.sectionId === null) refuse({ kind: 'unfinished', gaps })
  return { ...copy, sectionId: copy.sectionId }
}

/** @throws Refused, with a sentence for each field that is too long */
export function requireLength(copy: Copy) {
  const fields = lengthProblems(copy)
  if (Object.keys(fields).length > 0) refuse({ kind: 'invalid', fields })
}

/** A headline that may be published by itself, over words that readers have already. @throws Refused when it is blank or still to come */
export function requireFinishedHeadline(live: Copy, headline: string): string {
  return requireFinished({ ...blankCopy(), sectionId: live.sectionId, headline }).headline
}

/** Does the draft say something that readers have not been told? */
export function hasUnpublishedChanges(story: Story): boolean {
  return story.stage === 'draft' || story.draft.keptAsRevisionId !== story.liveRevisionId
}

/** Of a live story: does what is scheduled say all that its draft says? */
export function isDraftDue(story: Story): boolean {
  return story.stage === 'live' && story.due !== null && story.due.draftVersion === story.draft.version
}

/** The story with `revisionId` as what readers see. First publication sets the time; publishing changes leaves it, so nothing jumps to the top. */
export function publish(story: Story, copy: ReadyCopy, revisionId: number, now: Date): Live {
  const liveAt = story.stage === 'live' ? story.liveAt : now
  return {
    ...baseOf(story),
    stage: 'live',
    liveRevisionId: revisionId,
    liveAt,
    ...listingOf(copy),
    // What was scheduled to take the place of the former words does not take the place of these.
    due: null,
    unpublish: unpublishOf(story, now),
  }
}

/** The story with `revisionId` as what readers will see from `liveAt` on. Of a live story they see something already. */
export function schedule(story: Story, copy: ReadyCopy, revisionId: number, liveAt: Date): Scheduled {
  if (story.stage !== 'draft' && story.stage !== 'scheduled')
    return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['draft', 'scheduled'] })
  return {
    ...baseOf(story),
    stage: 'scheduled',
    liveRevisionId: revisionId,
    liveAt,
    ...listingOf(copy),
    unpublish: unpublishOf(story, liveAt),
  }
}

/** The live story with `revisionId` as what takes the place of its words at a time. */
export function scheduleChanges(story: Live, copy: ReadyCopy, revisionId: number, at: Date): Live {
  return { ...story, due: { revisionId, at, draftVersion: story.draft.version, ...listingOf(copy) } }
}

/** What readers see, taken away from them. What waits for its time leaves the schedule instead: it never went live, and no address is gone. */
export function withdraw(story: Story, reason: string, now: Date): Withdrawn {
  if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
  const { liveRevisionId, liveAt } = story
  const publication = { liveRevisionId, liveAt, ...listingOf(story) }
  return { ...baseOf(story), ...publication, stage: 'withdrawn', withdrawnAt: now, withdrawnReason: reason }
}

/** Which withdrawal it is that readers are kept from a story by: its moment, as a page sends it; of none: empty. */
export function withdrawalOf({ stage, withdrawnAt }: { stage: StageName; withdrawnAt?: Date | null }): string {
  return stage === 'withdrawn' ? (withdrawnAt?.toISOString() ?? '') : ''
}

/** A story, or its line on the desk. */
type ScheduledStory = { stage: StageName; liveAt?: Date | null; due?: Pick<Due, 'at'> | null; dueAt?: Date | null }

/** When something of it goes to readers by itself, as a page sends it; nothing does: empty. */
export function scheduleOf({ stage, liveAt, due, dueAt = due?.at }: ScheduledStory): string {
  const at = { draft: null, scheduled: liveAt, live: dueAt, withdrawn: null }[stage]
  return at?.toISOString() ?? ''
}

type Listing = NamedIds & { sectionId: number; slug: string }

/** Where readers find it: its address, and the lists it stands in. */
export const listingOf = ({ sectionId, slug, authorIds, topicIds }: Listing): Listing => ({
  sectionId,
  slug,
  authorIds,
  topicIds,
})

/** The authors and topics on whose pages a story stands, or stood: those of every place that is given, each once. */
export function listedUnder(...listings: (NamedIds | null)[]): NamedIds {
  const all = listings.filter((listing) => listing !== null)
  return {
    authorIds: [...new Set(all.flatMap(({ authorIds }) => authorIds))],
    topicIds: [...new Set(all.flatMap(({ topicIds }) => topicIds))],
  }
}

/** A story that is published later than it should have gone again stays. */
function unpublishOf(story: Story, liveAt: Date): Unpublish | null {
  if (story.stage !== 'live' && story.stage !== 'scheduled') return null
  return story.unpublish !== null && story.unpublish.at > liveAt ? story.unpublish : null
}

function baseOf({ id, ownerId, draft, progress, embargo }: Story): StoryBase {
  return { id, ownerId, draft, progress, embargo }
}
