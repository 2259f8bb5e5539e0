import { NotFound } from '@/components/admin/layout/error-pages'
import { SettingForm } from '@/components/admin/settings/setting-form'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { settingNames } from '@/domain/settings/settings'
import { findSettings } from '@/domain/settings/store'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { saveSetting } from './actions'

export default function SettingsPage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.settings)
    if (!can(actor, 'settings.manage')) return <NotFound />
    const settings = await findSettings(database())
    return (
      <Page title="Settings">
        {settingNames.map((name) => (
          <SettingForm key={name} name={name} settings={settings} action={saveSetting} />
        ))}
      </Page>
    )
  })
}
