import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { previewLinks } from '@/db/schema/preview'
import { correctStory, rewordCorrection } from '../correction/correcting'
import { correctionsOf } from '../correction/store'
import { setLead } from '../front-page/arranging'
import { currentArrangement } from '../front-page/store'
import { aPerson, aSection, lastHistoryId, storyFields, valueOf } from '../newsroom.test-support'
import type { Operation, Outcome } from '../operation'
import { revokePreview, sharePreview } from '../preview/sharing'
import { discardChanges } from '../restore/discarding'
import { restoreRevision } from '../restore/restoring'
import { cancelStoryChanges, scheduleStoryChanges } from '../schedule/changing'
import { embargoStory, liftEmbargo } from '../schedule/embargoing'
import { cancelSchedule, scheduleStory } from '../schedule/scheduling'
import { cancelUnpublish, scheduleUnpublish } from '../schedule/unpublishing'
import type { Section } from '../section/section'
import { changeSetting } from '../settings/updating'
import { saveDraft, startStory } from '../story/drafting'
import { publishDraftHeadline, publishHeadline } from '../story/headline-publishing'
import { publishSavedDraft, publishStory, withdrawStory } from '../story/publishing'
import { findStoryById } from '../story/store'
import type { Story } from '../story/story'
import { assignStory } from '../workflow/assigning'
import { publishAlone } from '../workflow/lone-publishing'
import { clearStory, sendStoryBack, submitStory } from '../workflow/reviewing'
import { commandLineActor, type Actor } from './user'

/** `not there`: as if there were no such story. `not now`: the story's stage does not allow it, whoever asks. */
type Answer = 'yes' | 'no' | 'not there' | 'not now'

/** Whose a story is, as seen by one reporter, and how far it is. */
const kinds = [
  'own draft',
  'own draft, assigned to another',
  'own story for review',
  'own ready story',
  'own scheduled story',
  'own live story',
  'own withdrawn story',
  'assigned draft',
  'another’s draft',
  'another’s story for review',
  'another’s scheduled story',
  'another’s live story',
  'another’s withdrawn story',
] as const
type Kind = (typeof kinds)[number]
type Answers = Partial<Record<Kind, Answer>>

type Cast = { reporter: Person; other: Person; editor: Person; admin: Person; section: Section }
type Person = Actor & { id: number }
type Case = {
  operation: Operation<unknown>
  /** What must have happened to the story before. */
  prepare?: (story: Story, cast: Cast) => Promise<unknown>
  reporter: Answers
  /** Of editors and admins, where it is not `yes`. */
  others?: Answers
}

const farFuture = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
const newHeadline = () => `Kite ${crypto.randomUUID()}`
const bodyOf = (text: string) =>
  JSON.stringify({
    type: 'doc',
    content: [{ type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text }] }],
  })

/** The fields of every form about a story; each operation takes its own. */
async function fieldsOf(story: Story, { reporter, other }: Cast) {
  const { id: storyId, draft, progress, embargo } = story
  const [correction] = await correctionsOf(database(), storyId)
  const [link] = await database().select().from(previewLinks).where(eq(previewLinks.storyId, storyId))
  const { assignee } = progress
  const live = story.stage === 'live' ? story : null
  const seenAt = story.stage === 'scheduled' ? story.liveAt : (live?.due?.at ?? live?.unpublish?.at)
  return {
    storyId,
    seenVersion: draft.version,
    seenHeadline: draft.headline,
    headline: newHeadline(),
    ...farFuture,
    seenAt: seenAt?.toISOString(),
    seenEmbargo: embargo === null ? '' : `${embargo.until.toISOString()} ${embargo.note}`,
    seenFrontPage: (await currentArrangement(database()))?.id ?? 0,
    seenStep: progress.step,
    seenAssignee: assignee?.id ?? '',
    assigneeId: assignee?.id === reporter.id ? other.id : reporter.id,
    seenRevision: liveRevisionOf(story),
    revisionId: liveRevisionOf(story),
    correctionId: correction?.id,
    seenWords: correction?.newestId,
    ...{ kind: 'update', words: correction ? 'It is blue.' : 'It is red.' },
    ...{ linkId: link?.id, label: 'Counsel', shown: 'latest', days: '1' },
    ...{ note: 'The Lower Quibble prize committee', reason: 'The ferry sails', asked: 'yes' },
  }
}

const by = (operation: Operation<unknown>) => async (story: Story, cast: Cast) =>
  valueOf(await operation(cast.editor, await fieldsOf(story, cast)))
const publishingAlone = async (value: 'yes' | 'no') =>
  valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value }))

