import type { Sql } from 'postgres'
import { subscribe, type Subscription } from '@/db/subscription'
import type { NewsroomEvent } from '@/domain/history/event'
import { withdrawalsIn, withdrawalTypes, type Withdrawal } from '@/domain/history/withdrawal'
import { readNotice, type Notice } from './notice'

/** Rows of history may be committed out of order; so many before the last seen id are read again. */
const OUT_OF_ORDER_WINDOW = 100

/** What was withdrawn while not connected, and the last id of history. Everything else is revalidated anyway. */
export type CatchUp = { withdrawn: Withdrawal[]; history: number }

export type NoticeHandlers = {
  /** The last id of history that the stored pages include; 0: there are none. */
  lastSeenId: () => number
  onNotice: (notice: Notice) => void
  onConnected: (changes: CatchUp) => void
  onDisconnected: (reason: string) => void
}

/** Receives which pages become stale, for as long as the server runs. */
export function subscribeToNotices(databaseUrl: string, handlers: NoticeHandlers): Subscription {
  return subscribe({
    databaseUrl,
    channel: 'invalidation',
    applicationName: 'broadsheet-invalidation',
    heartbeat: { every: 1000, within: 1500 },
    connectTimeout: { first: 5000, least: 1000 },
    reconnectDelay: { first: 50, last: 250 },
    onNotification: (payload) => handlers.onNotice(readNotice(payload)),
    catchUp: (sql) => catchUp(sql, handlers.lastSeenId),
    onConnected: handlers.onConnected,
    onDisconnected: handlers.onDisconnected,
  })
}

async function catchUp(sql: Sql, lastSeenId: NoticeHandlers['lastSeenId']): Promise<CatchUp> {
  const [last] = await sql<{ id: string | null }[]>`select max(id) as id from history`
  const lastSeen = lastSeenId()
  const changes =
    lastSeen === 0
      ? []
      : await sql<{ event: NewsroomEvent }[]>`
          select event from history where id > ${lastSeen - OUT_OF_ORDER_WINDOW} and event->>'type' in ${sql(withdrawalTypes)} order by id`
  return { withdrawn: withdrawalsIn(changes.map(({ event }) => event)), history: Number(last?.id ?? 0) }
}
