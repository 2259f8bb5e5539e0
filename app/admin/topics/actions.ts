'use server'
import { mergeTopics, renameTopic } from '@/domain/taxonomy/managing'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const rename = action(renameTopic)
export const merge = action(mergeTopics, () => routes.admin.topics)
