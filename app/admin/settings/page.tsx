import { SettingForm } from '@/components/admin/settings/setting-form'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { settingNames } from '@/domain/settings/settings'
import { findSettings } from '@/domain/settings/store'
import { routes } from '@/lib/routes'
import { renderAreaPage } from '../render-page'
import { saveSetting } from './actions'

export default function SettingsPage() {
  return renderAreaPage(routes.admin.settings, 'settings.manage', async () => {
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
