'use server'
import { setLead } from '@/domain/front-page/arranging'
import { saveDraft } from '@/domain/story/drafting'
import { publishStory, withdrawStory } from '@/domain/story/publishing'
import { action } from '@/lib/action'

export const save = action(saveDraft)
export const publish = action(publishStory)
export const withdraw = action(withdrawStory)
export const lead = action(setLead)
