import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { saveDraft } from '@/domain/story/drafting'
import type { Story } from '@/domain/story/story'
import { submitStory } from '@/domain/workflow/reviewing'
import { routes } from '@/lib/routes'
import type { ActionCase, ByVisitor, Result, Scenario } from '../case'
import { createDraft, createLiveStory, createScheduledStory, fieldsOf, valueOf, type Fixture } from '../fixture'

/** The desk without rows: only its form is needed. */
export const EMPTY_DESK = `${routes.admin.desk}?stage=scheduled`

/** The stories on which an action is tried over HTTP. `domain/user/permitting.test.ts` has all others. */
const kinds = {
  ownDraft: 'a reporter’s own draft',
  ownLive: 'a reporter’s own live story',
  ownScheduled: 'a reporter’s own scheduled story',
  ownForReview: 'a reporter’s own story for review',
  othersDraft: 'somebody else’s draft',
  othersLive: 'somebody else’s live story',
} as const
type Kind = keyof typeof kinds

type Prepare = (story: Story, fixture: Fixture) => Scenario | Promise<Scenario>

/** One case for each kind of story. */
export function onStory(
  action: string,
  title: string,
  expected: Partial<Record<Kind, ByVisitor<Result>>>,
  prepare: Prepare,
): ActionCase[] {
  return (Object.keys(kinds) as Kind[]).flatMap((kind) =>
    expected[kind]
      ? {
          action,
          title,
          of: kinds[kind],
          expected: expected[kind],
          isShared: true,
          prepare: async (fixture) => prepare(await createStory(fixture, kind), fixture),
        }
      : [],
  )
}

export const newHeadline = () => `Kite ${crypto.randomUUID().slice(0, 8)}`
export const forStory = ({ id }: Story) => ({ formFields: { storyId: String(id) } })
export const onPage = (story: Story) => ({ path: routes.admin.story(story.id), ...forStory(story) })

async function createStory({ people, otto, section }: Fixture, kind: Kind): Promise<Story> {
  const owner = kind.startsWith('own') ? people.reporter : otto
  if (kind.endsWith('Live')) return createLiveStory(people.editor, owner, section, newHeadline())
  if (kind.endsWith('Scheduled')) return createScheduledStory(people.editor, owner, section, newHeadline())
  const draft = await createDraft(owner, section, newHeadline())
  if (kind !== 'ownForReview') return draft
  return valueOf(await submitStory(owner, { storyId: draft.id, seenStep: 'writing' }))
}

/** With another headline in its draft. */
export async function withChanges(story: Story, { people }: Fixture): Promise<Story> {
  const body = story.draft.body === null ? '' : JSON.stringify(story.draft.body)
  return valueOf(await saveDraft(people.editor, fieldsOf(story, { body, headline: newHeadline() })))
}

export async function draftOf({ id }: Story) {
  const [row] = await database().select().from(drafts).where(eq(drafts.storyId, id))
  return row
}

export async function rowOf({ id }: Story) {
  const [row] = await database().select().from(stories).where(eq(stories.id, id))
  if (!row) throw new Error('The story is not there.')
  return row
}

/** Readers see another revision than before. */
export async function hasNewLiveRevision(story: Story): Promise<boolean> {
  const { liveRevisionId } = await rowOf(story)
  return liveRevisionId !== null && liveRevisionId !== (story.stage === 'draft' ? null : story.liveRevisionId)
}
