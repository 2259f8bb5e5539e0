import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { stories } from '@/db/schema/story'
import { scheduleStoryChanges } from '@/domain/schedule/changing'
import { saveDraft } from '@/domain/story/drafting'
import { embargoStory } from '@/domain/schedule/embargoing'
import type { Story } from '@/domain/story/story'
import { scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { inside, type ActionCase } from './action-case'
import { aHeadline, on, onlyLive, onPage } from './story-scenarios'
import { fieldsOf, someDay, valueOf, type Fixture } from './fixture'

const STORY = 'app/admin/stories/[storyId]/actions.ts'

const writing = {
  ownDraft: inside('done'),
  ownLive: inside('done'),
  othersDraft: inside('not there'),
  othersLive: inside('not allowed'),
  ownScheduled: inside('done'),
  othersScheduled: inside('not there'),
  ownWithdrawn: inside('done'),
  othersWithdrawn: inside('not there'),
}
const lifting = {
  ...writing,
  ownDraft: inside('not allowed'),
  ownLive: inside('not allowed'),
  ownScheduled: inside('not allowed'),
  ownWithdrawn: inside('not allowed'),
}
const reason = 'The ferry sails'
const note = 'The Lower Quibble prize committee'

/** What comes true by itself, and what may not come true before. */
export const scheduleActions: ActionCase[] = [
  ...on(
    onlyLive,
    { act: `${STORY}#scheduleChanges`, words: 'Schedule the changes of a live story' },
    async (story, house) => ({
      ...onPage(await changed(story, house)),
      types: someDay,
      isDone: async () => (await timesOf(story)).dueAt !== null,
    }),
  ),
  ...on(
    onlyLive,
    { act: `${STORY}#cancelChanges`, words: 'Take changes out of the schedule' },
    async (story, { people, ...house }) => {
      const { draft } = await changed(story, { people, ...house })
      const asked = { storyId: story.id, seenVersion: draft.version, ...someDay }
      valueOf(await scheduleStoryChanges(people.editor, asked))
      return { ...onPage(story), isDone: async () => (await timesOf(story)).dueAt === null }
    },
  ),
  ...on(onlyLive, { act: `${STORY}#unpublish`, words: 'Unpublish a story at a time' }, (story) => ({
    ...onPage(story),
    types: { ...someDay, reason },
    isDone: async () => (await timesOf(story)).unpublishAt !== null,
  })),
  ...on(onlyLive, { act: `${STORY}#letStay`, words: 'Let a story stay' }, async (story, { people }) => {
    valueOf(await scheduleUnpublish(people.editor, { storyId: story.id, ...someDay, reason }))
    return { ...onPage(story), isDone: async () => (await timesOf(story)).unpublishAt === null }
  }),
  ...on(writing, { act: `${STORY}#embargo`, words: 'Put a story under an embargo' }, (story) => ({
    ...onPage(story),
    types: { ...someDay, note },
    isDone: async () => (await timesOf(story)).embargoUntil !== null,
  })),
  ...on(lifting, { act: `${STORY}#lift`, words: 'Lift an embargo' }, async (story, { people }) => {
    valueOf(await embargoStory(people.editor, { storyId: story.id, ...someDay, note }))
    return { ...onPage(story), types: { reason }, isDone: async () => (await timesOf(story)).embargoUntil === null }
  }),
]

async function changed(story: Story, { people }: Fixture): Promise<Story> {
  return valueOf(await saveDraft(people.editor, fieldsOf(story, { headline: aHeadline() })))
}

async function timesOf({ id }: Story) {
  const [row] = await database().select().from(stories).where(eq(stories.id, id))
  if (!row) throw new Error('The story is not there.')
  return row
}