const liveOnly: Answers = { 'own live story': 'no', 'another’s live story': 'no' }
const changingLive: Answers = { 'own live story': 'yes', 'another’s live story': 'no' }
const draftOnly: Answers = { 'own draft': 'no', 'another’s draft': 'not there' }
const scheduledOnly: Answers = { 'own scheduled story': 'no', 'another’s scheduled story': 'not there' }
const withdrawnOnly = (own: Answer, others: Answer): Answers => ({
  'own withdrawn story': own,
  'another’s withdrawn story': others,
})
const anyStage = (own: Answer): Answers => ({
  'own draft': own,
  'own live story': own,
  'own scheduled story': own,
  'another’s draft': 'not there',
  'another’s live story': 'no',
  'another’s scheduled story': 'not there',
})

const cases: Record<string, Case> = {
  'publish a changed headline from the desk': { operation: publishHeadline, reporter: liveOnly },
  'publish a saved draft from the desk': { operation: publishSavedDraft, reporter: draftOnly },
  'publish only the headline': { operation: publishDraftHeadline, prepare: change, reporter: liveOnly },
  'schedule a story': { operation: scheduleStory, reporter: draftOnly },
  'take a story out of the schedule': { operation: cancelSchedule, reporter: scheduledOnly },
  'schedule the changes of a live story': { operation: scheduleStoryChanges, prepare: change, reporter: liveOnly },
  'take changes out of the schedule': {
    operation: cancelStoryChanges,
    prepare: async (story, cast) => by(scheduleStoryChanges)(await change(story, cast), cast),
    reporter: liveOnly,
  },
  'unpublish a story at a time': { operation: scheduleUnpublish, reporter: liveOnly },
  'let a story stay': { operation: cancelUnpublish, prepare: by(scheduleUnpublish), reporter: liveOnly },
  'withdraw a story': {
    operation: withdrawStory,
    reporter: { ...liveOnly, ...scheduledOnly },
    others: { 'own scheduled story': 'not now', 'another’s scheduled story': 'not now' },
  },
  'make a story the lead': { operation: setLead, reporter: liveOnly },
  'hand in for review': {
    operation: submitStory,
    prepare: changeIfPublished,
    reporter: { ...anyStage('yes'), 'assigned draft': 'yes', ...withdrawnOnly('not now', 'not there') },
    others: withdrawnOnly('not now', 'not now'),
  },
  'mark as ready': {
    operation: clearStory,
    prepare: changeIfPublished,
    reporter: {
      'own story for review': 'no',
      'another’s story for review': 'not there',
      ...scheduledOnly,
      ...withdrawnOnly('no', 'not there'),
    },
    others: withdrawnOnly('not now', 'not now'),
  },
  'send back with a note': {
    operation: sendStoryBack,
    reporter: { 'own story for review': 'no', 'own ready story': 'no', 'another’s story for review': 'not there' },
  },
  'assign to a reporter (oneself, for a reporter)': {
    operation: assignStory,
    reporter: {
      'own draft': 'yes',
      'own draft, assigned to another': 'no',
      'assigned draft': 'no',
      'another’s draft': 'not there',
    },
  },
  'publish without an editor, where the setting allows it': {
    operation: publishAlone,
    prepare: async (story, cast) => {
      await publishingAlone('yes')
      await changeIfPublished(story, cast)
    },
    reporter: {
      ...anyStage('yes'),
      'own story for review': 'yes',
      'own scheduled story': 'no',
      'assigned draft': 'no',
      ...withdrawnOnly('no', 'not there'),
    },
    others: Object.fromEntries(kinds.map((kind) => [kind, 'no'])),
  },
  'publish without an editor, where it does not': {
    operation: publishAlone,
    prepare: () => publishingAlone('no'),
    reporter: { 'own draft': 'no' },
    others: { 'own draft': 'no' },
  },
  'put a story under an embargo': {
    operation: embargoStory,
    reporter: { ...anyStage('yes'), ...withdrawnOnly('yes', 'not there') },
  },
  'lift an embargo': {
    operation: liftEmbargo,
    prepare: by(embargoStory),
    reporter: { ...anyStage('no'), ...withdrawnOnly('no', 'not there') },
  },
  'discard changes': { operation: discardChanges, prepare: change, reporter: changingLive },
  'restore a block of a version': {
    operation: (actor, fields) => restoreRevision(actor, { ...(fields as object), blockId: 'a' }),
    prepare: change,
    reporter: changingLive,
  },
  'correct a story': { operation: correctStory, reporter: liveOnly },
  'reword a correction': { operation: rewordCorrection, prepare: by(correctStory), reporter: liveOnly },
  'make a preview link': {
    operation: sharePreview,
    reporter: { ...anyStage('yes'), ...withdrawnOnly('not now', 'not there') },
    others: withdrawnOnly('not now', 'not now'),
  },
  'take back a preview link': { operation: revokePreview, prepare: by(sharePreview), reporter: anyStage('yes') },
}

