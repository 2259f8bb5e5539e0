'use server'
import { correctStory, rewordCorrection } from '@/domain/correction/correcting'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const correct = action(correctStory, ({ id }) => routes.admin.story(id))
export const reword = action(rewordCorrection)
