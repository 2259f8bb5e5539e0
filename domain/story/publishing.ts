import { z } from 'zod'
import { resolveNames } from '../taxonomy/naming'
import { operation, type Work } from '../operation'
import { revokeAllLinks } from '../preview/store'
import { refuse } from '../refusal'
import { startForm, createStory } from './starting'
import { findKnownPictures } from '../picture/library/use-store'
import { idField, reasonField } from '../form/fields'
import { copyFromForm } from '../copy/copy-form'
import { rewriteStoredDocument } from '../collaboration/document/document-store'
import { refuseStaleDraft, saveCopy, storyForm, tellSaved } from './drafting'
import { findAcceptedFlaws } from './accepted-flaw-store'
import { findDeadLinks } from './link-queries'
import { lockStory, linkDraftToRevision } from './store'
import { updatePublication } from './publication-store'
import { findLiveCopy, keepRevision } from '../revision/store'
import {
  requireFinished,
  hasUnpublishedChanges,
  listedUnder,
  scheduleOf,
  publish,
  withdraw,
  withdrawalOf,
  type Live,
  type ReadyCopy,
  type Story,
  requireLength,
} from './story'
import { endReview } from './progress-store'

/** The withdrawal that the page showed (`withdrawalOf`). */
const seenWithdrawalField = z.string().default('')

/** The schedule that the page showed (`scheduleOf`); absent from a page of an older build. */
export const seenScheduleField = z.string().optional()

/** Saves the form and publishes exactly that. */
export const publishStory = operation(
  storyForm.extend({ seenWithdrawal: seenWithdrawalField, seenSchedule: seenScheduleField }),
  async (work, { storyId, seenVersion, seenWithdrawal, seenSchedule, ...fields }) => {
    const story = await lockStory(work.tx, storyId)
    work.permit('story.publish', story)
    refuseStaleWithdrawal(story, seenWithdrawal)
    refuseStaleSchedule(story, seenSchedule)
    return publishDraft(work, await saveCopy(work, story, seenVersion, copyFromForm(fields, story.draft)))
  },
)

/** Publishes the saved draft from a list; refused when it was saved after the list was opened. */
export const publishSavedDraft = operation(
  z.object({
    storyId: idField,
    seenVersion: idField,
    seenWithdrawal: seenWithdrawalField,
    seenSchedule: seenScheduleField,
  }),
  async (work, { storyId, seenVersion, seenWithdrawal, seenSchedule }) => {
    const story = await lockStory(work.tx, storyId)
    work.permit('story.publish', story)
    refuseStaleWithdrawal(story, seenWithdrawal)
    refuseStaleSchedule(story, seenSchedule)
    if (seenVersion !== story.draft.version) return refuseStaleDraft(story.draft)
    await tellSaved(work, story, story.draft.headline)
    return publishDraft(work, story)
  },
)

/** Starts a story from one line and publishes it at once. */
export const publishNewHeadline = operation(startForm('Write a headline first.'), async (work, form) => {
  const { story, isNew } = await createStory(work, form)
  work.permit('story.publish', story)
  if (isNew || isUntouched(story)) return publishDraft(work, story)
  if (story.stage !== 'live') return refuse({ kind: 'unfit', why: STARTED_BEFORE })
  work.unchanged()
  return story
})

/** A form that is sent again publishes only what its sender saw. */
const isUntouched = ({ stage, draft }: Story) => stage === 'draft' && draft.version === 1

const STARTED_BEFORE = 'This headline is on the desk already, and somebody has gone on with it: look at it there.'

/** Takes a story from readers at once: its address returns 410 Gone. */
export const withdrawStory = operation(
  z.object({
    storyId: idField,
    reason: reasonField('Say why, for the history: readers do not see it.'),
  }),
  async ({ tx, now, permit, tell }, { storyId, reason }) => {
    const story = await lockStory(tx, storyId)
    permit('story.withdraw', story)
    const withdrawn = withdraw(story, reason, now)
    // The live headline: the draft may have another.
    const { headline } = await findLiveCopy(tx, withdrawn)
    await updatePublication(tx, withdrawn, now)
    await revokeAllLinks(tx, storyId, now)
    const dropped = story.stage === 'live' ? droppedSchedule(story) : []
    tell({
      type: 'story-withdrawn',
      storyId,
      headline,
      sectionId: withdrawn.sectionId,
      reason,
      ...(dropped.length > 0 && { dropped }),
      listedUnder: listedUnder(withdrawn, 'due' in story ? story.due : null),
    })
    return withdrawn
  },
)

