import type { Database, Transaction } from '@/db/client'
import { settings } from '@/db/schema/settings'
import type { Actor } from '../user/user'
import { bySettingNothing, type Settings } from './settings'

export async function findSettings(db: Database | Transaction): Promise<Settings> {
  const [row] = await db.select({ reportersMayPublishAlone: settings.reportersMayPublishAlone }).from(settings)
  return row ?? bySettingNothing
}

/** The settings, as they stay until the transaction ends: whoever acts by them acts before the next change or after it. */
export async function holdSettings(tx: Transaction): Promise<Settings> {
  const [row] = await tx
    .select({ reportersMayPublishAlone: settings.reportersMayPublishAlone })
    .from(settings)
    .for('share')
  return row ?? bySettingNothing
}

export async function keepSettings(tx: Transaction, actor: Actor, kept: Settings, now: Date) {
  const row = { ...kept, changedAt: now, changedById: actor.id, changedByName: actor.name }
  await tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.onlyOne, set: row })
}
