import { NotFound } from '@/components/admin/layout/not-found'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'

/** Every address under /admin that is none: whoever is signed in is told so, everybody else is asked to sign in first. */
export default function UnknownAddressPage() {
  return renderPage(async () => {
    await requireActor(routes.admin.desk)
    return <NotFound />
  })
}
