'use server'
import { discardChanges } from '@/domain/restore/discarding'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const discard = action(discardChanges, ({ id }) => routes.admin.story(id))
