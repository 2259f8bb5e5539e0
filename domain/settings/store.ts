import type { Database, Transaction } from '@/db/client'
import { settings } from '@/db/schema/settings'
import type { Actor } from '../user/user'
import { defaultSettings, type Settings } from './settings'

export async function findSettings(db: Database | Transaction): Promise<Settings> {
  const [row] = await db.select({ reportersMayPublishAlone: settings.reportersMayPublishAlone }).from(settings)
  return row ?? defaultSettings
}

/** The settings, as they stay until the transaction ends: whoever acts by them acts before the next change or after it. */
export async function lockSettings(tx: Transaction): Promise<Settings> {
  const [row] = await tx
    .select({ reportersMayPublishAlone: settings.reportersMayPublishAlone })
    .from(settings)
    .for('share')
  return row ?? defaultSettings
}

export async function saveSettings(tx: Transaction, actor: Actor, changed: Settings, now: Date) {
  const row = { ...changed, changedAt: now, changedById: actor.id, changedByName: actor.name }
  await tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.onlyOne, set: row })
}
