'use server'
import { setLead } from '@/domain/front-page/arranging'
import { saveDraft } from '@/domain/story/drafting'
import { publishDraftHeadline, publishStory, withdrawStory } from '@/domain/story/publishing'
import { cancelSchedule, scheduleStory } from '@/domain/story/scheduling'
import { action } from '@/lib/action'

export const save = action(saveDraft)
export const publish = action(publishStory)
export const publishOnlyHeadline = action(publishDraftHeadline)
export const withdraw = action(withdrawStory)
export const schedule = action(scheduleStory)
export const cancel = action(cancelSchedule)
export const lead = action(setLead)
