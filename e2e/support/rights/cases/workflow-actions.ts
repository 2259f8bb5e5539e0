import { desc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { publicationsAlone, storyProgress } from '@/db/schema/progress'
import { findSettings } from '@/domain/settings/store'
import { changeSetting } from '@/domain/settings/updating'
import type { Story } from '@/domain/story/story'
import { commandLineActor } from '@/domain/user/user'
import { publishAlone } from '@/domain/workflow/lone-publishing'
import { routes } from '@/lib/routes'
import { actionCase, asksToSignIn, inside, type ActionCase, type Scenario } from '../case'
import { createDraft, valueOf, type Fixture } from '../fixture'
import { request } from '../http'
import { EMPTY_DESK, hasNewLiveRevision, newHeadline, onPage, onStory } from './story-scenarios'

const STORY = 'app/admin/stories/[storyId]/actions.ts'

/** Without an editor a reporter publishes a story of their own; editors have another way. */
const onlyReporters = { editor: 'not allowed', admin: 'not allowed' } as const

/** From being written to published. */
export const workflowActions: ActionCase[] = [
  ...onStory(
    `${STORY}#handIn`,
    'Hand in for review',
    { ownDraft: inside('done'), othersDraft: inside('not there') },
    (story) => ({
      ...onPage(story),
      input: { note: 'Nonsense for the editor' },
      isDone: async () => (await stepOf(story)) === 'for-review',
    }),
  ),
  ...onStory(`${STORY}#clear`, 'Mark as ready', { ownForReview: inside('not allowed') }, (story) => ({
    ...onPage(story),
    isDone: async () => (await stepOf(story)) === 'ready',
  })),
  ...onStory(`${STORY}#sendBack`, 'Send back with a note', { ownForReview: inside('not allowed') }, (story) => ({
    ...onPage(story),
    input: { note: 'Which spoon?' },
    isDone: async () => (await stepOf(story)) === 'writing',
  })),
  ...onStory(
    `${STORY}#assign`,
    'Assign to a reporter (oneself, for a reporter)',
    { ownDraft: inside('done'), othersDraft: inside('not there') },
    (story, { people }) => ({
      ...onPage(story),
      input: { assigneeId: String(people.reporter.id) },
      isDone: async () => (await progressOf(story))?.assigneeId === people.reporter.id,
    }),
  ),
  ...onStory(
    `${STORY}#withoutEditor`,
    'Publish without an editor, where the setting allows it',
    { ownDraft: inside('done', onlyReporters) },
    (story, fixture) => withoutEditor(story, fixture, 'yes'),
  ),
  ...onStory(
    `${STORY}#withoutEditor`,
    'Publish without an editor, where the setting does not',
    { ownDraft: inside('not allowed', onlyReporters) },
    (story, fixture) => withoutEditor(story, fixture, 'no'),
  ),
  actionCase(
    'app/admin/actions.ts#lookOver',
    'Look at what went out without an editor',
    inside('not allowed'),
    async (fixture) => {
      const id = await createLonePublication(fixture)
      return {
        path: EMPTY_DESK,
        formFields: { publicationId: String(id) },
        isDone: async () => {
          const [row] = await database().select().from(publicationsAlone).where(eq(publicationsAlone.id, id))
          return row?.seenAt !== null
        },
      }
    },
  ),
  actionCase(
    'app/admin/settings/actions.ts#saveSetting',
    'Decide whether reporters may publish without an editor',
    inside('not allowed', { ...asksToSignIn, editor: 'not allowed' }),
    async () => {
      const before = await mayPublishAlone()
      return {
        path: routes.admin.settings,
        input: { value: before ? 'no' : 'yes' },
        isDone: async () => (await mayPublishAlone()) !== before,
      }
    },
  ),
]

/** Only the owner's page has the form; the other visitors send it from another story of the same reporter. */
async function withoutEditor(story: Story, fixture: Fixture, allowed: 'yes' | 'no'): Promise<Scenario> {
  const { people, cookies, section } = fixture
  await allowPublishingAlone('yes')
  const other = await createDraft(people.reporter, section, newHeadline())
  const formPage = (await request(routes.admin.story(other.id), cookies.reporter)).body
  await allowPublishingAlone(allowed)
  return {
    ...onPage(story),
    formPage,
    input: {
      storyId: String(story.id),
      seenVersion: String(story.draft.version),
      reason: 'The harbour is on fire, in a story',
      asked: 'yes',
    },
    isDone: () => hasNewLiveRevision(story),
  }
}

async function createLonePublication({ otto, section }: Fixture): Promise<number> {
  await allowPublishingAlone('yes')
  const { id, draft } = await createDraft(otto, section, newHeadline())
  const reason = 'Nobody was there'
  valueOf(await publishAlone(otto, { storyId: id, seenVersion: draft.version, reason, asked: 'yes' }))
  const [row] = await database().select().from(publicationsAlone).orderBy(desc(publicationsAlone.id)).limit(1)
  return row?.id ?? 0
}

async function allowPublishingAlone(value: 'yes' | 'no') {
  valueOf(await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value }))
}

const mayPublishAlone = async () => (await findSettings(database())).reportersMayPublishAlone

async function progressOf({ id }: Story) {
  const [row] = await database().select().from(storyProgress).where(eq(storyProgress.storyId, id))
  return row
}

const stepOf = async (story: Story) => (await progressOf(story))?.step ?? 'writing'
