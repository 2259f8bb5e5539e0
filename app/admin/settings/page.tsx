import { NotFound } from '@/components/admin/layout/error-pages'
import { PublishingAloneForm } from '@/components/admin/settings/settings-form'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { findSettings } from '@/domain/settings/store'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { decidePublishingAlone } from './actions'

export default function SettingsPage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.settings)
    if (!can(actor, 'settings.keep')) return <NotFound />
    return (
      <Page title="Settings">
        <PublishingAloneForm settings={await findSettings(database())} action={decidePublishingAlone} />
      </Page>
    )
  })
}
