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
import { findStoryRevision } from '../revision/revision-store'
import { reopenReview } from './progress-store'
import type { Copy } from '../copy/copy-fields'
import { changedFields, copyAsText } from '../copy/copy'
import { slugFor } from '../form/slug'
import { type Draft, type Live, type Story } from './story'
import { saveBeforeDeletion } from '../collaboration/recovery/deletion-store'
import { takePendingHistory } from '../collaboration/sync/pending-history-store'

/** A story begins with a headline; everything else may follow, from anybody who may edit it. */
export const startStory = operation(startForm('Write a headline first: it can change later.'), async (work, form) => {
  const { story, isNew } = await createStory(work, form)
  if (!isNew) work.unchanged()
  return story
})

/** What the story form sends: which story, the version its writer saw, and every field. */
export const storyForm = z.object({ storyId: idField, seenVersion: idField, ...copyFormFields })

/** Saves what is being written; authors and topics that are not known yet are from now on. Readers see nothing of it until somebody publishes. */
export const saveDraft = operation(storyForm, async (work, { storyId, seenVersion, ...fields }) => {
  const story = await lockStory(work.tx, storyId)
  work.permit('story.edit', story)
  const saved = await saveCopy(work, story, seenVersion, copyFromForm(fields, story.draft))
  await resolveNames(work, saved.draft)
  return saved
})

/** Changes the headline of the draft in place, from a list. Only the headline was looked at there: whatever else is written meanwhile is not in the way, and stays. */
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
 * The draft with new words. Words that somebody saved meanwhile are never overwritten: the second editor is refused with both texts.
 * Saving exactly what is there already changes nothing and is welcome: what was kept while it was typed is told now.
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

/** Tells what was saved: just now, and since this person's last line in the history. */
export async function tellSaved(work: Work, story: Story, headline: string, changed: string[] = []) {
  const saved = await takePendingHistory(work, story, changed)
  if (saved === null) return work.unchanged()
  const before = { headline: saved.headline }
  work.tell({ type: 'draft-saved', storyId: story.id, headline, before, changed: saved.changed })
}

/** The refusal of a save that would overwrite another's: it carries their words, to stand beside the editor's own. */
export async function refuseStaleSave(tx: Transaction, story: Story): Promise<never> {
  const theirs = copyAsText(story.draft, await sectionName(tx, story.draft.sectionId))
  return refuse({ kind: 'stale', by: story.draft.savedByName, version: story.draft.version, theirs })
}

/**
 * The refusal of what was decided without seeing the draft as it is.
 * @param theirs what has to stand beside what was typed; nothing where nothing was typed: whoever decided only has to look again
 */
export function refuseStaleDraft({ savedByName, version }: Draft, theirs: Record<string, string> = {}): never {
  return refuse({ kind: 'stale', by: savedByName, version, theirs })
}

/** The same, where somebody published meanwhile: what readers see is not what was looked at. */
export async function refuseStaleLive(
  tx: Transaction,
  { id, draft, liveRevisionId }: Live,
  theirs: Record<string, string> = {},
): Promise<never> {
  const published = await findStoryRevision(tx, id, { id: liveRevisionId })
  return refuse({ kind: 'stale', by: published?.keptByName ?? '', version: draft.version, theirs })
}

/** A new headline takes its address along until readers know the address; from then on the address stays. */
function slugAfterHeadline(story: Story, headline: string): string {
  const followsHeadline = story.draft.slug === slugFor('', story.draft.headline)
  return story.stage === 'draft' && followsHeadline ? slugFor('', headline) : story.draft.slug
}
