import { NotHere } from '@/components/admin/not-here'
import { PublishingAloneForm } from '@/components/admin/settings-form'
import { Title } from '@/components/admin/title'
import { database } from '@/db/client'
import { findSettings } from '@/domain/settings/keeping'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'
import { decidePublishingAlone } from './actions'

/** How the house runs. */
export default function SettingsPage() {
  return answered(async () => {
    const actor = await requireActor(routes.admin.settings)
    if (!can(actor, 'settings.keep')) return <NotHere />
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>Settings</Title>
        <h1>Settings</h1>
        <PublishingAloneForm settings={await findSettings(database())} action={decidePublishingAlone} />
      </main>
    )
  })
}
