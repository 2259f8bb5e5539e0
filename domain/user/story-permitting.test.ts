import { describe, expect, test } from 'vitest'
import { database } from '@/db/client'
import { correctStory, rewordCorrection } from '../correction/correcting'
import { correctionsOf } from '../correction/store'
import { setLead } from '../front-page/arranging'
import { currentArrangement } from '../front-page/store'
import { aPerson, aSection, lastHistoryId, storyFields, valueOf } from '../newsroom.test-support'
import type { Outcome } from '../operation'
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
  /** What must have happened to the story before. */
  prepare?: (story: Story, cast: Cast) => Promise<unknown>
  attempt: (actor: Actor, story: Story, cast: Cast) => Promise<Outcome<unknown>>
  reporter: Answers
  /** Of editors and admins, where it is not `yes`. */
  others?: Answers
}

const farFuture = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
const [note, reason] = ['The Lower Quibble prize committee', 'The ferry sails']
const newHeadline = () => `Kite ${crypto.randomUUID()}`
const body = (text: string) =>
  JSON.stringify({
    type: 'doc',
    content: [{ type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text }] }],
  })

const liveOnly: Answers = { 'own live story': 'no', 'another’s live story': 'no' }
const changingLive: Answers = { 'own live story': 'yes', 'another’s live story': 'no' }
const anyDraft = (own: Answer): Answers => ({
  'own draft': own,
  'own live story': own,
  'own scheduled story': own,
  'own withdrawn story': own,
  'another’s draft': 'not there',
  'another’s live story': 'no',
  'another’s scheduled story': 'not there',
  'another’s withdrawn story': 'not there',
})
const withdrawn = (answer: Answer): Answers => ({
  'own withdrawn story': answer,
  'another’s withdrawn story': answer,
})

