import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { endReview } from '../step/step-keeping'
import { findLiveCopy, keepRevision } from '../version/revision-keeping'
import { headlineField, idField } from './copy-form'
import { refuseUnseen, refuseUnseenLive } from './drafting'
import { keepDraft, lockStory, markDraftKept } from './keeping'
import { keepPublication } from './publication-keeping'
import { tellSuperseded } from './publishing'
import { changedParts, finishedHeadline, namedAt, type Copy, type Live } from './story'

/**
 * Changes only the headline readers see, while a larger draft may be open: the live copy with other words on top. The draft has them too, unless
 * somebody wrote another headline in it meanwhile: that stays there. Refused where readers see a headline that this editor has not seen.
 */
export const publishHeadline = operation(
  z.object({
    storyId: idField,
    /** That of the draft, as a list showed it. */
    seenHeadline: z.string(),
    /** What readers saw then; a list of ours that was opened before an upgrade does not say it. */
    seenLive: z.string().optional(),
    headline: headlineField.refine((line) => line !== '', 'A headline needs words.'),
  }),
  async (work, { storyId, seenHeadline, seenLive, headline }) => {
    const { tx, actor, now, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
    const { draft } = story
    const live = await findLiveCopy(tx, story)
    const isDraftSeen = draft.headline === seenHeadline
    const goesIntoDraft = isDraftSeen && draft.headline !== headline
    if (live.headline === headline && !goesIntoDraft) {
      unchanged()
      return story
    }
    const isLiveSeen =
      live.headline === seenHeadline || (seenLive === undefined ? isDraftSeen : live.headline === seenLive)
    // Somebody published another headline meanwhile: it stands beside the editor's own.
    if (!isLiveSeen) return refuseUnseenLive(tx, story, { headline: live.headline })
    finishedHeadline(live, headline)
    const published = await publishUnderHeadline(work, story, live, headline, goesIntoDraft)
    const after = goesIntoDraft ? await keepDraft(tx, actor, story, { ...draft, headline }, now) : draft
    const saysTheSame = changedParts({ ...live, headline }, after).length === 0
    if (saysTheSame) return tiedToLive(work, { ...published, draft: after })
    // A draft that said what readers saw until now says something else.
    if (after.keptAsRevisionId !== null) await markDraftKept(tx, storyId, null)
    return { ...published, draft: { ...after, keptAsRevisionId: null } }
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
    const published = await publishUnderHeadline(work, story, live, headline, false)
    return changedParts({ ...live, headline }, draft).length === 0 ? tiedToLive(work, published) : published
  },
)

/** What readers are told already, under another headline. */
async function publishUnderHeadline(
  { tx, actor, now, tell }: Work,
  story: Live,
  live: Copy,
  headline: string,
  goesIntoDraft: boolean,
): Promise<Live> {
  const { draft } = story
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
    ...(![live.headline, headline].includes(draft.headline) && {
      draft: { headline: draft.headline, stays: !goesIntoDraft },
    }),
    listedUnder: namedAt(story),
  })
  return published
}

async function tiedToLive({ tx }: Work, story: Live): Promise<Live> {
  await markDraftKept(tx, story.id, story.liveRevisionId)
  const draft = { ...story.draft, keptAsRevisionId: story.liveRevisionId }
  return { ...story, draft, progress: await endReview({ tx }, story) }
}
