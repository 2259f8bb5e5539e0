import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { resolveNames } from '../taxonomy/naming'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { requireSection, sectionName } from '../section/store'
import { startForm, createStory } from './starting'
import { idField } from '../form/fields'
import { copyFormFields, copyFromForm, headlineField } from '../copy/copy-form'
import { updateDraft, lockStory } from './store'
import { findStoryRevision } from '../revision/store'
import { reopenReview } from './progress-store'
import type { Copy } from '../copy/copy-fields'
import { changedFields, copyAsText } from '../copy/copy'
import { slugFor } from '../form/slug'
import { type Draft, type Live, type Story } from './story'
import { saveBeforeDeletion } from '../collaboration/recovery/deletion-store'
import { takePendingHistory } from '../collaboration/sync/pending-history-store'

export const startStory = operation(startForm('Write a headline first: it can change later.'), async (work, form) => {
  const { story, isNew } = await createStory(work, form)
  if (!isNew) work.unchanged()
  return story
})

/** The story form: the story, the draft version that its writer saw, and every field. */
export const storyForm = z.object({ storyId: idField, seenVersion: idField, ...copyFormFields })

/** Saves the draft, and adds authors and topics that are new. Readers see nothing of it until it is published. */
export const saveDraft = operation(storyForm, async (work, { storyId, seenVersion, ...fields }) => {
  const story = await lockStory(work.tx, storyId)
  work.permit('story.edit', story)
  const saved = await saveCopy(work, story, seenVersion, copyFromForm(fields, story.draft))
  await resolveNames(work, saved.draft)
  return saved
})

/** Changes the headline of the draft from a list. Only the headline was seen there, so other changes since are kept and are no conflict. */
export const editHeadline = operation(
  z.object({
    storyId: idField,
    seenHeadline: z.string(),
    headline: headlineField.refine((line) => line !== '', 'A headline needs words.'),
  }),
  async (work, { storyId, seenHeadline, headline }) => {
    const story = await lockStory(work.tx, storyId)
    work.permit('story.edit', story)
    const { draft } = story
    if (draft.headline !== seenHeadline && draft.headline !== headline)
      return refuseStaleDraft(draft, { headline: draft.headline })
    return saveCopy(work, story, draft.version, { ...draft, headline, slug: slugAfterHeadline(story, headline) })
  },
)

/**
 * Saves a copy as the draft. A draft that changed since the editor saw it is not overwritten: the refusal has both texts.
 * Saving what the draft has already only records the pending history of the shared document.
 */
export async function saveCopy(work: Work, story: Story, seenVersion: number, copy: Copy): Promise<Story> {
  const { tx, actor, now } = work
  const changed = changedFields(story.draft, copy)
  if (changed.length === 0) {
    await tellSaved(work, story, copy.headline)
    return story
  }
  if (seenVersion !== story.draft.version) await refuseStaleSave(tx, story)
  await requireSection(tx, copy.sectionId)
  await saveBeforeDeletion(work, story, copy)
  const draft = await updateDraft(tx, actor, story, copy, now)
  await tellSaved(work, story, copy.headline, changed)
  await reopenReview(work, { ...story, draft })
  return { ...story, draft }
}

/** Records what was saved: these changes, and this person's since their last line in the history. */
export async function tellSaved(work: Work, story: Story, headline: string, changed: string[] = []) {
  const saved = await takePendingHistory(work, story, changed)
  if (saved === null) return work.unchanged()
  const before = { headline: saved.headline }
  work.tell({ type: 'draft-saved', storyId: story.id, headline, before, changed: saved.changed })
}

/** Refuses a save that would overwrite another, with the text of the other save. */
export async function refuseStaleSave(tx: Transaction, story: Story): Promise<never> {
  const theirs = copyAsText(story.draft, await sectionName(tx, story.draft.sectionId))
  return refuse({ kind: 'stale', by: story.draft.savedByName, version: story.draft.version, theirs })
}

/**
 * Refuses a decision about a draft that has changed since.
 * @param theirs the values to show beside the typed ones; empty where nothing was typed
 */
export function refuseStaleDraft({ savedByName, version }: Draft, theirs: Record<string, string> = {}): never {
  return refuse({ kind: 'stale', by: savedByName, version, theirs })
}

/** The same, where another revision was published since. */
export async function refuseStaleLive(
  tx: Transaction,
  { id, draft, liveRevisionId }: Live,
  theirs: Record<string, string> = {},
): Promise<never> {
  const published = await findStoryRevision(tx, id, { id: liveRevisionId })
  return refuse({ kind: 'stale', by: published?.keptByName ?? '', version: draft.version, theirs })
}

/** The slug follows the headline until the story is published. */
function slugAfterHeadline(story: Story, headline: string): string {
  const followsHeadline = story.draft.slug === slugFor('', story.draft.headline)
  return story.stage === 'draft' && followsHeadline ? slugFor('', headline) : story.draft.slug
}
