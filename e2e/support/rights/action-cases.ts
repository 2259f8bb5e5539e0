import type { ActionCase } from './action-case'
import { signInActions } from './sign-in-actions'
import { correctionActions } from './correction-actions'
import { taxonomyActions } from './taxonomy-actions'
import { newsroomActions } from './newsroom-actions'
import { previewActions } from './preview-actions'
import { storyActions } from './story-actions'
import { workflowActions } from './workflow-actions'
import { scheduleActions } from './schedule-actions'
import { revisionActions } from './revision-actions'

/** Every action of the house, and who may do it. */
export const actionCases: ActionCase[] = [
  ...signInActions,
  ...storyActions,
  ...workflowActions,
  ...scheduleActions,
  ...revisionActions,
  ...correctionActions,
  ...previewActions,
  ...taxonomyActions,
  ...newsroomActions,
]
