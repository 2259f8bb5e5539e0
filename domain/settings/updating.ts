import { z } from 'zod'
import type { NewsroomEvent } from '../history/event'
import { operation } from '../operation'
import { settingDeclarations, settingNames, type SettingName, type SettingValue } from './settings'
import { findSettings, saveSetting } from './store'

const forms = settingNames.map((name) => z.object({ setting: z.literal(name), value: settingDeclarations[name].field }))

/** Takes effect with the next request. */
export const changeSetting = operation(
  z.discriminatedUnion('setting', forms as [(typeof forms)[number]]),
  async ({ tx, actor, now, permit, tell, unchanged }, { setting, value }) => {
    permit('settings.manage')
    const before = await findSettings(tx)
    const after = { ...before, [setting]: value }
    if (value === before[setting]) return unchanged(after)
    await saveSetting(tx, actor, setting, value, now)
    tell(eventOf(setting, value))
    return after
  },
)

/** The oldest setting has an event of its own, which older builds can show. */
const eventOf = (name: SettingName, value: SettingValue): NewsroomEvent =>
  name === 'reportersMayPublishAlone'
    ? { type: 'publishing-alone-decided', allowed: value }
    : { type: 'setting-changed', setting: name, value }