async function change(story: Story, { editor }: Cast): Promise<Story> {
  return valueOf(await saveDraft(editor, copyOf(story, { headline: newHeadline(), body: bodyOf('It hummed.') })))
}

/** A live story equals what readers see, and a scheduled one what they will see, until its draft changes. */
async function changeIfPublished(story: Story, cast: Cast) {
  if (story.stage === 'live' || story.stage === 'scheduled') await change(story, cast)
}

const copyOf = ({ id, draft }: Story, changed: Record<string, string>) =>
  storyFields({
    storyId: String(id),
    seenVersion: String(draft.version),
    headline: draft.headline,
    sectionId: String(draft.sectionId),
    slug: draft.slug,
    ...changed,
  })
const liveRevisionOf = (story: Story) => (story.stage === 'draft' ? 0 : story.liveRevisionId)

async function createStory(cast: Cast, kind: Kind): Promise<number> {
  const { reporter, other, editor, section } = cast
  const owner = kind.startsWith('own') ? reporter : other
  const draft = valueOf(await startStory(owner, { headline: newHeadline(), sectionId: String(section.id) }))
  const { id: storyId } = draft
  if (kind === 'assigned draft' || kind.endsWith('assigned to another')) {
    const assigneeId = kind === 'assigned draft' ? reporter.id : other.id
    valueOf(await assignStory(commandLineActor, { storyId, seenAssignee: '', assigneeId }))
  }
  if (kind.endsWith('for review') || kind.endsWith('ready story'))
    valueOf(await submitStory(owner, { storyId, seenStep: 'writing' }))
  if (kind.endsWith('ready story'))
    valueOf(await clearStory(editor, { storyId, seenStep: 'for-review', seenVersion: 1 }))
  if (kind.endsWith('scheduled story')) valueOf(await scheduleStory(editor, { storyId, seenVersion: 1, ...farFuture }))
  if (kind.endsWith('live story') || kind.endsWith('withdrawn story'))
    valueOf(await publishStory(editor, copyOf(draft, { body: bodyOf('It sang.') })))
  if (kind.endsWith('withdrawn story')) valueOf(await withdrawStory(editor, { storyId, reason: 'The ferry sails' }))
  return storyId
}

async function currentStory(id: number): Promise<Story> {
  const story = await findStoryById(database(), id)
  if (story === null) throw new Error('The story is gone.')
  return story
}

function answerOf(outcome: Outcome<unknown>): Answer {
  if (outcome.ok) return 'yes'
  const { refusal } = outcome
  switch (refusal.kind) {
    case 'not-permitted':
      return 'no'
    case 'not-found':
      return refusal.what === 'story' ? 'not there' : expect.fail(`There is no ${refusal.what}.`)
    case 'out-of-turn':
    case 'nothing-to-review':
      return 'not now'
    default:
      return expect.fail(`Refused for another reason: ${JSON.stringify(refusal)}`)
  }
}

async function createCast(): Promise<Cast> {
  const [reporter, other] = [await aPerson('reporter'), await aPerson('reporter')]
  return { reporter, other, editor: await aPerson('editor'), admin: await aPerson('admin'), section: await aSection() }
}

let cast: Cast
beforeAll(async () => void (cast = await createCast()))

describe('who may', () => {
  for (const [title, { operation, prepare, reporter, others = {} }] of Object.entries(cases))
    for (const kind of kinds.filter((name) => reporter[name]))
      test(`${title}: ${kind}`, async () => {
        for (const role of ['reporter', 'editor', 'admin'] as const) {
          const id = await createStory(cast, kind)
          await prepare?.(await currentStory(id), cast)
          const before = [await currentStory(id), await lastHistoryId()]
          const expected = role === 'reporter' ? reporter[kind] : (others[kind] ?? 'yes')
          const outcome = await operation(cast[role], await fieldsOf(await currentStory(id), cast))
          expect(answerOf(outcome), role).toBe(expected)
          if (expected !== 'yes') expect([await currentStory(id), await lastHistoryId()], role).toEqual(before)
          else expect(await lastHistoryId(), role).toBeGreaterThan(before[1] as number)
        }
      })
})
