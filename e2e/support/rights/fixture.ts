import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { Outcome } from '@/domain/operation'
import { listSections } from '@/domain/section/store'
import type { Section } from '@/domain/section/section'
import { assignStory } from '@/domain/workflow/assigning'
import { saveDraft, startStory } from '@/domain/story/drafting'
import { publishStory, withdrawStory } from '@/domain/story/publishing'
import { sendStoryBack, submitStory } from '@/domain/workflow/reviewing'
import { scheduleStory } from '@/domain/schedule/scheduling'
import type { Story } from '@/domain/story/story'
import { commandLineActor, type Actor, type Role } from '@/domain/user/user'
import { createPerson, sessionCookieOf, type Person } from '../people'
import { builtActions } from './app-inventory'
import type { ByVisitor, Visitor } from './case'

/** Somebody of each role, and stories that not all of them may see. */
export type Fixture = {
  cookies: ByVisitor<string | null>
  people: Record<Role, Person>
  /** Another reporter. */
  otto: Person
  section: Section
  /** The id of each action in the build that runs. */
  actionIds: Record<string, string>
  stories: Record<StoryName, Story>
}

export type StoryName =
  `own${'Draft' | 'Scheduled' | 'Live'}` | `others${'Draft' | 'Scheduled' | 'Live' | 'Withdrawn'}` | 'assigned'

/** Ids begin here, as numbers that appear nowhere else on a page. One below is the id of no story. */
const FIRST_STORY = 7_000_001
export const MISSING_STORY = FIRST_STORY - 1

/** Each of these may be read by some visitors only. */
export const secrets = {
  ownDraft: 'Kite ownpebble',
  ownScheduled: 'Kite ownlantern',
  ownChanges: 'Kite ownfeather',
  assigned: 'Kite assignedpebble',
  note: 'a note about ownspoons',
  othersDraft: 'Kite secretpebble',
  othersScheduled: 'Kite secretlantern',
  othersChanges: 'Kite secretfeather',
  othersWithdrawn: 'Kite secretanchor',
  /** Named as an author and as a topic by another's draft, and by no live story. */
  othersName: 'Kite secretquill',
  reason: 'a secretreason',
} as const

/** Secrets that the reporter knows. */
const ofReporter = new Set(['ownDraft', 'ownScheduled', 'ownChanges', 'assigned', 'note'])

/** Text that a visitor must never receive, whatever they request. */
export function confidentialFor({ otto, people }: Fixture, visitor: Visitor): string[] {
  const emails = [otto, ...Object.values(people)].map(({ email }) => email)
  switch (visitor) {
    case 'anonymous':
      return [...Object.values(secrets), ...emails]
    case 'reporter':
      return [...Object.entries(secrets).flatMap(([name, text]) => (ofReporter.has(name) ? [] : text)), ...emails]
    case 'editor':
      return emails
    case 'admin':
      return []
  }
}

/** Public text. */
export const known = {
  ownLive: 'Kite ownharbour',
  othersLive: 'Kite openharbour',
  /** An author, and a topic, of the live stories. */
  name: 'Kite Wobble',
} as const

export async function createFixture(): Promise<Fixture> {
  await database().execute(sql.raw(`alter table stories alter column id restart with ${FIRST_STORY}`))
  const [section] = await listSections(database())
  if (!section) throw new Error('There is no section.')
  const [reporter, editor, admin, otto] = await Promise.all([
    createColleague('reporter'),
    createColleague('editor'),
    createColleague('admin'),
    createColleague('reporter'),
  ])
  const changed = async (story: Story, headline: string) => save(editor, story, { headline })
  const named = { headline: secrets.othersDraft, authors: secrets.othersName, topics: secrets.othersName }
  const withdrawn = await createLiveStory(editor, otto, section, secrets.othersWithdrawn)
  return {
    cookies: {
      anonymous: null,
      reporter: await sessionCookieOf(reporter),
      editor: await sessionCookieOf(editor),
      admin: await sessionCookieOf(admin),
    },
    people: { reporter, editor, admin },
    otto,
    section,
    actionIds: builtActions(),
    stories: {
      ownDraft: await sentBack(editor, reporter, await createDraft(reporter, section, secrets.ownDraft)),
      assigned: await assignedTo(reporter, await createDraft(otto, section, secrets.assigned)),
      ownLive: await changed(await createLiveStory(editor, reporter, section, known.ownLive), secrets.ownChanges),
      ownScheduled: await createScheduledStory(editor, reporter, section, secrets.ownScheduled),
      othersDraft: await save(otto, await createDraft(otto, section, secrets.othersDraft), named),
      othersScheduled: await createScheduledStory(editor, otto, section, secrets.othersScheduled),
      othersLive: await changed(await createLiveStory(editor, otto, section, known.othersLive), secrets.othersChanges),
      othersWithdrawn: valueOf(await withdrawStory(editor, { storyId: withdrawn.id, reason: secrets.reason })),
    },
  }
}

export const createColleague = (role: Role) => createPerson(role, `Quill ${crypto.randomUUID().slice(0, 8)}`)

export async function createDraft(owner: Actor, section: Section, headline: string): Promise<Story> {
  return valueOf(await startStory(owner, { headline, sectionId: String(section.id) }))
}

/** Live, with a body. */
export async function createLiveStory(editor: Actor, owner: Actor, section: Section, headline: string): Promise<Story> {
  const draft = await createDraft(owner, section, headline)
  return valueOf(
    await publishStory(
      editor,
      fieldsOf(draft, { body: JSON.stringify(aBody), authors: known.name, topics: known.name }),
    ),
  )
}

/** Scheduled for a day that no test sees. */
export async function createScheduledStory(
  editor: Actor,
  owner: Actor,
  section: Section,
  headline: string,
): Promise<Story> {
  const { id, draft } = await createDraft(owner, section, headline)
  return valueOf(await scheduleStory(editor, { storyId: id, seenVersion: draft.version, ...someDay }))
}

export const someDay = { due: '2099-01-01T10:00:30', timeZone: 'UTC' } as const

async function sentBack(editor: Actor, owner: Actor, { id: storyId }: Story): Promise<Story> {
  valueOf(await submitStory(owner, { storyId, seenStep: 'writing' }))
  return valueOf(await sendStoryBack(editor, { storyId, seenStep: 'for-review', note: secrets.note }))
}

async function assignedTo({ id: assigneeId }: Person, { id: storyId }: Story): Promise<Story> {
  return valueOf(await assignStory(commandLineActor, { storyId, seenAssignee: '', assigneeId }))
}

async function save(actor: Actor, story: Story, changes: Record<string, string>): Promise<Story> {
  return valueOf(await saveDraft(actor, fieldsOf(story, { ...changes, body: JSON.stringify(aBody) })))
}

const aBody = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It sang over the harbour.' }] }],
}

/** The fields of the story form, as a browser sends them. */
export function fieldsOf({ id, draft }: Story, changes: Record<string, string>): Record<string, string> {
  const { headline, sectionId, slug, version } = draft
  return { storyId: String(id), seenVersion: String(version), headline, sectionId: String(sectionId), slug, ...changes }
}

export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}
