import { z } from 'zod'
import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { authorPortraits } from '@/db/schema/picture'
import type { Copy } from '../../copy/copy-fields'
import { findPictureFlaws } from '../../copy/picture-flaws'
import { idField } from '../../form/fields'
import { operation, type Work } from '../../operation'
import { refuse } from '../../refusal'
import { findRevisionCopy, keepRevision } from '../../revision/store'
import { updateDueChanges, updatePublication } from '../../story/publication-store'
import { linkDraftToRevision, lockStory, updateDraft } from '../../story/store'
import { listedUnder, type Live, type Story } from '../../story/story'
import { findByIds } from '../../taxonomy/store'
import { nameOf } from '../picture'
import { picturesOf, withPictureReplaced } from '../uses'
import { lockPictures } from './store'
import { findKnownPictures } from './use-store'
import { findPortraitsOf, findStoriesWith } from './use-queries'

/**
 * Puts another picture in every place of one: in drafts, in what readers see and will see, and in portraits. Everything else of the stories stays, also
 * what is unpublished in their drafts. Refused where readers would get a picture without rights, credit or alt text.
 */
export const replacePicture = operation(
  z.object({ pictureId: idField, byId: idField }),
  async (work, { pictureId, byId }) => {
    const { tx, permit, tell } = work
    permit('picture.replace')
    if (pictureId === byId) refuse({ kind: 'unfit', why: 'That is the same picture: choose another.' })
    const stories: Story[] = []
    for (const storyId of await findStoriesWith(tx, pictureId)) stories.push(await lockStory(tx, storyId))
    const found = await lockPictures(tx, [pictureId, byId])
    const [picture, by] = [found.get(pictureId), found.get(byId)]
    if (!picture || !by) return refuse({ kind: 'not-found', what: 'picture' })
    const names = { picture: nameOf(picture), by: nameOf(by) }
    for (const story of stories) await replaceInStory(work, story, { pictureId, byId, ...names })
    await replacePortraits(work, pictureId, byId)
    const replaced = { id: byId, picture: names.by }
    tell({ type: 'picture-replaced', pictureId, picture: names.picture, by: replaced, stories: stories.length })
    return { stories: stories.length }
  },
)

type Replacement = { pictureId: number; byId: number; picture: string; by: string }

async function replaceInStory(work: Work, story: Story, replacement: Replacement) {
  const { tx, actor, now, tell } = work
  const { pictureId, picture, by } = replacement
  const isLive = story.stage === 'live'
  const newLive =
    story.stage === 'draft' ? null : await replacedRevision(work, story.id, story.liveRevisionId, replacement)
  const due = isLive ? story.due : null
  const newDue = due === null ? null : await replacedRevision(work, story.id, due.revisionId, replacement)

  const { draft } = story
  const hasDraft = picturesOf(draft).some((use) => use.pictureId === pictureId)
  const newDraft = hasDraft
    ? await updateDraft(tx, actor, story, withPictureReplaced(draft, pictureId, replacement.byId), now)
    : draft
  if (story.stage !== 'draft' && newLive !== null) {
    await updatePublication(tx, { ...story, liveRevisionId: newLive }, now)
    if (draft.keptAsRevisionId === story.liveRevisionId) await linkDraftToRevision(tx, story.id, newLive)
  }
  if (story.stage === 'live' && due !== null && (newLive !== null || newDue !== null)) {
    const draftVersion = due.draftVersion === draft.version ? newDraft.version : due.draftVersion
    const changed: Live = { ...story, due: { ...due, revisionId: newDue ?? due.revisionId, draftVersion } }
    await updateDueChanges(tx, changed)
  }
  tell({
    type: 'story-picture-replaced',
    storyId: story.id,
    headline: draft.headline,
    sectionId: story.stage === 'draft' ? null : story.sectionId,
    picture,
    by,
    isLive: story.stage !== 'draft' && (newLive ?? newDue) !== null,
    listedUnder: listedUnder(story.stage === 'draft' ? null : story, due),
  })
}

/** A revision like another with the other picture; null where it does not have the picture. @throws Refused where readers may not get the other one */
async function replacedRevision(
  { tx, actor, now }: Work,
  storyId: number,
  revisionId: number,
  { pictureId, byId }: Replacement,
): Promise<number | null> {
  const copy = await findRevisionCopy(tx, revisionId)
  if (copy === null || !picturesOf(copy).some((use) => use.pictureId === pictureId)) return null
  const replaced = withPictureReplaced(copy, pictureId, byId)
  await requireReady(tx, replaced, byId, now)
  return (await keepRevision(tx, actor, storyId, replaced, now, 'published')).id
}

async function requireReady(tx: Transaction, copy: Copy, byId: number, now: Date) {
  const flaws = findPictureFlaws(copy, await findKnownPictures(tx, copy, now))
  const gaps = flaws.filter((flaw) => flaw.pictureId === byId)
  if (gaps.length > 0) refuse({ kind: 'unfinished', gaps })
}

async function replacePortraits({ tx, actor, now, tell }: Work, pictureId: number, byId: number) {
  const portraits = await findPortraitsOf(tx, [pictureId])
  if (portraits.length === 0) return
  const authors = await findByIds(
    tx,
    'author',
    portraits.map(({ authorId }) => authorId),
  )
  const placed = { placedAt: now, placedById: actor.id, placedByName: actor.name }
  await tx
    .update(authorPortraits)
    .set({ pictureId: byId, ...placed })
    .where(eq(authorPortraits.pictureId, pictureId))
  for (const { authorId } of portraits) {
    const name = authors.get(authorId)?.name ?? ''
    tell({ type: 'portrait-set', authorId, name, pictureId: byId, before: pictureId })
  }
}
