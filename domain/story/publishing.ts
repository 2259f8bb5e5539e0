import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { sectionMustExist } from '../section/keeping'
import { idField, copyOf, headlineField, reasonField, refuseOverlong, sectionField } from './copy-form'
import { rewriteKeptDocument } from '../writing/document-keeping'
import { refuseAsStale, refuseUnseen, saveCopy, storyForm, tellSaved } from './drafting'
import { findDeadLinks } from './link-finding'
import { keepDraft, keepNewStory, lockStory, markDraftKept } from './keeping'
import { keepPublication } from './publication-keeping'
import { findLiveCopy, keepRevision } from '../version/revision-keeping'
import {
  changedParts,
  finished,
  finishedHeadline,
  publish,
  slugFor,
  withdraw,
  type Copy,
  type Live,
  type Story,
} from './story'
import { endReview } from '../step/step-keeping'

/** Saves what is on the editor's screen and makes exactly that what readers see. */
export const publishStory = operation(storyForm, async (work, { storyId, seenVersion, ...fields }) => {
  const story = await lockStory(work.tx, storyId)
  work.permit('story.publish', story)
  return publishDraft(work, await saveCopy(work, story, seenVersion, copyOf(fields)))
})

/** Publishes the draft as it was last saved, from a list; refused when somebody saved after the list was opened. */
export const publishSavedDraft = operation(
  z.object({ storyId: idField, seenVersion: idField }),
  async (work, { storyId, seenVersion }) => {
    const story = await lockStory(work.tx, storyId)
    work.permit('story.publish', story)
    if (seenVersion !== story.draft.version) return refuseAsStale(work.tx, story)
    await tellSaved(work, story, story.draft.headline)
    return publishDraft(work, story)
  },
)

/** A new headline, live at once, from one line: the ten headlines in ten minutes of a breaking night. */
export const publishNewHeadline = operation(
  z.object({
    headline: headlineField.refine((line) => line !== '', 'Write a headline first.'),
    sectionId: sectionField,
  }),
  async (work, { headline, sectionId }) => {
    const { tx, actor, now, permit, tell } = work
    permit('story.start')
    const copy: Copy = {
      headline,
      kicker: null,
      standfirst: null,
      dateline: null,
      sectionId,
      slug: slugFor('', headline),
      body: null,
    }
    await sectionMustExist(tx, sectionId)
    const story = await keepNewStory(tx, actor, copy, now)
    permit('story.publish', story)
    tell({ type: 'story-started', storyId: story.id, headline })
    return publishDraft(work, story)
  },
)

