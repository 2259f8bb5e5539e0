import { scheduleStoryChanges } from '@/domain/schedule/changing'
import { embargoStory } from '@/domain/schedule/embargoing'
import { scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { inside, type ActionCase } from '../case'
import { someDay, valueOf } from '../fixture'
import { onPage, onStory, rowOf, withChanges } from './story-scenarios'

const STORY = 'app/admin/stories/[storyId]/actions.ts'

const onlyLive = { ownLive: inside('not allowed') }
const reason = 'The ferry sails'
const note = 'The Lower Quibble prize committee'

export const scheduleActions: ActionCase[] = [
  ...onStory(`${STORY}#scheduleChanges`, 'Schedule the changes of a live story', onlyLive, async (story, fixture) => ({
    ...onPage(await withChanges(story, fixture)),
    input: someDay,
    isDone: async () => (await rowOf(story)).dueAt !== null,
  })),
  ...onStory(`${STORY}#cancelChanges`, 'Take changes out of the schedule', onlyLive, async (story, fixture) => {
    const { draft } = await withChanges(story, fixture)
    const changes = { storyId: story.id, seenVersion: draft.version, ...someDay }
    valueOf(await scheduleStoryChanges(fixture.people.editor, changes))
    return { ...onPage(story), isDone: async () => (await rowOf(story)).dueAt === null }
  }),
  ...onStory(`${STORY}#unpublish`, 'Unpublish a story at a time', onlyLive, (story) => ({
    ...onPage(story),
    input: { ...someDay, reason },
    isDone: async () => (await rowOf(story)).unpublishAt !== null,
  })),
  ...onStory(`${STORY}#letStay`, 'Let a story stay', onlyLive, async (story, { people }) => {
    valueOf(await scheduleUnpublish(people.editor, { storyId: story.id, ...someDay, reason }))
    return { ...onPage(story), isDone: async () => (await rowOf(story)).unpublishAt === null }
  }),
  ...onStory(
    `${STORY}#embargo`,
    'Put a story under an embargo',
    { ownDraft: inside('done'), othersDraft: inside('not there') },
    (story) => ({
      ...onPage(story),
      input: { ...someDay, note },
      isDone: async () => (await rowOf(story)).embargoUntil !== null,
    }),
  ),
  ...onStory(`${STORY}#lift`, 'Lift an embargo', { ownDraft: inside('not allowed') }, async (story, { people }) => {
    valueOf(await embargoStory(people.editor, { storyId: story.id, ...someDay, note }))
    return { ...onPage(story), input: { reason }, isDone: async () => (await rowOf(story)).embargoUntil === null }
  }),
]