/** What was scheduled for a live story. */
const droppedSchedule = ({ due, unpublish }: Live) => [
  ...(due === null ? [] : ['changes' as const]),
  ...(unpublish === null ? [] : ['unpublishing' as const]),
]

/** A withdrawal does not change the draft version, so the page says which withdrawal it showed. */
function refuseStaleWithdrawal(story: Story, seenWithdrawal: string) {
  if (story.stage === 'withdrawn' && seenWithdrawal !== withdrawalOf(story))
    refuse({ kind: 'unfit', why: WITHDRAWN_MEANWHILE })
}

const WITHDRAWN_MEANWHILE =
  'The story was withdrawn meanwhile, so it was not published. If readers should see it again, publish it again.'

/** Scheduling does not change the draft version either. */
export function refuseStaleSchedule(story: Story, seenSchedule: string | undefined) {
  const chosen = scheduleOf(story)
  if (seenSchedule !== undefined && chosen !== '' && seenSchedule !== chosen)
    refuse({ kind: 'unfit', why: SCHEDULED_MEANWHILE })
}

const SCHEDULED_MEANWHILE =
  'Somebody chose a time for it meanwhile, so it was not published. If readers should see it now, and not at that time, publish it once more.'

/** Publishes the draft and records it; nothing happens where the draft is live already. */
export async function publishDraft(work: Work, story: Story): Promise<Live> {
  if (story.stage === 'live' && story.due === null && !hasUnpublishedChanges(story)) {
    work.unchanged()
    return story
  }
  const published = await publishCopy(work, story, 'published')
  work.tell({
    type: 'story-published',
    storyId: story.id,
    headline: story.draft.headline,
    sectionId: published.sectionId,
    formerSectionId: story.stage === 'draft' ? null : story.sectionId,
    first: story.stage === 'draft' || story.stage === 'scheduled',
    ...(story.stage === 'withdrawn' && { again: true }),
    revisionId: published.liveRevisionId,
    formerRevisionId: story.stage === 'draft' ? null : story.liveRevisionId,
    listedUnder: listedUnder(published, story.stage === 'draft' ? null : story),
  })
  return published
}

/** Publishes the draft; the caller records the event. A correction always gets a revision of its own. */
export async function publishCopy(work: Work, story: Story, because: 'published' | 'corrected'): Promise<Live> {
  const { tx, actor, now, tell } = work
  const copy = await readyToPublish(work, story)
  const existingRevisionId = because === 'published' ? story.draft.keptAsRevisionId : null
  const revisionId = existingRevisionId ?? (await keepRevision(tx, actor, story.id, copy, now, because)).id
  const published = publish(story, copy, revisionId, now)
  await updatePublication(tx, published, now)
  await linkDraftToRevision(tx, story.id, revisionId)
  const progress = await endReview({ tx }, story)
  // The address is public now, so the slug in the document stops following the headline.
  await rewriteStoredDocument(tx, published, story.draft, story.draft.version)
  tellSuperseded(tell, story, copy.headline)
  return { ...published, draft: { ...story.draft, keptAsRevisionId: revisionId }, progress }
}

/**
 * The draft with the authors and topics that its names mean.
 * @param at when readers will see it: its pictures have to be usable then
 * @throws Refused with what is missing or too long
 */
export async function readyToPublish(
  work: Work,
  { id: storyId, draft }: Pick<Story, 'id' | 'draft'>,
  at = work.now,
): Promise<ReadyCopy> {
  const [deadLinks, accepted] = [await findDeadLinks(work.tx, draft.body), await findAcceptedFlaws(work.tx, storyId)]
  const pictures = await findKnownPictures(work.tx, draft, at)
  const copy = requireFinished(draft, { deadLinks, accepted, pictures })
  requireLength(copy)
  return { ...copy, ...(await resolveNames(work, copy)) }
}

/** Publishing cancels scheduled changes: they would replace what is published now. */
export function tellSuperseded(tell: Work['tell'], story: Story, headline: string) {
  if (story.stage !== 'live' || story.due === null) return
  tell({
    type: 'scheduled-changes-cancelled',
    storyId: story.id,
    headline,
    sectionId: story.due.sectionId,
    formerSectionId: story.sectionId,
    dueAt: story.due.at.toISOString(),
    superseded: true,
    listedUnder: listedUnder(story, story.due),
  })
}
