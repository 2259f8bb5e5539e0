import type { DeskQuestion } from '@/domain/desk/desk'
import { routes } from '@/lib/routes'

/** The desk's address for a question; what is not asked is not in it. */
export function deskAddress({ list, stage, sectionId, words, before }: DeskQuestion): string {
  const asked = new URLSearchParams()
  if (list) asked.set('list', list)
  if (stage) asked.set('stage', stage)
  if (sectionId) asked.set('section', String(sectionId))
  if (words) asked.set('words', words)
  if (before) asked.set('before', before)
  const query = asked.toString()
  return query === '' ? routes.admin.desk : `${routes.admin.desk}?${query}`
}