const cases: Record<string, Case> = {
  'publish a changed headline from the desk': {
    attempt: (actor, { id, draft }) =>
      publishHeadline(actor, { storyId: id, seenHeadline: draft.headline, headline: newHeadline() }),
    reporter: liveOnly,
  },
  'publish a saved draft from the desk': {
    attempt: (actor, { id, draft }) => publishSavedDraft(actor, { storyId: id, seenVersion: draft.version }),
    reporter: { 'own draft': 'no', 'another’s draft': 'not there' },
  },
  'publish only the headline': {
    prepare: change,
    attempt: (actor, { id, draft }) => publishDraftHeadline(actor, { storyId: id, seenHeadline: draft.headline }),
    reporter: liveOnly,
  },
  'schedule a story': {
    attempt: (actor, { id, draft }) => scheduleStory(actor, { storyId: id, seenVersion: draft.version, ...farFuture }),
    reporter: { 'own draft': 'no', 'another’s draft': 'not there' },
  },
  'take a story out of the schedule': {
    attempt: (actor, story) => cancelSchedule(actor, { storyId: story.id, seenAt: liveAtOf(story) }),
    reporter: { 'own scheduled story': 'no', 'another’s scheduled story': 'not there' },
  },
  'schedule the changes of a live story': {
    prepare: change,
    attempt: (actor, { id, draft }) =>
      scheduleStoryChanges(actor, { storyId: id, seenVersion: draft.version, ...farFuture }),
    reporter: liveOnly,
  },
  'take changes out of the schedule': {
    prepare: async (story, cast) => {
      const { id, draft } = await change(story, cast)
      valueOf(await scheduleStoryChanges(cast.editor, { storyId: id, seenVersion: draft.version, ...farFuture }))
    },
    attempt: (actor, story) =>
      cancelStoryChanges(actor, {
        storyId: story.id,
        seenAt: (story.stage === 'live' && story.due?.at.toISOString()) || '',
      }),
    reporter: liveOnly,
  },
  'unpublish a story at a time': {
    attempt: (actor, { id }) => scheduleUnpublish(actor, { storyId: id, ...farFuture, reason }),
    reporter: liveOnly,
  },
  'let a story stay': {
    prepare: ({ id }, { editor }) => scheduleUnpublish(editor, { storyId: id, ...farFuture, reason }),
    attempt: (actor, story) =>
      cancelUnpublish(actor, {
        storyId: story.id,
        seenAt: (story.stage === 'live' && story.unpublish?.at.toISOString()) || '',
      }),
    reporter: liveOnly,
  },
  'withdraw a story': {
    attempt: (actor, { id }) => withdrawStory(actor, { storyId: id, reason }),
    reporter: { ...liveOnly, 'own scheduled story': 'no', 'another’s scheduled story': 'not there' },
    others: { 'own scheduled story': 'not now', 'another’s scheduled story': 'not now' },
  },
  'make a story the lead': {
    attempt: async (actor, { id }) =>
      setLead(actor, { storyId: id, seenFrontPage: (await currentArrangement(database()))?.id ?? 0 }),
    reporter: liveOnly,
  },
  'hand in for review': {
    prepare: changeIfPublished,
    attempt: (actor, { id }) => submitStory(actor, { storyId: id, seenStep: 'writing', note }),
    reporter: { ...anyDraft('yes'), 'assigned draft': 'yes', 'own withdrawn story': 'not now' },
    others: withdrawn('not now'),
  },
  'mark as ready': {
    prepare: changeIfPublished,
    attempt: (actor, { id, draft, progress }) =>
      clearStory(actor, { storyId: id, seenStep: progress.step, seenVersion: draft.version }),
    reporter: {
      'own story for review': 'no',
      'another’s story for review': 'not there',
      'own scheduled story': 'no',
      'another’s scheduled story': 'not there',
      'own withdrawn story': 'no',
      'another’s withdrawn story': 'not there',
    },
    others: withdrawn('not now'),
  },
  'send back with a note': {
    attempt: (actor, { id, progress }) => sendStoryBack(actor, { storyId: id, seenStep: progress.step, note }),
    reporter: { 'own story for review': 'no', 'own ready story': 'no', 'another’s story for review': 'not there' },
  },
  'assign to a reporter (oneself, for a reporter)': {
    attempt: (actor, { id, progress: { assignee } }, { reporter, other }) => {
      const assigneeId = assignee?.id === reporter.id ? other.id : reporter.id
      return assignStory(actor, { storyId: id, seenAssignee: assignee?.id ?? '', assigneeId })
    },
    reporter: {
      'own draft': 'yes',
      'own draft, assigned to another': 'no',
      'assigned draft': 'no',
      'another’s draft': 'not there',
    },
  },
  'publish without an editor, where the setting allows it': {
    prepare: async (story, cast) => {
      valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'yes' }))
      await changeIfPublished(story, cast)
    },
    attempt: withoutEditor,
    reporter: {
      ...anyDraft('no'),
      'own draft': 'yes',
      'own live story': 'yes',
      'own story for review': 'yes',
      'assigned draft': 'no',
    },
    others: Object.fromEntries(kinds.map((kind) => [kind, 'no'])),
  },
  'publish without an editor, where it does not': {
    prepare: async () =>
      valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'no' })),
    attempt: withoutEditor,
    reporter: { 'own draft': 'no' },
    others: { 'own draft': 'no' },
  },
  'put a story under an embargo': {
    attempt: (actor, { id }) => embargoStory(actor, { storyId: id, ...farFuture, note }),
    reporter: anyDraft('yes'),
  },
  'lift an embargo': {
    prepare: async ({ id }, { editor }) => valueOf(await embargoStory(editor, { storyId: id, ...farFuture, note })),
    attempt: (actor, { id, embargo }) => {
      const seenEmbargo = embargo === null ? '' : `${embargo.until.toISOString()} ${embargo.note}`
      return liftEmbargo(actor, { storyId: id, seenEmbargo, reason })
    },
    reporter: anyDraft('no'),
  },
  'discard changes': {
    prepare: change,
    attempt: (actor, story) =>
      discardChanges(actor, {
        storyId: story.id,
        seenVersion: story.draft.version,
        seenRevision: liveRevisionOf(story),
      }),
    reporter: changingLive,
  },
  'restore a block of a version': {
    prepare: change,
    attempt: (actor, story) =>
      restoreRevision(actor, {
        storyId: story.id,
        seenVersion: story.draft.version,
        revisionId: liveRevisionOf(story),
        blockId: 'a',
      }),
    reporter: changingLive,
  },
  'correct a story': {
    attempt: correct,
    reporter: liveOnly,
  },
  'reword a correction': {
    prepare: async (story, { editor }) => valueOf(await correct(editor, story)),
    attempt: async (actor, { id }) => {
      const [correction] = await correctionsOf(database(), id)
      const { id: correctionId, newestId: seenWords } = correction ?? { id: 0, newestId: 0 }
      return rewordCorrection(actor, { storyId: id, correctionId, seenWords, kind: 'update', words: 'It is blue.' })
    },
    reporter: liveOnly,
  },
  'make a preview link': {
    attempt: (actor, { id }) => share(actor, id),
    reporter: { ...anyDraft('yes'), 'own withdrawn story': 'not now' },
    others: withdrawn('not now'),
  },
  'take back a preview link': {
    prepare: async ({ id }, { editor }) => void links.set(id, valueOf(await share(editor, id)).linkId),
    attempt: (actor, { id }) => revokePreview(actor, { storyId: id, linkId: links.get(id) }),
    reporter: without(anyDraft('yes'), 'own withdrawn story', 'another’s withdrawn story'),
  },
}

