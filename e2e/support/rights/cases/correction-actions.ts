import { database } from '@/db/client'
import { correctStory } from '@/domain/correction/correcting'
import { correctionsOf } from '@/domain/correction/store'
import { routes } from '@/lib/routes'
import { inside, type ActionCase } from '../case'
import { valueOf } from '../fixture'
import { forStory, onStory } from './story-scenarios'

const CORRECT = 'app/admin/stories/[storyId]/correct/actions.ts'
const onlyLive = { ownLive: inside('not allowed') }

export const correctionActions: ActionCase[] = [
  ...onStory(`${CORRECT}#correct`, 'Correct a story', onlyLive, (story) => ({
    path: routes.admin.correct(story.id),
    ...forStory(story),
    input: { kind: 'retraction', words: 'There is no kite.' },
    isDone: async () => (await correctionsOf(database(), story.id)).length === 1,
  })),
  ...onStory(`${CORRECT}#reword`, 'Put right the words of a correction', onlyLive, async (story, { people }) => {
    const seen = {
      seenVersion: story.draft.version,
      seenRevision: story.stage === 'draft' ? 0 : story.liveRevisionId,
    }
    const note = { kind: 'update', words: 'The kite is red.' }
    valueOf(await correctStory(people.editor, { storyId: story.id, ...seen, ...note }))
    return {
      path: routes.admin.correct(story.id),
      ...forStory(story),
      input: { words: 'The kite is blue.' },
      isDone: async () => (await correctionsOf(database(), story.id))[0]?.words === 'The kite is blue.',
    }
  }),
]
