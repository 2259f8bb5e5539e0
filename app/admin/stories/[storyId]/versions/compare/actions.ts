'use server'
import { restoreRevision } from '@/domain/restore/restoring'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const restoreVersion = action(restoreRevision, ({ story }) => routes.admin.story(story.id))
export const restoreBlock = action(restoreRevision)
