import { saveDraft } from '@/domain/story/drafting'
import type { Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { asksToSignIn, inside, type ActionCase, type Scenario } from '../case'
import { fieldsOf, valueOf } from '../fixture'
import { draftOf, forStory, hasNewLiveRevision, onPage, onStory, withChanges } from './story-scenarios'

const STORY = 'app/admin/stories/[storyId]'
const COMPARE = `${STORY}/versions/compare/actions.ts`

const changingLive = { ownLive: inside('done', asksToSignIn), othersLive: inside('not allowed', asksToSignIn) }

export const revisionActions: ActionCase[] = [
  ...onStory(
    `${STORY}/actions.ts#publishOnlyHeadline`,
    'Publish only the headline',
    { ownLive: inside('not allowed') },
    async (story, fixture) => ({
      ...onPage(await withChanges(story, fixture)),
      isDone: () => hasNewLiveRevision(story),
    }),
  ),
  ...onStory(`${STORY}/discard/actions.ts#discard`, 'Discard changes', changingLive, async (story, fixture) => ({
    path: routes.admin.discard(story.id),
    ...forStory(await withChanges(story, fixture)),
    isDone: () => hasFormerHeadline(story),
  })),
  ...onStory(`${COMPARE}#restoreVersion`, 'Restore a version', changingLive, async (story, fixture) => ({
    ...comparing(await withChanges(story, fixture)),
    isDone: () => hasFormerHeadline(story),
  })),
  ...onStory(`${COMPARE}#restoreBlock`, 'Restore a block of a version', changingLive, async (story, { people }) => {
    const blockId = story.draft.body?.content[0]?.attrs.id ?? ''
    const content = [{ type: 'text', text: 'It hummed instead.' }]
    const body = JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', attrs: { id: blockId }, content }] })
    return {
      ...comparing(valueOf(await saveDraft(people.editor, fieldsOf(story, { body })))),
      input: { blockId },
      isDone: async () => !JSON.stringify((await draftOf(story))?.body ?? null).includes('hummed'),
    }
  }),
]

/** The comparison of the draft with what readers see. */
const comparing = (story: Story): Omit<Scenario, 'isDone'> => ({
  path: routes.admin.compared(story.id, 'live', 'draft'),
  ...forStory(story),
})

const hasFormerHeadline = async (story: Story) => (await draftOf(story))?.headline === story.draft.headline
