import { fromBase64 } from 'lib0/buffer'
import { desc, eq } from 'drizzle-orm'
import { encodeStateAsUpdate } from 'yjs'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { frontPages } from '@/db/schema/front-page'
import { stories } from '@/db/schema/story'
import { documentFromState, sharedTypes } from '@/domain/collaboration/document/story-document'
import { encodeSyncRequest, withProtocolVersion } from '@/domain/collaboration/protocol'
import { bodyFromParagraphs } from '@/domain/body/body-parser'
import { findAcceptedFlaws } from '@/domain/story/accepted-flaw-store'
import { saveDraft } from '@/domain/story/drafting'
import { openDocument } from '@/domain/collaboration/sync/syncing'
import { currentArrangement } from '@/domain/front-page/store'
import { publishSavedDraft } from '@/domain/story/publishing'
import type { Story } from '@/domain/story/story'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { actionCase, asksToSignIn, inside, type ActionCase, type Scenario } from '../case'
import { createDraft, fieldsOf, someDay, valueOf, type Fixture } from '../fixture'
import {
  draftOf,
  EMPTY_DESK,
  forStory,
  hasNewLiveRevision,
  newHeadline,
  onPage,
  onStory,
  rowOf,
} from './story-scenarios'

const DESK = 'app/admin/actions.ts'
const STORY = 'app/admin/stories/[storyId]/actions.ts'
const WORDS = 'app/admin/stories/[storyId]/words'
const FRONT_PAGE = 'app/admin/front-page/actions.ts'

const forScripts = { anonymous: 'signed out, for scripts' } as const
/** Presence is sent to others and stored nowhere. */
const present = { ...forScripts, editor: 'nothing to do', admin: 'nothing to do' } as const
const editing = { ownDraft: inside('done'), othersDraft: inside('not there') }

export const storyActions: ActionCase[] = [
  actionCase('app/admin/stories/new/actions.ts#start', 'Start a story', inside('done'), async () =>
    starting(routes.admin.newStory),
  ),
  actionCase(`${DESK}#saveNewHeadline`, 'Write a headline on the desk', inside('done'), async () =>
    starting(EMPTY_DESK),
  ),
  actionCase(
    `${DESK}#publishHeadlineAtOnce`,
    'Publish a new headline at once',
    inside('not allowed'),
    async ({ section }) => starting(EMPTY_DESK, { sectionId: String(section.id) }),
  ),
  ...onStory(`${DESK}#editHeadline`, 'Change a headline on the desk', editing, (story) => {
    const headline = newHeadline()
    return {
      ...onDesk(story),
      input: { headline },
      isDone: async () => (await draftOf(story))?.headline === headline,
    }
  }),
  ...onStory(
    `${STORY}#accept`,
    'Say that something is no gap',
    { ownDraft: inside('not allowed') },
    async (story, { people }) => {
      const body = bodyFromParagraphs(['Flight TK 1951 landed in Overley.'])
      valueOf(await saveDraft(people.editor, fieldsOf(story, { body: JSON.stringify(body) })))
      return { ...onPage(story), isDone: async () => (await findAcceptedFlaws(database(), story.id)).size === 1 }
    },
  ),
  ...onStory(`${DESK}#publishHeadline`, 'Publish a changed headline', { ownLive: inside('not allowed') }, (story) => ({
    ...onDesk(story),
    input: { headline: newHeadline() },
    isDone: () => hasNewLiveRevision(story),
  })),
  ...onStory(
    `${DESK}#publishSaved`,
    'Publish a saved draft from the desk',
    { ownDraft: inside('not allowed') },
    (story) => ({ ...onDesk(story), isDone: () => hasNewLiveRevision(story) }),
  ),
  ...onStory(`${STORY}#save`, 'Save a draft', editing, (story) => {
    const kicker = newHeadline()
    return { ...onPage(story), input: { kicker }, isDone: async () => (await draftOf(story))?.kicker === kicker }
  }),
  ...onStory(
    `${WORDS}/route.ts#POST`,
    'Write in the shared document of a story',
    { ownDraft: inside('done', forScripts), othersDraft: inside('not there', forScripts) },
    unsentUpdate,
  ),
  ...onStory(
    `${WORDS}/presence/route.ts#POST`,
    'Send one’s presence in a story',
    { ownDraft: inside('nothing to do', present), othersDraft: inside('not there', present) },
    ({ id }) => ({
      path: `${routes.admin.storyDocument(id)}/presence`,
      payload: { type: 'application/json', body: JSON.stringify({ tab: 'a-tab-of-tests', field: 'headline' }) },
      isDone: async () => false,
    }),
  ),
  ...onStory(`${STORY}#publish`, 'Publish a story', { ownDraft: inside('not allowed') }, (story) => ({
    ...onPage(story),
    input: { kicker: newHeadline() },
    isDone: () => hasNewLiveRevision(story),
  })),
  ...onStory(`${STORY}#schedule`, 'Schedule a story', { ownDraft: inside('not allowed') }, (story) => ({
    ...onPage(story),
    input: someDay,
    isDone: async () => (await rowOf(story)).liveAt !== null,
  })),
  ...onStory(
    `${STORY}#cancel`,
    'Take a story out of the schedule',
    { ownScheduled: inside('not allowed') },
    (story) => ({ ...onPage(story), isDone: async () => (await rowOf(story)).liveAt === null }),
  ),
  ...onStory(
    `${STORY}#withdraw`,
    'Withdraw a story',
    {
      ownLive: inside('not allowed'),
      ownScheduled: inside('not allowed', { editor: 'not now', admin: 'not now' }),
    },
    (story) => ({
      ...onPage(story),
      input: { reason: 'It flew away' },
      isDone: async () => (await rowOf(story)).withdrawnAt !== null,
    }),
  ),
  ...onStory(`${STORY}#lead`, 'Make a story the lead, from its page', { ownLive: inside('not allowed') }, (story) => ({
    ...onPage(story),
    isDone: async () => (await currentLead()) === story.id,
  })),
  actionCase(
    `${FRONT_PAGE}#lead`,
    'Make a headline the lead, on the front page',
    inside('not allowed', asksToSignIn),
    async (fixture) => {
      const story = await createLiveHeadline(fixture)
      return { ...onFrontPage(story), isDone: async () => (await currentLead()) === story.id }
    },
  ),
  actionCase(
    `${FRONT_PAGE}#move`,
    'Move a headline on the front page',
    inside('not allowed', asksToSignIn),
    async (fixture) => {
      const story = await createLiveHeadline(fixture)
      return {
        ...onFrontPage(story),
        input: { by: '2' },
        isDone: async () => (await currentArrangement(database()))?.order.indexOf(story.id) === 2,
      }
    },
  ),
]

