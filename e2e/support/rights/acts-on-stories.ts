import { desc, eq } from 'drizzle-orm'
import { encodeStateAsUpdate } from 'yjs'
import { database } from '@/db/client'
import { frontPages } from '@/db/schema/front-page'
import { drafts, stories } from '@/db/schema/story'
import type { Section } from '@/domain/section/section'
import { assignStory } from '@/domain/step/assigning'
import { clearStory, submitStory } from '@/domain/step/reviewing'
import { currentArrangement } from '@/domain/front-page/keeping'
import { documentWith, parts } from '@/domain/writing/story-document'
import { publishSavedDraft, withdrawStory } from '@/domain/story/publishing'
import type { Story } from '@/domain/story/story'
import { frameInBytes, fromBase64, inEdition } from '@/domain/writing/words-frame'
import { openWords } from '@/domain/writing/writing'
import { commandLineActor, type Actor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { inside, notNow, type ActLine, type Scene } from './act-line'
import { aDraft, aLiveStory, aScheduledStory, someDay, valueOf, type Colleague, type House } from './house'

const DESK = 'app/admin/actions.ts'
const STORY = 'app/admin/stories/[storyId]/actions.ts'
const WORDS = 'app/admin/stories/[storyId]/words'
const FRONT_PAGE = 'app/admin/front-page/actions.ts'

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
  cases: Partial<Record<Whose, ActLine['may']>>,
  line: Pick<ActLine, 'act' | 'words'>,
  scene: OnStory,
): ActLine[] {
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
type OnStory = (story: Story, house: House) => Scene | Promise<Scene>

const asksToSignIn = { anonymous: 'sign in' } as const
const byScript = { anonymous: 'signed out, says the route' } as const
const editing = {
  ownDraft: inside('done'),
  ownLive: inside('done'),
  ownReady: inside('done'),
  assignedDraft: inside('done'),
  othersDraft: inside('not there'),
  othersLive: inside('not allowed'),
  ownScheduled: inside('done'),
  othersScheduled: inside('not there'),
  ownWithdrawn: inside('done'),
  othersWithdrawn: inside('not there'),
}
const publishing = {
  ...editing,
  ownDraft: inside('not allowed'),
  ownLive: inside('not allowed'),
  ownReady: inside('not allowed'),
  assignedDraft: inside('not allowed'),
  ownScheduled: inside('not allowed'),
  ownWithdrawn: inside('not allowed'),
}
const writing = {
  ownDraft: inside('done', byScript),
  ownLive: inside('done', byScript),
  assignedDraft: inside('done', byScript),
  othersDraft: inside('not there', byScript),
  othersLive: inside('not there', byScript),
  ownScheduled: inside('done', byScript),
  othersScheduled: inside('not there', byScript),
  ownWithdrawn: inside('done', byScript),
  othersWithdrawn: inside('not there', byScript),
}
const onlyDrafts = { ownDraft: inside('not allowed'), othersDraft: inside('not there') }
const onlyScheduled = { ownScheduled: inside('not allowed'), othersScheduled: inside('not there') }
export const onlyLive = { ownLive: inside('not allowed'), othersLive: inside('not allowed') }

export const storyActs: ActLine[] = [
  {
    act: 'app/admin/stories/new/actions.ts#start',
    words: 'Start a story',
    scene: async (_house, _visitor) => startingAt(routes.admin.newStory),
    may: inside('done', asksToSignIn),
  },
  {
    act: `${DESK}#saveNewHeadline`,
    words: 'Write a headline on the desk',
    scene: async () => startingAt(EMPTY_DESK),
    may: inside('done'),
  },
  {
    act: `${DESK}#publishHeadlineAtOnce`,
    words: 'Publish a new headline at once',
    scene: async ({ section }) => startingAt(EMPTY_DESK, { sectionId: String(section.id) }),
    may: inside('not allowed'),
  },
  ...on(editing, { act: `${DESK}#editHeadline`, words: 'Change a headline on the desk' }, (story) => {
    const headline = aHeadline()
    return {
      ...onDesk(story),
      types: { headline },
      isDone: async () => (await draftOf(story))?.headline === headline,
    }
  }),
  ...on(onlyLive, { act: `${DESK}#publishHeadline`, words: 'Publish a changed headline' }, (story) => ({
    ...onDesk(story),
    types: { headline: aHeadline() },
    isDone: async () => isOtherwisePublished(story),
  })),
  ...on(onlyDrafts, { act: `${DESK}#publishSaved`, words: 'Publish a saved draft from the desk' }, (story) => ({
    ...onDesk(story),
    isDone: async () => isOtherwisePublished(story),
  })),
  ...on(editing, { act: `${STORY}#save`, words: 'Save a draft' }, (story) => {
    const kicker = aHeadline()
    return { ...onPage(story), types: { kicker }, isDone: async () => (await draftOf(story))?.kicker === kicker }
  }),
  ...on(writing, { act: `${WORDS}/route.ts#POST`, words: 'Write in the shared document of a story' }, aboutToWrite),
  ...on(
    { ownDraft: noticed('nothing to do'), othersDraft: noticed('not there') },
    { act: `${WORDS}/presence/route.ts#POST`, words: 'Tell others where one is in a story' },
    ({ id }) => ({
      at: `${routes.admin.storyWords(id)}/presence`,
      sends: { type: 'application/json', body: JSON.stringify({ tab: 'a-tab-of-tests', field: 'headline' }) },
      isDone: async () => false,
    }),
  ),
  ...on(publishing, { act: `${STORY}#publish`, words: 'Publish a story' }, (story) => ({
    ...onPage(story),
    types: { kicker: aHeadline() },
    isDone: async () => isOtherwisePublished(story),
  })),
  ...on(onlyDrafts, { act: `${STORY}#schedule`, words: 'Schedule a story' }, (story) => ({
    ...onPage(story),
    types: someDay,
    isDone: async () => (await rowOf(story))?.liveAt !== null,
  })),
  ...on(onlyScheduled, { act: `${STORY}#cancel`, words: 'Take a story out of the schedule' }, (story) => ({
    ...onPage(story),
    isDone: async () => (await rowOf(story))?.liveAt === null,
  })),
  ...on(onlyLive, { act: `${STORY}#withdraw`, words: 'Withdraw a story' }, (story) => ({
    ...onPage(story),
    types: { reason: 'It flew away' },
    isDone: async () => (await rowOf(story))?.withdrawnAt !== null,
  })),
  ...on(
    { ownScheduled: notNow('not allowed'), othersScheduled: notNow('not there') },
    { act: `${STORY}#withdraw`, words: 'Withdraw a story' },
    (story) => ({
      ...onPage(story),
      types: { reason: 'It flew away' },
      isDone: async () => (await rowOf(story))?.withdrawnAt !== null,
    }),
  ),
  ...on(onlyLive, { act: `${STORY}#lead`, words: 'Make a story the lead, from its page' }, (story) => ({
    ...onPage(story),
    isDone: async () => (await leadNow()) === story.id,
  })),
  {
    act: `${FRONT_PAGE}#lead`,
    words: 'Make a headline the lead, on the front page',
    scene: async (house) => {
      const story = await aLiveHeadline(house)
      return { ...onFrontPage(story), isDone: async () => (await leadNow()) === story.id }
    },
    may: inside('not allowed', asksToSignIn),
  },
  {
    act: `${FRONT_PAGE}#move`,
    words: 'Move a headline on the front page',
    scene: async (house) => {
      const story = await aLiveHeadline(house)
      return {
        ...onFrontPage(story),
        types: { by: '2' },
        isDone: async () => (await currentArrangement(database()))?.order.indexOf(story.id) === 2,
      }
    },
    may: inside('not allowed', asksToSignIn),
  },
]

/** Said to others, and kept nowhere: whoever may, changes nothing. */
function noticed(reporter: 'nothing to do' | 'not there'): ActLine['may'] {
  return { ...inside(reporter, { ...byScript, editor: 'nothing to do' }), admin: 'nothing to do' }
}

export const aHeadline = () => `Kite ${crypto.randomUUID().slice(0, 8)}`
export const holding = ({ id }: Story) => ({ holds: { storyId: String(id) } })
/** The desk, searched for this one story: forty others would only take time. */
const onDesk = (story: Story) => ({
  at: `${routes.admin.desk}?words=${encodeURIComponent(story.draft.headline).replaceAll('%20', '+')}`,
  ...holding(story),
})
export const onPage = (story: Story) => ({ at: routes.admin.story(story.id), ...holding(story) })
const onFrontPage = (story: Story) => ({ at: routes.admin.frontPage, ...holding(story) })

async function aStory(house: House, name: Whose): Promise<Story> {
  const { people, otto, section } = house
  const on = onTheWay[name]
  if (on) return on(house)
  const owner = name.startsWith('own') ? people.reporter : otto
  if (name.endsWith('Draft')) return aDraft(owner, section, aHeadline())
  if (name.endsWith('Withdrawn')) return aWithdrawnStory(people.editor, owner, section)
  return (name.endsWith('Live') ? aLiveStory : aScheduledStory)(people.editor, owner, section, aHeadline())
}

async function aWithdrawnStory(editor: Actor, owner: Colleague, section: Section): Promise<Story> {
  const { id: storyId } = await aLiveStory(editor, owner, section, aHeadline())
  return valueOf(await withdrawStory(editor, { storyId, reason: 'It flew away' }))
}

/** Drafts that somebody has moved, or whose turn somebody said it is. */
const onTheWay: Partial<Record<Whose, (house: House) => Promise<Story>>> = {
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
  const { id: storyId } = await aDraft(owner, section, aHeadline())
  return valueOf(await submitStory(owner, { storyId, seenStep: 'writing' }))
}

async function assigned(owner: Colleague, section: Section, to: Colleague): Promise<Story> {
  const { id: storyId } = await aDraft(owner, section, aHeadline())
  return valueOf(await assignStory(commandLineActor, { storyId, seenAssignee: '', assigneeId: to.id }))
}

/** Without a body it never leads by itself, so it stands among the others. */
async function aLiveHeadline({ people, otto, section }: House): Promise<Story> {
  const { id, draft } = await aDraft(otto, section, aHeadline())
  return valueOf(await publishSavedDraft(people.editor, { storyId: id, seenVersion: draft.version }))
}

/** Some words of a kicker, written in the story's shared document and not sent yet. */
async function aboutToWrite(story: Story): Promise<Scene> {
  const { lineage, missing, vector } = valueOf(await openWords(commandLineActor, { storyId: story.id }))
  const [document, kicker] = [documentWith(fromBase64(missing)), aHeadline()]
  parts.text(document, 'kicker').insert(0, kicker)
  const body = frameInBytes({ vector: fromBase64(vector), update: encodeStateAsUpdate(document, fromBase64(vector)) })
  return {
    at: inEdition(`${routes.admin.storyWords(story.id)}?lineage=${lineage}`),
    sends: { type: 'application/octet-stream', body },
    untold: true,
    isDone: async () => (await draftOf(story))?.kicker === kicker,
  }
}

function startingAt(at: string, more: Record<string, string> = {}): Scene {
  const headline = aHeadline()
  return {
    at,
    types: { headline, ...more },
    isDone: async () => {
      const [row] = await database()
        .select({ liveAt: stories.liveAt })
        .from(drafts)
        .innerJoin(stories, eq(stories.id, drafts.storyId))
        .where(eq(drafts.headline, headline))
      return row !== undefined && (row.liveAt !== null) === 'sectionId' in more
    },
  }
}

export async function draftOf({ id }: Story) {
  const [row] = await database().select().from(drafts).where(eq(drafts.storyId, id))
  return row
}

async function rowOf({ id }: Story) {
  const [row] = await database().select().from(stories).where(eq(stories.id, id))
  return row
}

export async function isOtherwisePublished(story: Story): Promise<boolean> {
  const liveNow = (await rowOf(story))?.liveRevisionId ?? null
  return liveNow !== null && liveNow !== (story.stage === 'draft' ? null : story.liveRevisionId)
}

async function leadNow(): Promise<number | null> {
  const [row] = await database()
    .select({ leads: frontPages.leadStoryId })
    .from(frontPages)
    .orderBy(desc(frontPages.id))
    .limit(1)
  return row?.leads ?? null
}
