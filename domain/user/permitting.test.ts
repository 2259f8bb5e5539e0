import { describe, expect, test } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { aPerson, aSection, storyFields, valueOf } from '../newsroom.test-support'
import type { Outcome } from '../operation'
import { sharePreview } from '../preview/sharing'
import { scheduleStory } from '../schedule/scheduling'
import type { Section } from '../section/section'
import { assignStory } from '../workflow/assigning'
import { clearStory, submitStory } from '../workflow/reviewing'
import { editHeadline, saveDraft, startStory } from '../story/drafting'
import { findStoryById } from '../story/store'
import { publishSavedDraft, publishStory, withdrawStory } from '../story/publishing'
import { withdrawalOf, type Story } from '../story/story'
import { findRevisions } from '../story/queries'
import { restoreRevision } from '../restore/restoring'
import { canEditStory } from '../collaboration/presence/broadcasting'
import { documentFromState, sharedTypes } from '../collaboration/document/story-document'
import { syncDocument, openDocument } from '../collaboration/sync/syncing'
import { can } from './permission'
import { commandLineActor, type Actor } from './user'

/** The step of a draft, and the stage of any other story. */
const statuses = ['being written', 'for review', 'ready', 'scheduled', 'live', 'withdrawn'] as const
type Status = (typeof statuses)[number]

/** As seen by one reporter. */
const ownerships = ['their own', 'somebody else’s, assigned to them', 'somebody else’s'] as const
type Ownership = (typeof ownerships)[number]

/** `not there`: the same answer as for a story that does not exist. */
type MayWrite = 'yes' | 'no' | 'not there'

/**
 * Whether a reporter may write in a story, with any operation. The status makes no difference to stories they own or are assigned to; of others'
 * they see what readers see. Editors and admins write in every story.
 */
const reporterWrites: Record<Ownership, Record<Status, MayWrite>> = {
  'their own': forAll('yes'),
  'somebody else’s, assigned to them': forAll('yes'),
  'somebody else’s': { ...forAll('not there'), live: 'no' },
}

function forAll(may: MayWrite): Record<Status, MayWrite> {
  return { 'being written': may, 'for review': may, ready: may, scheduled: may, live: may, withdrawn: may }
}

const farFuture = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
const newHeadline = () => `Kite ${crypto.randomUUID()}`

async function currentStory(id: number): Promise<Story> {
  const story = await findStoryById(database(), id)
  if (story === null) throw new Error('The story is gone.')
  return story
}

function answerOf(outcome: Outcome<unknown>): MayWrite {
  if (outcome.ok) return 'yes'
  if (outcome.refusal.kind === 'not-permitted') return 'no'
  if (outcome.refusal.kind === 'not-found') return 'not there'
  return expect.fail(`Refused for another reason: ${JSON.stringify(outcome.refusal)}`)
}

type WriteAttempt = (actor: Actor, story: Story, revisionId: number) => Promise<MayWrite>

/** Every operation that writes in an existing story. */
const writeAttempts: Record<string, WriteAttempt> = {
  'the story form': async (actor, { id, draft }) => {
    const { sectionId, headline, version } = draft
    const fields = { storyId: String(id), seenVersion: String(version), sectionId: String(sectionId) }
    return answerOf(await saveDraft(actor, storyFields({ ...fields, headline, kicker: newHeadline() })))
  },
  'the desk': async (actor, { id, draft }) =>
    answerOf(await editHeadline(actor, { storyId: id, seenHeadline: draft.headline, headline: newHeadline() })),
  'the shared document': async (actor, { id }) => {
    const { lineage, missing } = valueOf(await openDocument(commandLineActor, { storyId: id }))
    const document = documentFromState(fromBase64(missing))
    const vector = Y.encodeStateVector(document)
    sharedTypes.text(document, 'kicker').insert(0, newHeadline())
    const update = Y.encodeStateAsUpdate(document, vector)
    const opened = answerOf(await openDocument(actor, { storyId: id }))
    const synced = answerOf(await syncDocument(actor, { storyId: id, lineage, vector, update }))
    // Whoever may not write gets no document either, whatever readers see.
    expect([opened, await canEditStory(actor, id)]).toEqual([synced, synced === 'yes'])
    return synced
  },
  'a former version': async (actor, { id, draft }, revisionId) =>
    answerOf(await restoreRevision(actor, { storyId: id, seenVersion: draft.version, revisionId })),
}

