'use server'
import { acceptFlaw } from '@/domain/story/accepting'
import { setLead } from '@/domain/front-page/arranging'
import { assignStory } from '@/domain/workflow/assigning'
import { cancelStoryChanges, scheduleStoryChanges } from '@/domain/schedule/changing'
import { saveDraft } from '@/domain/story/drafting'
import { embargoStory, liftEmbargo } from '@/domain/schedule/embargoing'
import { publishAlone } from '@/domain/workflow/lone-publishing'
import { publishDraftHeadline } from '@/domain/story/headline-publishing'
import { publishStory, withdrawStory } from '@/domain/story/publishing'
import { clearStory, sendStoryBack, submitStory } from '@/domain/workflow/reviewing'
import { cancelSchedule, scheduleStory } from '@/domain/schedule/scheduling'
import { cancelUnpublish, scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { action } from '@/lib/action'

export const save = action(saveDraft)
export const publish = action(publishStory)
export const publishOnlyHeadline = action(publishDraftHeadline)
export const accept = action(acceptFlaw)
export const withdraw = action(withdrawStory)
export const schedule = action(scheduleStory)
export const cancel = action(cancelSchedule)
export const scheduleChanges = action(scheduleStoryChanges)
export const cancelChanges = action(cancelStoryChanges)
export const unpublish = action(scheduleUnpublish)
export const letStay = action(cancelUnpublish)
export const embargo = action(embargoStory)
export const lift = action(liftEmbargo)
export const lead = action(setLead)
export const handIn = action(submitStory)
export const clear = action(clearStory)
export const sendBack = action(sendStoryBack)
export const assign = action(assignStory)
export const withoutEditor = action(publishAlone)
