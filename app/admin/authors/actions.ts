'use server'
import { mergeAuthors, renameAuthor } from '@/domain/taxonomy/managing'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const rename = action(renameAuthor)
export const merge = action(mergeAuthors, () => routes.admin.authors)
