import { NotFound } from '@/components/admin/layout/not-found'
import { PublishingAloneForm } from '@/components/admin/settings/settings-form'
import { Title } from '@/components/admin/layout/title'
import { database } from '@/db/client'
import { findSettings } from '@/domain/settings/store'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { decidePublishingAlone } from './actions'

/** How the house runs. */
export default function SettingsPage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.settings)
    if (!can(actor, 'settings.keep')) return <NotFound />
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>Settings</Title>
        <h1>Settings</h1>
        <PublishingAloneForm settings={await findSettings(database())} action={decidePublishingAlone} />
      </main>
    )
  })
}