/** Publishing saves the form: editors only. */
const publish: WriteAttempt = async (actor, story) => {
  const { sectionId, headline, version } = story.draft
  const seen = { seenVersion: String(version), seenWithdrawal: withdrawalOf(story) }
  const fields = { storyId: String(story.id), sectionId: String(sectionId), headline, kicker: newHeadline() }
  return answerOf(await publishStory(actor, storyFields({ ...fields, ...seen })))
}

type People = Record<'owner' | 'editor' | 'reporter', Actor & { id: number }> & { section: Section }

/** A story with that status, owned by the reporter or by somebody else. */
async function aStory({ owner, editor, reporter, section }: People, status: Status, ownership: Ownership) {
  const by = ownership === 'their own' ? reporter : owner
  const { id } = valueOf(await startStory(by, { headline: newHeadline(), sectionId: String(section.id) }))
  if (ownership === 'somebody else’s, assigned to them')
    valueOf(await assignStory(commandLineActor, { storyId: id, seenAssignee: '', assigneeId: reporter.id }))
  // For a revision that can be restored.
  if (status === 'being written')
    valueOf(await sharePreview(editor, { storyId: String(id), label: 'Counsel', shown: 'now', days: '1' }))
  if (status === 'scheduled') valueOf(await scheduleStory(editor, { storyId: id, seenVersion: 1, ...farFuture }))
  if (status === 'live' || status === 'withdrawn')
    valueOf(await publishSavedDraft(editor, { storyId: id, seenVersion: 1 }))
  if (status === 'withdrawn') valueOf(await withdrawStory(editor, { storyId: id, reason: 'It flew away.' }))
  if (status === 'for review' || status === 'ready') await moveTo(status, editor, id)
  return id
}

/** Also if a change has reset the step meanwhile. */
async function moveTo(status: Status, editor: Actor, id: number) {
  const { progress } = await currentStory(id)
  if (progress.step === 'writing') valueOf(await submitStory(editor, { storyId: id, seenStep: 'writing' }))
  if (status === 'for review') return
  const { draft, progress: now } = await currentStory(id)
  if (now.step === 'for-review')
    valueOf(await clearStory(editor, { storyId: id, seenStep: now.step, seenVersion: draft.version }))
}

async function createPeople(): Promise<People> {
  const [owner, editor, reporter] = [await aPerson('reporter'), await aPerson('editor'), await aPerson('reporter')]
  return { owner, editor, reporter, section: await aSection() }
}

describe('who writes in a story that is', () => {
  for (const status of statuses)
    for (const ownership of ownerships)
      test(`${status}, of a reporter: ${ownership}`, async () => {
        const people = await createPeople()
        for (const role of ['reporter', 'editor'] as const) {
          const id = await aStory(people, status, ownership)
          const actor = role === 'reporter' ? people.reporter : await aPerson(role)
          const may = role === 'reporter' ? reporterWrites[ownership][status] : 'yes'
          for (const [name, attempt] of Object.entries(writeAttempts)) {
            // The newest revision must differ from the draft.
            if (name === 'a former version')
              await writeAttempts['the story form']?.(people.editor, await currentStory(id), 0)
            if (status === 'for review' || status === 'ready') await moveTo(status, people.editor, id)
            const before = await currentStory(id)
            const former = await formerVersion(people.editor, id)
            expect(await attempt(actor, before, former), `${role}, ${name}`).toBe(may)
            const { draft } = await currentStory(id)
            expect(draft.version - before.draft.version, `${role}, ${name}`).toBe(may === 'yes' ? 1 : 0)
          }
          const before = await currentStory(id)
          const mayPublish = role === 'reporter' && may === 'yes' ? 'no' : may
          expect(await publish(actor, before, 0), `${role}, publishing`).toBe(mayPublish)
          const { draft } = await currentStory(id)
          expect(draft.version > before.draft.version).toBe(mayPublish === 'yes')
          // Admins have the rights of editors.
          expect(can({ ...people.editor, role: 'admin' }, 'story.edit', before)).toBe(true)
        }
      })
})

/** The id of the oldest revision; 0: none. */
async function formerVersion(editor: Actor, storyId: number): Promise<number> {
  return (await findRevisions(editor, storyId, null))?.versions.at(-1)?.id ?? 0
}
