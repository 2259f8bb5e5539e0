import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { settings } from '@/db/schema/settings'
import type { Actor } from '../user/user'
import { settingsFrom, type SettingName, type Settings, type SettingValue } from './settings'

export async function findSettings(db: Database | Transaction): Promise<Settings> {
  const [row] = await db.select({ values: settings.values }).from(settings)
  return settingsFrom(row?.values ?? {})
}

/** Locked against changes until the transaction ends. */
export async function lockSettings(tx: Transaction): Promise<Settings> {
  const [row] = await tx.select({ values: settings.values }).from(settings).for('share')
  return settingsFrom(row?.values ?? {})
}

export async function saveSetting(tx: Transaction, actor: Actor, name: SettingName, value: SettingValue, now: Date) {
  const values = { [name]: value }
  const change = { changedAt: now, changedById: actor.id, changedByName: actor.name }
  await tx
    .insert(settings)
    .values({ ...change, values })
    .onConflictDoUpdate({
      target: settings.onlyOne,
      set: { ...change, values: sql`${settings.values} || ${JSON.stringify(values)}::jsonb` },
    })
}
