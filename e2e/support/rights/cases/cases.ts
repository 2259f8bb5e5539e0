import type { ActionCase, PageCase } from '../case'
import { correctionActions } from './correction-actions'
import { newsroomActions } from './newsroom-actions'
import { newsroomPages } from './newsroom-pages'
import { previewActions } from './preview-actions'
import { fixedPages, readerPages } from './reader-pages'
import { revisionActions } from './revision-actions'
import { scheduleActions } from './schedule-actions'
import { signInActions } from './sign-in-actions'
import { signInPages } from './sign-in-pages'
import { storyActions } from './story-actions'
import { taxonomyActions } from './taxonomy-actions'
import { workflowActions } from './workflow-actions'

/** Every server action and every route that takes a form, with who may use it. */
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

/** Every page and every route with GET, with who sees it. */
export const pageCases: PageCase[] = [...signInPages, ...readerPages, ...newsroomPages]

/** With the fixed reader addresses that have no case of their own, and no line in docs/rights.md. */
export const allPageCases: PageCase[] = [...pageCases, ...fixedPages]
