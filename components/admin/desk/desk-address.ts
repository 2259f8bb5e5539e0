import type { DeskQuery } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

/** The desk's address with the parameters of a query. */
export function deskAddress({ list, stage, sectionId, search, before }: DeskQuery): string {
  const params = new URLSearchParams()
  if (list) params.set('list', list)
  if (stage) params.set('stage', stage)
  if (sectionId) params.set('section', String(sectionId))
  if (search) params.set('words', search)
  if (before) params.set('before', before)
  const query = params.toString()
  return query === '' ? routes.admin.desk : `${routes.admin.desk}?${query}`
}
