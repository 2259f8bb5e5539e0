import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { aPerson, aSection, storyFields, valueOf } from '../newsroom.test-support'
import type { Outcome } from '../operation'
import { sharePreview } from '../preview/sharing'
import { scheduleStory } from '../schedule/scheduling'
import type { Section } from '../section/section'
import { assignStory } from '../step/assigning'
import { clearStory, submitStory } from '../step/reviewing'
import { editHeadline, saveDraft, startStory } from '../story/drafting'
import { findStoryRow } from '../story/keeping'
import { publishSavedDraft, publishStory, withdrawStory } from '../story/publishing'
import { withdrawalOf, type Story } from '../story/story'
import { findVersions, restoreRevision } from '../version/versioning'
import { mayWrite } from '../writing/attending'
import { documentWith, parts } from '../writing/story-document'
import { fromBase64 } from '../writing/words-frame'
import { keepWords, openWords } from '../writing/writing'
import { can } from './permission'
import { commandLineActor, type Actor } from './user'

/** How far a story is on its way to readers: its step while it is a draft, and its stage from then on. */
const standings = ['being written', 'for review', 'ready', 'scheduled', 'live', 'withdrawn'] as const
type Standing = (typeof standings)[number]

/** Whose a story is, as seen by one reporter. */
const ownerships = ['their own', 'somebody else’s, assigned to them', 'somebody else’s'] as const
type Ownership = (typeof ownerships)[number]

/** `not there`: as if there were no such story. */
type MayWrite = 'yes' | 'no' | 'not there'

/**
 * Whether a reporter writes in a story, by any way there is. How far it is makes no difference to their own, nor to one that is their turn; of
 * others' they know what readers see. Editors and admins write in every story.
 */
const reporterWrites: Record<Ownership, Record<Standing, MayWrite>> = {
  'their own': forAll('yes'),
  'somebody else’s, assigned to them': forAll('yes'),
  'somebody else’s': { ...forAll('not there'), live: 'no' },
}

function forAll(may: MayWrite): Record<Standing, MayWrite> {
  return { 'being written': may, 'for review': may, ready: may, scheduled: may, live: may, withdrawn: may }
}

const someDay = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
const words = () => `Kite ${crypto.randomUUID()}`

async function storyNow(id: number): Promise<Story> {
  const story = await findStoryRow(database(), id)
  if (story === null) throw new Error('The story is gone.')
  return story
}

/** What the newsroom answered, in one word of the table. */
function verdictOf(outcome: Outcome<unknown>): MayWrite {
  if (outcome.ok) return 'yes'
  if (outcome.refusal.kind === 'not-permitted') return 'no'
  if (outcome.refusal.kind === 'not-found') return 'not there'
  return expect.fail(`Refused for another reason: ${JSON.stringify(outcome.refusal)}`)
}

type Way = (actor: Actor, story: Story, revisionId: number) => Promise<MayWrite>

/** Every way to write in a story that is there. */
const ways: Record<string, Way> = {
  'the story form': async (actor, { id, draft }) => {
    const { sectionId, headline, version } = draft
    const fields = { storyId: String(id), seenVersion: String(version), sectionId: String(sectionId) }
    return verdictOf(await saveDraft(actor, storyFields({ ...fields, headline, kicker: words() })))
  },
  'the desk': async (actor, { id, draft }) =>
    verdictOf(await editHeadline(actor, { storyId: id, seenHeadline: draft.headline, headline: words() })),
  'the shared document': async (actor, { id }) => {
    const { lineage, missing } = valueOf(await openWords(commandLineActor, { storyId: id }))
    const document = documentWith(fromBase64(missing))
    const vector = Y.encodeStateVector(document)
    parts.text(document, 'kicker').insert(0, words())
    const update = Y.encodeStateAsUpdate(document, vector)
    const opened = verdictOf(await openWords(actor, { storyId: id }))
    const kept = verdictOf(await keepWords(actor, { storyId: id, lineage, vector, update }))
    // To those who may not, the routes of the document say that there is none, whatever readers see.
    expect([opened, await mayWrite(actor, id)]).toEqual([kept, kept === 'yes'])
    return kept
  },
  'a former version': async (actor, { id, draft }, revisionId) =>
    verdictOf(await restoreRevision(actor, { storyId: id, seenVersion: draft.version, revisionId })),
}

