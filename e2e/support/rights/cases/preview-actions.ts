import { and, eq, isNotNull } from 'drizzle-orm'
import { database } from '@/db/client'
import { previewLinks } from '@/db/schema/preview'
import { sharePreview } from '@/domain/preview/sharing'
import { routes } from '@/lib/routes'
import { asksToSignIn, inside, type ActionCase } from '../case'
import { valueOf } from '../fixture'
import { forStory, onStory } from './story-scenarios'

const LINKS = 'app/admin/stories/[storyId]/preview-links/actions.ts'

export const previewActions: ActionCase[] = [
  ...onStory(
    `${LINKS}#share`,
    'Make a preview link',
    { ownDraft: inside('done'), othersDraft: inside('not there') },
    (story) => ({
      path: routes.admin.previewLinks(story.id),
      ...forStory(story),
      input: { label: 'Counsel' },
      isDone: async () => (await linksOf(story.id)).length === 1,
    }),
  ),
  ...onStory(
    `${LINKS}#revoke`,
    'Take back a preview link',
    { ownDraft: inside('done', asksToSignIn), othersDraft: inside('not there', asksToSignIn) },
    async (story, { people }) => {
      const fields = { storyId: story.id, label: 'Counsel', shown: 'latest', days: '1' }
      valueOf(await sharePreview(people.editor, fields))
      return {
        path: routes.admin.previewLinks(story.id),
        ...forStory(story),
        isDone: async () => (await linksOf(story.id, isNotNull(previewLinks.revokedAt))).length === 1,
      }
    },
  ),
]

const linksOf = (storyId: number, which?: ReturnType<typeof isNotNull>) =>
  database()
    .select({ id: previewLinks.id })
    .from(previewLinks)
    .where(and(eq(previewLinks.storyId, storyId), which))
