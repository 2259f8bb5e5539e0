import { desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { publicationsAlone, storyProgress } from '@/db/schema/progress'
import { letReportersPublishAlone } from '@/domain/settings/updating'
import { findSettings } from '@/domain/settings/store'
import { saveDraft } from '@/domain/story/drafting'
import { publishAlone } from '@/domain/workflow/lone-publishing'
import type { Story } from '@/domain/story/story'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { inside, notNow, type ActionCase, type Scenario } from './action-case'
import { aHeadline, EMPTY_DESK, isOtherwisePublished, on, onPage } from './story-scenarios'
import { request } from './http'
import { createDraft, fieldsOf, valueOf, type Fixture } from './fixture'

const STORY = 'app/admin/stories/[storyId]/actions.ts'

/** What may go out without an editor is a reporter's own, and nobody else needs that way. */
const alone = (reporter: 'done' | 'not allowed' | 'not there'): ActionCase['may'] => ({
  anonymous: 'signed out',
  reporter,
  editor: 'not allowed',
  admin: 'not allowed',
})

/** The acts by which a draft comes from its writer to readers. */
export const workflowActions: ActionCase[] = [
  ...on(
    {
      ownDraft: inside('done'),
      ownLive: inside('done'),
      assignedDraft: inside('done'),
      othersDraft: inside('not there'),
      othersLive: inside('not allowed'),
      ownScheduled: inside('done'),
      othersScheduled: inside('not there'),
      ownWithdrawn: notNow('nothing to review', 'nothing to review'),
      othersWithdrawn: notNow('not there', 'nothing to review'),
    },
    { act: `${STORY}#handIn`, words: 'Hand in for review' },
    async (story, house) => ({
      ...onPage(await withSomethingToReview(house, story)),
      types: { note: 'Nonsense for the editor' },
      isDone: async () => (await stepOf(story)) === 'for-review',
    }),
  ),
  ...on(
    {
      ownForReview: inside('not allowed'),
      othersForReview: inside('not there'),
      ownScheduled: inside('not allowed'),
      othersScheduled: inside('not there'),
      ownWithdrawn: notNow('not allowed', 'nothing to review'),
      othersWithdrawn: notNow('not there', 'nothing to review'),
    },
    { act: `${STORY}#clear`, words: 'Mark as ready' },
    async (story, house) => ({
      ...onPage(await withSomethingToReview(house, story)),
      isDone: async () => (await stepOf(story)) === 'ready',
    }),
  ),
  ...on(
    { ownForReview: inside('not allowed'), ownReady: inside('not allowed'), othersForReview: inside('not there') },
    { act: `${STORY}#sendBack`, words: 'Send back with a note' },
    (story) => ({
      ...onPage(story),
      types: { note: 'Which spoon?' },
      isDone: async () => (await stepOf(story)) === 'writing',
    }),
  ),
  ...on(
    {
      ownDraft: inside('done'),
      ownAssigned: inside('not allowed'),
      assignedDraft: inside('not allowed'),
      othersDraft: inside('not there'),
    },
    { act: `${STORY}#assign`, words: 'Assign to a reporter (oneself, for a reporter)' },
    async (story, { people, otto }) => {
      const to = story.progress.assignee?.id === people.reporter.id ? otto : people.reporter
      return {
        ...onPage(story),
        types: { assigneeId: String(to.id) },
        isDone: async () => (await progressOf(story))?.assigneeId === to.id,
      }
    },
  ),
  ...on(
    {
      ownDraft: alone('done'),
      ownForReview: alone('done'),
      ownLive: alone('done'),
      ownScheduled: alone('not allowed'),
      ownWithdrawn: alone('not allowed'),
      assignedDraft: alone('not allowed'),
      othersDraft: alone('not there'),
      othersLive: alone('not allowed'),
    },
    { act: `${STORY}#withoutEditor`, words: 'Publish without an editor, where the house allows it' },
    (story, house) => withoutEditor(house, story, 'yes'),
  ),
  ...on(
    { ownDraft: alone('not allowed') },
    { act: `${STORY}#withoutEditor`, words: 'Publish without an editor, where the house does not' },
    (story, house) => withoutEditor(house, story, 'no'),
  ),
  {
    act: 'app/admin/actions.ts#lookOver',
    words: 'Look at what went out without an editor',
    scene: async (house) => {
      const id = await somethingNotLookedOver(house)
      return {
        at: EMPTY_DESK,
        holds: { publicationId: String(id) },
        isDone: async () => {
          const [row] = await database().select().from(publicationsAlone).where(eq(publicationsAlone.id, id))
          return row?.seenAt !== null
        },
      }
    },
    may: inside('not allowed'),
  },
  {
    act: 'app/admin/settings/actions.ts#decidePublishingAlone',
    words: 'Decide whether reporters may publish without an editor',
    scene: async () => {
      const before = await findSettings(database())
      return {
        at: routes.admin.settings,
        types: { allowed: before.reportersMayPublishAlone ? 'no' : 'yes' },
        isDone: async () =>
          (await findSettings(database())).reportersMayPublishAlone !== before.reportersMayPublishAlone,
      }
    },
    may: inside('not allowed', { editor: 'not allowed', anonymous: 'sign in' }),
  },
]

/** Only the reporter whose story it is has the form; whoever else tries has theirs from another story of that reporter. */
async function withoutEditor(house: Fixture, story: Story, allowed: 'yes' | 'no'): Promise<Scenario> {
  const { people, cookies, section } = house
  valueOf(await letReportersPublishAlone(commandLineActor, { allowed: 'yes' }))
  const changed = await withSomethingToReview(house, story)
  const lender = await createDraft(people.reporter, section, aHeadline())
  const lent = (await request(routes.admin.story(lender.id), cookies.reporter)).body
  valueOf(await letReportersPublishAlone(commandLineActor, { allowed }))
  return {
    ...onPage(changed),
    lent,
    types: {
      storyId: String(story.id),
      seenVersion: String(changed.draft.version),
      reason: 'The harbour is on fire, in a story',
      asked: 'yes',
    },
    isDone: async () => isOtherwisePublished(story),
  }
}

async function somethingNotLookedOver({ otto, section }: Fixture): Promise<number> {
  valueOf(await letReportersPublishAlone(commandLineActor, { allowed: 'yes' }))
  const { id, draft } = await createDraft(otto, section, aHeadline())
  const reason = 'Nobody was there'
  valueOf(await publishAlone(otto, { storyId: id, seenVersion: draft.version, reason, asked: 'yes' }))
  const [row] = await database().select().from(publicationsAlone).orderBy(desc(publicationsAlone.id)).limit(1)
  return row?.id ?? 0
}

/** A live story says what readers see, and a scheduled one what they will, until somebody changes its draft. */
async function withSomethingToReview({ people }: Fixture, story: Story): Promise<Story> {
  if (story.stage !== 'live' && story.stage !== 'scheduled') return story
  const body = story.draft.body === null ? '' : JSON.stringify(story.draft.body)
  return valueOf(await saveDraft(people.editor, fieldsOf(story, { body, headline: aHeadline() })))
}

async function progressOf({ id }: Story) {
  const [row] = await database().select().from(storyProgress).where(eq(storyProgress.storyId, id))
  return row
}

const stepOf = async (story: Story) => (await progressOf(story))?.step ?? 'writing'
