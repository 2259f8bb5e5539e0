import { eq } from 'drizzle-orm'
import { fromBase64 } from 'lib0/buffer'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { previewLinks } from '@/db/schema/preview'
import { documentFromState, sharedTypes } from '../collaboration/document/story-document'
import { canEditStory } from '../collaboration/presence/broadcasting'
import { openDocument, syncDocument } from '../collaboration/sync/syncing'
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
import { changeSetting } from '../settings/updating'
import { acceptFlaw } from '../story/accepting'
import { editHeadline, saveDraft, startStory } from '../story/drafting'
import { publishDraftHeadline, publishHeadline } from '../story/headline-publishing'
import { publishSavedDraft, publishStory, withdrawStory } from '../story/publishing'
import { findRevisions } from '../story/queries'
import { findStoryById } from '../story/store'
import { withdrawalOf, type Story } from '../story/story'
import { assignStory } from '../workflow/assigning'
import { publishAlone } from '../workflow/lone-publishing'
import { clearStory, sendStoryBack, submitStory } from '../workflow/reviewing'
import { commandLineActor, type Actor } from './user'

/** `not there`: as if there were no such story. `not now`: the story's stage does not allow it to anyone. */
type Answer = 'yes' | 'no' | 'not there' | 'not now'

/** The step of a draft, or the stage. */
const statuses = [
  'draft',
  'story for review',
  'ready story',
  'scheduled story',
  'live story',
  'withdrawn story',
] as const
const everyStatus = <Owner extends string>(owner: Owner) => statuses.map((status) => `${owner} ${status}` as const)
/** As seen by one reporter: their own, another’s but assigned to them, or another’s. */
const kinds = [
  ...everyStatus('own'),
  'own draft, assigned to another',
  ...everyStatus('assigned'),
  ...everyStatus('another’s'),
] as const
type Kind = (typeof kinds)[number]
type Answers = Partial<Record<Kind, Answer>>

type Cast = Awaited<ReturnType<typeof createCast>>
type Case = {
  operation: Operation<unknown>
  /** What must have happened to the story before. */
  prepare?: (story: Story, cast: Cast) => Promise<unknown>
  reporter: Answers
  /** Of editors and admins, where it is not `yes`. */
  others?: Answers
  /** It changes the draft, and so its version; what else is done goes into the history at once. */
  writes?: true
}

const farFuture = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
const newHeadline = () => `Kite ${crypto.randomUUID()}`
const bodyOf = (text: string) =>
  JSON.stringify({
    type: 'doc',
    content: [{ type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text }] }],
  })

