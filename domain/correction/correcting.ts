import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField, textField } from '../form/fields'
import { refuseStaleDraft, refuseStaleLive } from '../story/drafting'
import { lockStory } from '../story/store'
import { refuseUnderEmbargo } from '../story/publication-store'
import { findLiveCopy } from '../revision/store'
import { publishCopy } from '../story/publishing'
import { changedFields } from '../copy/copy'
import { requireStage, hasUnpublishedChanges, listedUnder, type Live } from '../story/story'
import { correctionKinds, MAX_CORRECTION_LENGTH } from './correction'
import { correctionsOf, insertCorrection, updateRetraction, setUpdatedForReaders } from './store'

const noteFields = {
  kind: z.enum(correctionKinds, 'Choose what kind of note it is.'),
  words: textField('The note', MAX_CORRECTION_LENGTH).refine(
    (text) => text !== '',
    'Say what readers should know: what was wrong, and what is right.',
  ),
}

/** Publishes a correction with the story, and with it the changes of the draft if the editor chooses so. Only a correction marks a story as updated. */
export const correctStory = operation(
  z.object({
    storyId: idField,
    seenVersion: idField,
    seenRevision: idField,
    /** The last note that the editor saw; 0: none. */
    seenNote: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    changes: z.enum(['publish', 'leave']).default('leave'),
    ...noteFields,
  }),
  async (work, { storyId, seenVersion, seenRevision, seenNote, changes, kind, words }): Promise<Live> => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.correct', story)
    requireStage(story, 'live')
    refuseUnderEmbargo(story, now)
    const { draft, liveRevisionId } = story
    if (seenRevision !== liveRevisionId) return refuseStaleLive(tx, story)
    const last = (await correctionsOf(tx, storyId)).at(-1)
    if (seenNote !== (last?.id ?? 0))
      refuse({ kind: 'stale', by: last?.publishedByName ?? '', version: draft.version, theirs: {} })
    const publishesChanges = changes === 'publish' && hasUnpublishedChanges(story)
    if (changes === 'publish' && seenVersion !== draft.version) refuseStaleDraft(draft)

    const before = await findLiveCopy(tx, story)
    // Without changes the live revision and its scheduled changes stay.
    const corrected = publishesChanges ? await publishCopy(work, story, 'corrected') : story
    const { liveRevisionId: revisionId, sectionId } = corrected
    const correctionId = await insertCorrection(tx, actor, now, { storyId, kind, words, revisionId, replacesId: null })
    await setUpdatedForReaders(tx, storyId, now)
    await updateRetraction(tx, storyId, now)
    tell({
      type: 'story-corrected',
      storyId,
      headline: publishesChanges ? draft.headline : before.headline,
      correctionId,
      kind,
      words,
      changed: publishesChanges ? changedFields(before, draft) : [],
      sectionId,
      formerSectionId: story.sectionId,
      revisionId,
      formerRevisionId: liveRevisionId,
      listedUnder: listedUnder(corrected, story, story.due),
    })
    return corrected
  },
)

/** Rewords a correction. The former wording is kept, and the times of the correction and the story stay. */
export const rewordCorrection = operation(
  z.object({ storyId: idField, correctionId: idField, seenWords: idField, ...noteFields }),
  async ({ tx, actor, now, permit, tell, unchanged }, { storyId, correctionId, seenWords, kind, words }) => {
    const story = await lockStory(tx, storyId)
    permit('story.correct', story)
    requireStage(story, 'live')
    refuseUnderEmbargo(story, now)
    const note = (await correctionsOf(tx, storyId)).find(({ id }) => id === correctionId)
    if (!note) return refuse({ kind: 'not-found', what: 'correction' })
    if (note.newestId !== seenWords)
      refuse({ kind: 'stale', by: note.publishedByName, version: story.draft.version, theirs: { words: note.words } })
    if (note.kind === kind && note.words === words) return unchanged()
    const { headline } = await findLiveCopy(tx, story)
    const { liveRevisionId: revisionId, sectionId } = story
    await insertCorrection(tx, actor, now, { storyId, kind, words, revisionId, replacesId: correctionId })
    await updateRetraction(tx, storyId, now)
    const before = { kind: note.kind, words: note.words }
    tell({
      type: 'correction-reworded',
      storyId,
      headline,
      correctionId,
      kind,
      words,
      before,
      sectionId,
      listedUnder: listedUnder(story),
    })
  },
)
