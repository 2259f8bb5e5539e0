import { NotFound } from '@/components/admin/layout/error-pages'
import { Names, type NameActions } from '@/components/admin/taxonomy/names'
import type { NameKind } from '@/domain/copy/name'
import { listNamed } from '@/domain/taxonomy/managing'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { parseId, type SearchParams } from './params'
import { renderPage } from './render-page'

/** All authors or all topics, by name. */
export function namesPage(kind: NameKind, searchParams: SearchParams, actions: NameActions) {
  return renderPage(async () => {
    const actor = await requireActor(kind === 'author' ? routes.admin.authors : routes.admin.topics)
    if (!can(actor, 'names.manage')) return <NotFound />
    const after = parseId(String((await searchParams).after ?? ''))
    return <Names kind={kind} {...await listNamed(kind, after)} isFirst={after === null} {...actions} />
  })
}