/** The preview link of each story that has one. */
const links = new Map<number, number>()

const share = (actor: Actor, storyId: number) =>
  sharePreview(actor, { storyId, label: 'Counsel', shown: 'latest', days: '1' })

function correct(actor: Actor, story: Story) {
  const seen = { seenVersion: story.draft.version, seenRevision: liveRevisionOf(story) }
  return correctStory(actor, { storyId: story.id, ...seen, kind: 'update', words: 'It is red.' })
}

function withoutEditor(actor: Actor, { id, draft }: Story) {
  return publishAlone(actor, { storyId: id, seenVersion: draft.version, reason, asked: 'yes' })
}

async function change(story: Story, { editor }: Cast): Promise<Story> {
  return valueOf(await saveDraft(editor, copyOf(story, { headline: newHeadline(), body: body('It hummed.') })))
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
const liveAtOf = (story: Story) => (story.stage === 'scheduled' ? story.liveAt.toISOString() : '')

function without(answers: Answers, ...gone: Kind[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([kind]) => !gone.includes(kind as Kind)))
}

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
    valueOf(await publishStory(editor, copyOf(draft, { body: body('It sang.') })))
  if (kind.endsWith('withdrawn story')) valueOf(await withdrawStory(editor, { storyId, reason }))
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

describe('who may', () => {
  for (const [title, { prepare, attempt, reporter, others = {} }] of Object.entries(cases))
    for (const kind of kinds.filter((name) => reporter[name]))
      test(`${title}: ${kind}`, async () => {
        const cast = await createCast()
        for (const role of ['reporter', 'editor', 'admin'] as const) {
          const id = await createStory(cast, kind)
          await prepare?.(await currentStory(id), cast)
          const before = [await currentStory(id), await lastHistoryId()]
          const expected = role === 'reporter' ? reporter[kind] : (others[kind] ?? 'yes')
          expect(answerOf(await attempt(cast[role], await currentStory(id), cast)), role).toBe(expected)
          if (expected !== 'yes') expect([await currentStory(id), await lastHistoryId()], role).toEqual(before)
          else expect(await lastHistoryId(), role).toBeGreaterThan(before[1] as number)
        }
      })
})
