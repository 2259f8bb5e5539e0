import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { findActiveUser } from '../people/store'
import { idField } from '../form/fields'
import { lockStory } from '../story/store'
import { saveProgress } from '../story/progress-store'

const assigneeField = z.union([z.literal('').transform(() => null), idField])

/** Assigns a story. An assignee may edit it, also a reporter who does not own it. */
export const assignStory = operation(
  z.object({ storyId: idField, seenAssignee: assigneeField, assigneeId: assigneeField }),
  async ({ tx, permit, tell, unchanged }, { storyId, seenAssignee, assigneeId }) => {
    const story = await lockStory(tx, storyId)
    permit('story.assign', story, assigneeId)
    const { assignee: before } = story.progress
    const beforeId = before?.id ?? null
    if (beforeId === assigneeId) {
      unchanged()
      return story
    }
    if (beforeId !== seenAssignee) refuse({ kind: 'reassigned', toId: beforeId, to: before?.name ?? null })
    const assignee = await findActiveUser(tx, assigneeId)
    if (assigneeId !== null && assignee === null) refuse({ kind: 'not-found', what: 'person' })
    const progress = { ...story.progress, assignee }
    await saveProgress(tx, storyId, progress)
    tell({
      type: 'story-assigned',
      storyId,
      headline: story.draft.headline,
      to: assignee?.name ?? null,
      before: before?.name ?? null,
    })
    return { ...story, progress }
  },
)