/** Publishing saves what is on the screen: a way to write for editors only. */
const publish: Way = async (actor, story) => {
  const { sectionId, headline, version } = story.draft
  const seen = { seenVersion: String(version), seenWithdrawal: withdrawalOf(story) }
  const fields = { storyId: String(story.id), sectionId: String(sectionId), headline, kicker: words() }
  return verdictOf(await publishStory(actor, storyFields({ ...fields, ...seen })))
}

type Cast = Record<'owner' | 'editor' | 'stranger', Actor & { id: number }> & { section: Section }

/** A story that stands there, of somebody who is or is not the stranger. */
async function aStory({ owner, editor, stranger, section }: Cast, standing: Standing, ownership: Ownership) {
  const by = ownership === 'their own' ? stranger : owner
  const { id } = valueOf(await startStory(by, { headline: words(), sectionId: String(section.id) }))
  if (ownership === 'somebody else’s, assigned to them')
    valueOf(await assignStory(commandLineActor, { storyId: id, seenAssignee: '', assigneeId: stranger.id }))
  // A version to go back to.
  if (standing === 'being written')
    valueOf(await sharePreview(editor, { storyId: String(id), label: 'Counsel', shown: 'now', days: '1' }))
  if (standing === 'scheduled') valueOf(await scheduleStory(editor, { storyId: id, seenVersion: 1, ...someDay }))
  if (standing === 'live' || standing === 'withdrawn')
    valueOf(await publishSavedDraft(editor, { storyId: id, seenVersion: 1 }))
  if (standing === 'withdrawn') valueOf(await withdrawStory(editor, { storyId: id, reason: 'It flew away.' }))
  if (standing === 'for review' || standing === 'ready') await moveTo(standing, editor, id)
  return id
}

/** Up to this step, also where somebody's words have put it back meanwhile. */
async function moveTo(standing: Standing, editor: Actor, id: number) {
  const { progress } = await storyNow(id)
  if (progress.step === 'writing') valueOf(await submitStory(editor, { storyId: id, seenStep: 'writing' }))
  if (standing === 'for review') return
  const { draft, progress: now } = await storyNow(id)
  if (now.step === 'for-review')
    valueOf(await clearStory(editor, { storyId: id, seenStep: now.step, seenVersion: draft.version }))
}

async function aCast(): Promise<Cast> {
  const [owner, editor, stranger] = [await aPerson('reporter'), await aPerson('editor'), await aPerson('reporter')]
  return { owner, editor, stranger, section: await aSection() }
}

describe('who writes in a story that is', () => {
  for (const standing of standings)
    for (const ownership of ownerships)
      test(`${standing}, of a reporter: ${ownership}`, async () => {
        const cast = await aCast()
        for (const role of ['reporter', 'editor'] as const) {
          const id = await aStory(cast, standing, ownership)
          const actor = role === 'reporter' ? cast.stranger : await aPerson(role)
          const may = role === 'reporter' ? reporterWrites[ownership][standing] : 'yes'
          for (const [way, write] of Object.entries(ways)) {
            // Something to go back to: the newest version is not what the draft says.
            if (way === 'a former version') await ways['the story form']?.(cast.editor, await storyNow(id), 0)
            if (standing === 'for review' || standing === 'ready') await moveTo(standing, cast.editor, id)
            const before = await storyNow(id)
            const former = await formerVersion(cast.editor, id)
            expect(await write(actor, before, former), `${role}, ${way}`).toBe(may)
            const { draft } = await storyNow(id)
            expect(draft.version - before.draft.version, `${role}, ${way}`).toBe(may === 'yes' ? 1 : 0)
          }
          const before = await storyNow(id)
          const mayPublish = role === 'reporter' && may === 'yes' ? 'no' : may
          expect(await publish(actor, before, 0), `${role}, publishing`).toBe(mayPublish)
          const { draft } = await storyNow(id)
          expect(draft.version > before.draft.version).toBe(mayPublish === 'yes')
          // What an editor may, an admin may: the same rules decide.
          expect(can({ ...cast.editor, role: 'admin' }, 'story.edit', before)).toBe(true)
        }
      })
})

/** The oldest version there is; 0: none. */
async function formerVersion(editor: Actor, storyId: number): Promise<number> {
  return (await findVersions(editor, storyId, null))?.versions.at(-1)?.id ?? 0
}
