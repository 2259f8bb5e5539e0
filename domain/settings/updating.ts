import { z } from 'zod'
import { operation } from '../operation'
import { findSettings, saveSettings } from './store'

/** Whether reporters may publish when no editor is there; it holds from the next click. */
export const letReportersPublishAlone = operation(
  z.object({ allowed: z.enum(['yes', 'no'], 'Choose one of the two.') }),
  async ({ tx, actor, now, permit, tell, unchanged }, { allowed }) => {
    permit('settings.keep')
    const before = await findSettings(tx)
    const after = { ...before, reportersMayPublishAlone: allowed === 'yes' }
    if (after.reportersMayPublishAlone === before.reportersMayPublishAlone) {
      unchanged()
      return after
    }
    await saveSettings(tx, actor, after, now)
    tell({ type: 'publishing-alone-decided', allowed: after.reportersMayPublishAlone })
    return after
  },
)
