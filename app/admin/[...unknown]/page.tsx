import { NotFound } from '@/components/admin/layout/error-pages'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'

/** Every address under /admin that does not exist: 404 after sign-in. */
export default function UnknownAddressPage() {
  return renderPage(async () => {
    await requireActor(routes.admin.desk)
    return <NotFound />
  })
}
