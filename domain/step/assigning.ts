import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { findAble } from '../user/keeping'
import { idField } from '../story/copy-form'
import { lockStory } from '../story/keeping'
import { keepProgress } from './step-keeping'

const personOrNobody = z.union([z.literal('').transform(() => null), idField])

/** Says whose turn it is. Whoever a story is assigned to may write in it, also a reporter whose story it is not. */
export const assignStory = operation(
  z.object({ storyId: idField, seenAssignee: personOrNobody, assigneeId: personOrNobody }),
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
    const assignee = await findAble(tx, assigneeId)
    if (assigneeId !== null && assignee === null) refuse({ kind: 'not-found', what: 'person' })
    const progress = { ...story.progress, assignee }
    await keepProgress(tx, storyId, progress)
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
