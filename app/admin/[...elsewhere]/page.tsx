import { NotHere } from '@/components/admin/not-here'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'

/** Every address under /admin that is none: whoever is signed in is told so, everybody else is asked to sign in first. */
export default function ElsewherePage() {
  return answered(async () => {
    await requireActor(routes.admin.desk)
    return <NotHere />
  })
}
