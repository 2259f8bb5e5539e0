import { saveDraft } from '@/domain/story/drafting'
import type { Story } from '@/domain/story/story'
import { routes } from '@/lib/routes'
import { inside, type ActionCase, type Scenario } from './action-case'
import { aHeadline, draftOf, holding, isOtherwisePublished, on, onlyLive, onPage } from './story-scenarios'
import { fieldsOf, valueOf, type Fixture } from './fixture'

const STORY = 'app/admin/stories/[storyId]'
const COMPARE = `${STORY}/versions/compare/actions.ts`

const asksToSignIn = { anonymous: 'sign in' } as const
const changingLive = { ownLive: inside('done', asksToSignIn), othersLive: inside('not allowed', asksToSignIn) }
const changing = {
  ...changingLive,
  ownScheduled: inside('done', asksToSignIn),
  othersScheduled: inside('not there', asksToSignIn),
  ownWithdrawn: inside('done', asksToSignIn),
  othersWithdrawn: inside('not there', asksToSignIn),
}

export const revisionActions: ActionCase[] = [
  ...on(
    onlyLive,
    { act: `${STORY}/actions.ts#publishOnlyHeadline`, words: 'Publish only the headline' },
    async (story, house) => {
      const changed = await withOtherHeadline(house, story)
      return { ...onPage(changed), isDone: async () => isOtherwisePublished(story) }
    },
  ),
  ...on(
    changingLive,
    { act: `${STORY}/discard/actions.ts#discard`, words: 'Discard changes' },
    async (story, house) => ({
      at: routes.admin.discard(story.id),
      ...holding(await withOtherHeadline(house, story)),
      isDone: async () => saysAsBefore(story),
    }),
  ),
  ...on(changing, { act: `${COMPARE}#restoreVersion`, words: 'Restore a version' }, async (story, house) => ({
    ...comparing(await withOtherHeadline(house, story)),
    isDone: async () => saysAsBefore(story),
  })),
  ...on(
    changingLive,
    { act: `${COMPARE}#restoreBlock`, words: 'Restore a block of a version' },
    async (story, house) => {
      const blockId = story.draft.body?.content[0]?.attrs.id ?? ''
      const other = {
        type: 'paragraph',
        attrs: { id: blockId },
        content: [{ type: 'text', text: 'It hummed instead.' }],
      }
      const body = JSON.stringify({ type: 'doc', content: [other] })
      const changed = valueOf(await saveDraft(house.people.editor, fieldsOf(story, { body })))
      return {
        ...comparing(changed),
        types: { blockId },
        isDone: async () => !(await bodyOf(story)).includes('hummed'),
      }
    },
  ),
]

/** The page on which the draft stands beside what readers are told. */
const comparing = (story: Story): Omit<Scenario, 'isDone'> => ({
  at: routes.admin.compared(story.id, 'live', 'draft'),
  ...holding(story),
})

async function withOtherHeadline({ people }: Fixture, story: Story): Promise<Story> {
  const body = story.draft.body === null ? '' : JSON.stringify(story.draft.body)
  return valueOf(await saveDraft(people.editor, fieldsOf(story, { body, headline: aHeadline() })))
}

const saysAsBefore = async (story: Story) => (await draftOf(story))?.headline === story.draft.headline
const bodyOf = async (story: Story) => JSON.stringify((await draftOf(story))?.body ?? null)
