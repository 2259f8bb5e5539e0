import { Names } from '@/components/admin/taxonomy/names'
import { NotFound } from '@/components/admin/layout/not-found'
import { listNamed } from '@/domain/taxonomy/managing'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { parseId } from '../id-param'
import type { SearchParams } from '../cursor-param'
import { merge, rename } from './actions'

/** What stories are about, by name. */
export default function TopicsPage({ searchParams }: { searchParams: SearchParams }) {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.topics)
    if (!can(actor, 'names.keep')) return <NotFound />
    const after = parseId(String((await searchParams).after ?? ''))
    const { named, next: further } = await listNamed('topic', after)
    return <Names kind="topic" {...{ named, further, rename, merge }} isFirst={after === null} />
  })
}