/** The fields of every form about a story; each operation takes its own. */
async function fieldsOf(story: Story, { reporter, other, editor }: Cast) {
  const { id: storyId, draft, progress, embargo } = story
  const [correction] = await correctionsOf(database(), storyId)
  const [link] = await database().select().from(previewLinks).where(eq(previewLinks.storyId, storyId))
  const { assignee } = progress
  const live = story.stage === 'live' ? story : null
  const seenAt = story.stage === 'scheduled' ? story.liveAt : (live?.due?.at ?? live?.unpublish?.at)
  return {
    ...storyFields({ sectionId: String(draft.sectionId), slug: draft.slug }),
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
    seenRevision: story.stage === 'draft' ? 0 : story.liveRevisionId,
    seenWithdrawal: withdrawalOf(story),
    revisionId: (await findRevisions(editor, storyId, null))?.versions.at(-1)?.id ?? 0,
    correctionId: correction?.id,
    seenWords: correction?.newestId,
    ...{ kind: 'update', words: correction ? 'It is blue.' : 'It is red.' },
    ...{ linkId: link?.id, label: 'Counsel', shown: 'now', days: '1' },
    flaw: 'unresolved headline Kite TK 7',
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
const answers = (owner: 'own' | 'assigned' | 'another’s', answer: Answer): Answers =>
  Object.fromEntries(everyStatus(owner).map((kind) => [kind, answer]))
/** In every operation: the status makes no difference to stories they own or are assigned to. */
const writing: Answers = {
  ...answers('own', 'yes'),
  ...answers('assigned', 'yes'),
  ...answers('another’s', 'not there'),
  'another’s live story': 'no',
}

const cases: Record<string, Case> = {
  'write in the story form': { operation: saveDraft, reporter: writing, writes: true },
  'change the headline on the desk': { operation: editHeadline, reporter: writing, writes: true },
  'write in the shared document': { operation: writeInDocument, reporter: writing, writes: true },
  'restore a version': { operation: restoreRevision, prepare: keepAndChange, reporter: writing, writes: true },
  'publish the story form': {
    operation: publishStory,
    reporter: { ...writing, ...answers('own', 'no'), ...answers('assigned', 'no') },
    writes: true,
  },
  'publish a changed headline from the desk': { operation: publishHeadline, reporter: liveOnly },
  'say that something is no gap': {
    operation: acceptFlaw,
    prepare: async (story, { editor }) =>
      valueOf(await saveDraft(editor, copyOf(story, { headline: 'Kite TK 7', body: bodyOf('It sang.') }))),
    reporter: draftOnly,
  },
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

async function writeInDocument(actor: Actor, fields: unknown) {
  const { storyId } = fields as { storyId: number }
  const { lineage, missing } = valueOf(await openDocument(commandLineActor, { storyId }))
  const document = documentFromState(fromBase64(missing))
  const vector = Y.encodeStateVector(document)
  sharedTypes.text(document, 'kicker').insert(0, newHeadline())
  const update = Y.encodeStateAsUpdate(document, vector)
  const opened = await openDocument(actor, { storyId })
  const synced = await syncDocument(actor, { storyId, lineage, vector, update })
  // A user who may not write gets no document either, not even of a live story.
  expect([answerOf(opened), await canEditStory(actor, storyId)]).toEqual([answerOf(synced), synced.ok])
  return synced
}

/** The oldest revision differs from the draft. */
async function keepAndChange(story: Story, cast: Cast) {
  if (story.stage === 'draft') await by(sharePreview)(story, cast)
  await change(story, cast)
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

async function createStory({ reporter, other, editor, section }: Cast, kind: Kind): Promise<number> {
  const owner = kind.startsWith('own') ? reporter : other
  const draft = valueOf(await startStory(owner, { headline: newHeadline(), sectionId: String(section.id) }))
  const { id: storyId } = draft
  if (kind.includes('assigned')) {
    const assigneeId = kind.startsWith('assigned') ? reporter.id : other.id
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

async function createCast() {
  const [reporter, other] = [await aPerson('reporter'), await aPerson('reporter')]
  return { reporter, other, editor: await aPerson('editor'), admin: await aPerson('admin'), section: await aSection() }
}

let cast: Cast
beforeAll(async () => void (cast = await createCast()))

const stateOf = async (id: number) => ({ story: await currentStory(id), history: await lastHistoryId() })

describe('who may', () => {
  for (const [title, { operation, prepare, reporter, others = {}, writes }] of Object.entries(cases))
    for (const kind of kinds.filter((name) => reporter[name]))
      test(`${title}: ${kind}`, async () => {
        let id: number | null = null
        for (const role of ['reporter', 'editor', 'admin'] as const) {
          if (id === null) {
            id = await createStory(cast, kind)
            await prepare?.(await currentStory(id), cast)
          }
          const before = await stateOf(id)
          const expected = role === 'reporter' ? reporter[kind] : (others[kind] ?? 'yes')
          const outcome = await operation(cast[role], await fieldsOf(before.story, cast))
          expect(answerOf(outcome), role).toBe(expected)
          const after = await stateOf(id)
          if (expected !== 'yes') expect(after, role).toEqual(before)
          else if (writes) expect(after.story.draft.version, role).toBe(before.story.draft.version + 1)
          else expect(after.history, role).toBeGreaterThan(before.history)
          // Unchanged, it does for the next one as well.
          if (expected === 'yes') id = null
        }
      })
})
