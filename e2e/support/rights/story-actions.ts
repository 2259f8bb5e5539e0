import { fromBase64 } from 'lib0/buffer'
import { desc, eq } from 'drizzle-orm'
import { encodeStateAsUpdate } from 'yjs'
import { database } from '@/db/client'
import { frontPages } from '@/db/schema/front-page'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { currentArrangement } from '@/domain/front-page/store'
import { documentFromState, sharedTypes } from '@/domain/collaboration/document/story-document'
import { publishSavedDraft } from '@/domain/story/publishing'
import type { Story } from '@/domain/story/story'
import { encodeSyncRequest, withProtocolVersion } from '@/domain/collaboration/protocol'
import { openDocument } from '@/domain/collaboration/sync/syncing'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { inside, notNow, type ActionCase, type Scenario } from './action-case'
import { createDraft, someDay, valueOf, type Fixture } from './fixture'
import {
  aHeadline,
  draftOf,
  EMPTY_DESK,
  holding,
  isOtherwisePublished,
  on,
  onlyLive,
  onPage,
  rowOf,
} from './story-scenarios'

const DESK = 'app/admin/actions.ts'
const STORY = 'app/admin/stories/[storyId]/actions.ts'
const WORDS = 'app/admin/stories/[storyId]/words'
const FRONT_PAGE = 'app/admin/front-page/actions.ts'

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
export const storyActions: ActionCase[] = [
  {
    act: 'app/admin/stories/new/actions.ts#start',
    words: 'Start a story',
    scene: async (_house, _visitor) => startingAt(routes.admin.newStory),
    may: inside('done'),
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
      at: `${routes.admin.storyDocument(id)}/presence`,
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
function noticed(reporter: 'nothing to do' | 'not there'): ActionCase['may'] {
  return { ...inside(reporter, { ...byScript, editor: 'nothing to do' }), admin: 'nothing to do' }
}

/** The desk, searched for this one story: forty others would only take time. */
const onDesk = (story: Story) => ({
  at: `${routes.admin.desk}?words=${encodeURIComponent(story.draft.headline).replaceAll('%20', '+')}`,
  ...holding(story),
})
const onFrontPage = (story: Story) => ({ at: routes.admin.frontPage, ...holding(story) })

/** Without a body it never leads by itself, so it stands among the others. */
async function aLiveHeadline({ people, otto, section }: Fixture): Promise<Story> {
  const { id, draft } = await createDraft(otto, section, aHeadline())
  return valueOf(await publishSavedDraft(people.editor, { storyId: id, seenVersion: draft.version }))
}

/** Some words of a kicker, written in the story's shared document and not sent yet. */
async function aboutToWrite(story: Story): Promise<Scenario> {
  const { lineage, missing, vector } = valueOf(await openDocument(commandLineActor, { storyId: story.id }))
  const [document, kicker] = [documentFromState(fromBase64(missing)), aHeadline()]
  sharedTypes.text(document, 'kicker').insert(0, kicker)
  const body = encodeSyncRequest({
    vector: fromBase64(vector),
    update: encodeStateAsUpdate(document, fromBase64(vector)),
  })
  return {
    at: withProtocolVersion(`${routes.admin.storyDocument(story.id)}?lineage=${lineage}`),
    sends: { type: 'application/octet-stream', body },
    untold: true,
    isDone: async () => (await draftOf(story))?.kicker === kicker,
  }
}

function startingAt(at: string, more: Record<string, string> = {}): Scenario {
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

async function leadNow(): Promise<number | null> {
  const [row] = await database()
    .select({ leads: frontPages.leadStoryId })
    .from(frontPages)
    .orderBy(desc(frontPages.id))
    .limit(1)
  return row?.leads ?? null
}