/** The desk, filtered to this one story: forty more rows would only take time. */
const onDesk = (story: Story) => ({
  path: `${routes.admin.desk}?words=${encodeURIComponent(story.draft.headline).replaceAll('%20', '+')}`,
  ...forStory(story),
})
const onFrontPage = (story: Story) => ({ path: routes.admin.frontPage, ...forStory(story) })

/** Without a body it never leads by itself, so it is among the other headlines. */
async function createLiveHeadline({ people, otto, section }: Fixture): Promise<Story> {
  const { id, draft } = await createDraft(otto, section, newHeadline())
  return valueOf(await publishSavedDraft(people.editor, { storyId: id, seenVersion: draft.version }))
}

/** An update of the story's shared document that has not been sent yet. */
async function unsentUpdate(story: Story): Promise<Scenario> {
  const { lineage, missing, vector } = valueOf(await openDocument(commandLineActor, { storyId: story.id }))
  const [document, kicker] = [documentFromState(fromBase64(missing)), newHeadline()]
  sharedTypes.text(document, 'kicker').insert(0, kicker)
  const update = encodeStateAsUpdate(document, fromBase64(vector))
  return {
    path: withProtocolVersion(`${routes.admin.storyDocument(story.id)}?lineage=${lineage}`),
    payload: {
      type: 'application/octet-stream',
      body: encodeSyncRequest({ vector: fromBase64(vector), update }),
    },
    recordedLater: true,
    isDone: async () => (await draftOf(story))?.kicker === kicker,
  }
}

function starting(path: string, more: Record<string, string> = {}): Scenario {
  const headline = newHeadline()
  return {
    path,
    input: { headline, ...more },
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

async function currentLead(): Promise<number | null> {
  const [row] = await database()
    .select({ leads: frontPages.leadStoryId })
    .from(frontPages)
    .orderBy(desc(frontPages.id))
    .limit(1)
  return row?.leads ?? null
}
