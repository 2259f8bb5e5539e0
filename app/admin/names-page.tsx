import { Names, type NameActions } from '@/components/admin/taxonomy/names'
import type { NameKind } from '@/domain/copy/name'
import { listNamed } from '@/domain/taxonomy/managing'
import { routes } from '@/lib/routes'
import { parseId, type SearchParams } from './params'
import { renderAreaPage } from './render-page'

/** All authors or all topics, by name. */
export function namesPage(kind: NameKind, searchParams: SearchParams, actions: NameActions) {
  const address = kind === 'author' ? routes.admin.authors : routes.admin.topics
  return renderAreaPage(address, 'names.manage', async () => {
    const after = parseId(String((await searchParams).after ?? ''))
    return <Names kind={kind} {...await listNamed(kind, after)} isFirst={after === null} {...actions} />
  })
}
