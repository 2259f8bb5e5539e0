import { and, eq, isNotNull } from 'drizzle-orm'
import { database } from '@/db/client'
import { previewLinks } from '@/db/schema/preview'
import { sharePreview } from '@/domain/preview/sharing'
import { routes } from '@/lib/routes'
import { inside, notNow, type ActionCase } from './action-case'
import { holding, on } from './story-scenarios'
import { valueOf } from './fixture'

const LINKS = 'app/admin/stories/[storyId]/preview-links/actions.ts'
const asksToSignIn = { anonymous: 'sign in' } as const
const sharing = {
  ownDraft: inside('done'),
  ownLive: inside('done'),
  othersDraft: inside('not there'),
  othersLive: inside('not allowed'),
  ownScheduled: inside('done'),
  othersScheduled: inside('not there'),
}
const takingBack = {
  ownDraft: inside('done', asksToSignIn),
  ownLive: inside('done', asksToSignIn),
  othersDraft: inside('not there', asksToSignIn),
  othersLive: inside('not allowed', asksToSignIn),
  ownScheduled: inside('done', asksToSignIn),
  othersScheduled: inside('not there', asksToSignIn),
}

/** A withdrawn story is for nobody’s eyes any more. */
const withdrawn = {
  ownWithdrawn: notNow('not now'),
  othersWithdrawn: notNow('not there'),
}

export const previewActions: ActionCase[] = [
  ...on({ ...sharing, ...withdrawn }, { act: `${LINKS}#share`, words: 'Make a preview link' }, (story) => ({
    at: routes.admin.previewLinks(story.id),
    ...holding(story),
    types: { label: 'Counsel' },
    isDone: async () => (await linksOf(story.id)).length === 1,
  })),
  ...on(takingBack, { act: `${LINKS}#revoke`, words: 'Take back a preview link' }, async (story, { people }) => {
    const fields = { storyId: story.id, label: 'Counsel', shown: 'latest', days: '1' }
    valueOf(await sharePreview(people.editor, fields))
    return {
      at: routes.admin.previewLinks(story.id),
      ...holding(story),
      isDone: async () => (await linksOf(story.id, isNotNull(previewLinks.revokedAt))).length === 1,
    }
  }),
]

const linksOf = (storyId: number, which?: ReturnType<typeof isNotNull>) =>
  database()
    .select({ id: previewLinks.id })
    .from(previewLinks)
    .where(and(eq(previewLinks.storyId, storyId), which))