/** Changes only the headline readers see, while a larger draft may be open: the live copy with other words on top. */
export const publishHeadline = operation(
  z.object({
    storyId: idField,
    seenHeadline: z.string(),
    headline: headlineField.refine((line) => line !== '', 'A headline needs words.'),
  }),
  async (work, { storyId, seenHeadline, headline }) => {
    const { tx, actor, now, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
    const live = await findLiveCopy(tx, story)
    if (live.headline === headline && story.draft.headline === headline) {
      unchanged()
      return story
    }
    if (story.draft.headline !== seenHeadline && live.headline !== seenHeadline) {
      return refuse({
        kind: 'stale',
        by: story.draft.savedByName,
        version: story.draft.version,
        theirs: { headline: story.draft.headline },
      })
    }
    const draftSaysTheSame = changedParts({ ...live, headline }, { ...story.draft, headline }).length === 0
    finishedHeadline(live, headline)
    const published = await publishUnderHeadline(work, story, live, headline)
    const draft = await keepDraft(tx, actor, story, { ...story.draft, headline }, now)
    return draftSaysTheSame ? tiedToLive(work, { ...published, draft }) : { ...published, draft }
  },
)

/** Publishes of a larger draft only its headline: the live copy with that on top. The draft stays as it is, and so does its version. */
export const publishDraftHeadline = operation(
  z.object({ storyId: idField, seenHeadline: z.string() }),
  async (work, { storyId, seenHeadline }) => {
    const { tx, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
    const { draft } = story
    // Only the headline was looked at, so only another headline is news; nothing was typed that would have to stand beside it.
    if (draft.headline !== seenHeadline) return refuseUnseen(draft)
    const live = await findLiveCopy(tx, story)
    if (live.headline === draft.headline) {
      unchanged()
      return story
    }
    const headline = finishedHeadline(live, draft.headline)
    const published = await publishUnderHeadline(work, story, live, headline)
    return changedParts({ ...live, headline }, draft).length === 0 ? tiedToLive(work, published) : published
  },
)

/** Takes a story away from readers at once: its address answers "gone" (410), its words stay in the newsroom. */
export const withdrawStory = operation(
  z.object({
    storyId: idField,
    reason: reasonField('Say why, for the history: readers do not see it.'),
  }),
  async ({ tx, now, permit, tell }, { storyId, reason }) => {
    const story = await lockStory(tx, storyId)
    permit('story.withdraw', story)
    const withdrawn = withdraw(story, reason, now)
    // The headline that readers saw, for it is what must not be seen again; the draft may have another.
    const { headline } = await findLiveCopy(tx, withdrawn)
    await keepPublication(tx, withdrawn, now)
    const dropped = story.stage === 'live' && story.due !== null ? { dropped: ['changes' as const] } : {}
    tell({ type: 'story-withdrawn', storyId, headline, sectionId: withdrawn.sectionId, reason, ...dropped })
    return withdrawn
  },
)

/** What readers are told already, under another headline. */
async function publishUnderHeadline(
  { tx, actor, now, tell }: Work,
  story: Live,
  live: Copy,
  headline: string,
): Promise<Live> {
  const { id: revisionId } = await keepRevision(tx, actor, story.id, { ...live, headline }, now, 'published')
  const published: Live = { ...story, liveRevisionId: revisionId, due: null }
  await keepPublication(tx, published, now)
  tellSuperseded(tell, story, headline)
  tell({
    type: 'headline-published',
    storyId: story.id,
    headline,
    before: live.headline,
    sectionId: story.sectionId,
    revisionId,
    formerRevisionId: story.liveRevisionId,
  })
  return published
}

async function tiedToLive({ tx }: Work, story: Live): Promise<Live> {
  await markDraftKept(tx, story.id, story.liveRevisionId)
  const draft = { ...story.draft, keptAsRevisionId: story.liveRevisionId }
  return { ...story, draft, progress: await endReview({ tx }, story) }
}

/** The draft becomes what readers see, and history tells that it was published. */
export async function publishDraft(work: Work, story: Story): Promise<Live> {
  const published = await publishCopy(work, story, 'published')
  work.tell({
    type: 'story-published',
    storyId: story.id,
    headline: story.draft.headline,
    sectionId: published.sectionId,
    formerSectionId: story.stage === 'draft' ? null : story.sectionId,
    first: story.stage === 'draft',
    revisionId: published.liveRevisionId,
    formerRevisionId: story.stage === 'draft' ? null : story.liveRevisionId,
  })
  return published
}

/** Makes the draft what readers see, under the rules of publishing; whoever asks for it tells what happened. With a correction it is always a revision of its own. */
export async function publishCopy(
  { tx, actor, now, tell }: Work,
  story: Story,
  because: 'published' | 'corrected',
): Promise<Live> {
  const copy = finished(story.draft, await findDeadLinks(tx, story.draft.body))
  refuseOverlong(copy)
  const keptAlready = because === 'published' ? story.draft.keptAsRevisionId : null
  const revisionId = keptAlready ?? (await keepRevision(tx, actor, story.id, copy, now, because)).id
  const published = publish(story, copy, revisionId, now)
  await keepPublication(tx, published, now)
  await markDraftKept(tx, story.id, revisionId)
  const progress = await endReview({ tx }, story)
  // From now on readers know the address: it does not follow the headline any more.
  await rewriteKeptDocument(tx, published, story.draft, story.draft.version)
  tellSuperseded(tell, story, copy.headline)
  return { ...published, draft: { ...story.draft, keptAsRevisionId: revisionId }, progress }
}

/** What was scheduled to take the place of the former words would take the place of these, so it is out of the schedule, and the editor is told. */
function tellSuperseded(tell: Work['tell'], story: Story, headline: string) {
  if (story.stage !== 'live' || story.due === null) return
  tell({
    type: 'scheduled-changes-cancelled',
    storyId: story.id,
    headline,
    sectionId: story.due.sectionId,
    formerSectionId: story.sectionId,
    dueAt: story.due.at.toISOString(),
    superseded: true,
  })
}
