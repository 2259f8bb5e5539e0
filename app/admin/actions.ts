'use server'
import { editHeadline as editHeadlineOperation, startStory } from '@/domain/story/drafting'
import { lookOver as lookOverOperation } from '@/domain/workflow/lone-publishing'
import { publishHeadline as publishHeadlineOperation } from '@/domain/story/headline-publishing'
import { publishNewHeadline, publishSavedDraft } from '@/domain/story/publishing'
import { action } from '@/lib/action'

export const saveNewHeadline = action(startStory)
export const publishHeadlineAtOnce = action(publishNewHeadline)
export const editHeadline = action(editHeadlineOperation)
export const publishHeadline = action(publishHeadlineOperation)
export const publishSaved = action(publishSavedDraft)
export const lookOver = action(lookOverOperation)
