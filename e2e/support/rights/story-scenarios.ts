import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import type { Section } from '@/domain/section/section'
import { assignStory } from '@/domain/workflow/assigning'
import { clearStory, submitStory } from '@/domain/workflow/reviewing'
import { withdrawStory } from '@/domain/story/publishing'
import type { Story } from '@/domain/story/story'
import { commandLineActor, type Actor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { inside, type ActionCase, type Scenario } from './action-case'
import { createDraft, createLiveStory, createScheduledStory, valueOf, type Colleague, type Fixture } from './fixture'

/** The desk with nothing on it: its form is all that is wanted. */
export const EMPTY_DESK = `${routes.admin.desk}?stage=scheduled`

const whose = {
  ownDraft: 'a reporter’s own draft',
  ownLive: 'a reporter’s own live story',
  ownScheduled: 'a reporter’s own scheduled story',
  ownForReview: 'a reporter’s own story for review',
  ownReady: 'a reporter’s own story that is ready',
  ownAssigned: 'a reporter’s own draft, assigned to somebody else',
  assignedDraft: 'somebody else’s draft, assigned to the reporter',
  othersForReview: 'somebody else’s story for review',
  othersDraft: 'somebody else’s draft',
  othersScheduled: 'somebody else’s scheduled story',
  othersLive: 'somebody else’s live story',
  ownWithdrawn: 'a reporter’s own withdrawn story',
  othersWithdrawn: 'somebody else’s withdrawn story',
} as const
type Whose = keyof typeof whose

/** The same act on each of some stories: a new story for everybody who finds the one before them changed. */
export function on(
  cases: Partial<Record<Whose, ActionCase['may']>>,
  line: Pick<ActionCase, 'act' | 'words'>,
  scene: OnStory,
): ActionCase[] {
  return (Object.keys(whose) as Whose[]).flatMap((name) => {
    const may = cases[name]
    return may
      ? [
          {
            ...line,
            of: whose[name],
            may,
            isForAll: true,
            scene: async (house) => scene(await aStory(house, name), house),
          },
        ]
      : []
  })
}
type OnStory = (story: Story, house: Fixture) => Scenario | Promise<Scenario>

export const onlyLive = { ownLive: inside('not allowed'), othersLive: inside('not allowed') }

export const aHeadline = () => `Kite ${crypto.randomUUID().slice(0, 8)}`
export const holding = ({ id }: Story) => ({ holds: { storyId: String(id) } })

export const onPage = (story: Story) => ({ at: routes.admin.story(story.id), ...holding(story) })

async function aStory(house: Fixture, name: Whose): Promise<Story> {
  const { people, otto, section } = house
  const on = onTheWay[name]
  if (on) return on(house)
  const owner = name.startsWith('own') ? people.reporter : otto
  if (name.endsWith('Draft')) return createDraft(owner, section, aHeadline())
  if (name.endsWith('Withdrawn')) return aWithdrawnStory(people.editor, owner, section)
  return (name.endsWith('Live') ? createLiveStory : createScheduledStory)(people.editor, owner, section, aHeadline())
}

async function aWithdrawnStory(editor: Actor, owner: Colleague, section: Section): Promise<Story> {
  const { id: storyId } = await createLiveStory(editor, owner, section, aHeadline())
  return valueOf(await withdrawStory(editor, { storyId, reason: 'It flew away' }))
}

/** Drafts that somebody has moved, or whose turn somebody said it is. */
const onTheWay: Partial<Record<Whose, (house: Fixture) => Promise<Story>>> = {
  ownForReview: ({ people, section }) => handedIn(people.reporter, section),
  othersForReview: ({ otto, section }) => handedIn(otto, section),
  ownReady: async ({ people, section }) => {
    const { id: storyId } = await handedIn(people.reporter, section)
    return valueOf(await clearStory(people.editor, { storyId, seenStep: 'for-review', seenVersion: 1 }))
  },
  ownAssigned: ({ people, otto, section }) => assigned(people.reporter, section, otto),
  assignedDraft: ({ people, otto, section }) => assigned(otto, section, people.reporter),
}

async function handedIn(owner: Colleague, section: Section): Promise<Story> {
  const { id: storyId } = await createDraft(owner, section, aHeadline())
  return valueOf(await submitStory(owner, { storyId, seenStep: 'writing' }))
}

async function assigned(owner: Colleague, section: Section, to: Colleague): Promise<Story> {
  const { id: storyId } = await createDraft(owner, section, aHeadline())
  return valueOf(await assignStory(commandLineActor, { storyId, seenAssignee: '', assigneeId: to.id }))
}

export async function draftOf({ id }: Story) {
  const [row] = await database().select().from(drafts).where(eq(drafts.storyId, id))
  return row
}

export async function rowOf({ id }: Story) {
  const [row] = await database().select().from(stories).where(eq(stories.id, id))
  return row
}

export async function isOtherwisePublished(story: Story): Promise<boolean> {
  const liveNow = (await rowOf(story))?.liveRevisionId ?? null
  return liveNow !== null && liveNow !== (story.stage === 'draft' ? null : story.liveRevisionId)
}
