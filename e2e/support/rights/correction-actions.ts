import { database } from '@/db/client'
import { correctStory } from '@/domain/correction/correcting'
import { correctionsOf } from '@/domain/correction/store'
import { routes } from '@/lib/routes'
import { inside, type ActionCase } from './action-case'
import { holding, on } from './story-scenarios'
import { valueOf } from './fixture'

const CORRECT = 'app/admin/stories/[storyId]/correct/actions.ts'
const correcting = {
  ownLive: inside('not allowed'),
  othersLive: inside('not allowed'),
}

export const correctionActions: ActionCase[] = [
  ...on(correcting, { act: `${CORRECT}#correct`, words: 'Correct a story' }, (story) => ({
    at: routes.admin.correct(story.id),
    ...holding(story),
    types: { kind: 'retraction', words: 'There is no kite.' },
    isDone: async () => (await correctionsOf(database(), story.id)).length === 1,
  })),
  ...on(
    correcting,
    { act: `${CORRECT}#reword`, words: 'Put right the words of a correction' },
    async (story, { people }) => {
      const fields = { storyId: story.id, seenVersion: story.draft.version, kind: 'update', words: 'The kite is red.' }
      const seenRevision = story.stage === 'draft' ? 0 : story.liveRevisionId
      const corrected = valueOf(await correctStory(people.editor, { ...fields, seenRevision }))
      return {
        at: routes.admin.correct(story.id),
        ...holding(corrected),
        types: { words: 'The kite is blue.' },
        isDone: async () => (await correctionsOf(database(), story.id))[0]?.words === 'The kite is blue.',
      }
    },
  ),
]
