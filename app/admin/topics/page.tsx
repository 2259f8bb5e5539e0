import { Names } from '@/components/admin/names'
import { NotHere } from '@/components/admin/not-here'
import { listNamed } from '@/domain/name/running'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'
import { askedId } from '../asked-id'
import type { AskedFor } from '../asked-place'
import { merge, rename } from './actions'

/** What stories are about, by name. */
export default function TopicsPage({ searchParams }: { searchParams: AskedFor }) {
  return answered(async () => {
    const actor = await requireActor(routes.admin.topics)
    if (!can(actor, 'names.keep')) return <NotHere />
    const after = askedId(String((await searchParams).after ?? ''))
    const { named, further } = await listNamed('topic', after)
    return <Names kind="topic" {...{ named, further, rename, merge }} isFirst={after === null} />
  })
}
