import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { connect } from '@/db/connecting'
import type { NewsroomEvent } from '@/domain/history/event'
import { withdrawalsIn, withdrawing, type Withdrawal } from '@/domain/history/withdrawal'
import { readNotice, type Notice } from './notice'

/** The database is asked this often whether it is still there, and must answer within this. Milliseconds. */
const HEARTBEAT = { every: 1000, within: 1500 }

/** How long it may take until we hear: the first time, and later so many times what it took last, but not less than the least. Milliseconds. */
const HEARS_WITHIN = { first: 5000, times: 4, least: 1000 }
const TRY_AGAIN_AFTER = { first: 50, last: 250 }

/** Lines of history may be committed a little out of their order; so many before the last one heard are looked at again. */
const OUT_OF_ORDER = 100

/** What happened while nobody listened, as far as it matters: whatever else changed, everything is stale anyway. */
export type Missed = { withdrawn: Withdrawal[]; history: number }

/** Who is told what is heard. */
export type Ears = {
  /** The last line of history that the remembered pages know of. */
  heardUpTo: () => number
  onNotice: (notice: Notice) => void
  onHearing: (missed: Missed) => void
  onDeaf: (why: string) => void
}

export type Listening = { stop: () => Promise<void> }

/**
 * Listens to what the newsroom changes, on a connection of its own, for as long as the server lives. (`sql.listen` of postgres.js gives up
 * silently when it cannot reconnect at once.) A connection that is lost or does not answer is replaced, and the listener is told both times.
 */
export function listenForNotices(databaseUrl: string, ears: Ears): Listening {
  const stopping = new AbortController()
  const listening = keepListening(databaseUrl, ears, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await listening
    },
  }
}

async function keepListening(databaseUrl: string, ears: Ears, stopping: AbortSignal) {
  let wait = TRY_AGAIN_AFTER.first
  let hearsWithin = HEARS_WITHIN.first
  while (!stopping.aborted) {
    const line = openLine(databaseUrl, ears)
    try {
      const began = performance.now()
      const missed = await within(hearsWithin, Promise.race([missedBefore(line, ears), line.lost]))
      hearsWithin = Math.max(HEARS_WITHIN.least, HEARS_WITHIN.times * (performance.now() - began))
      ears.onHearing(missed)
      wait = TRY_AGAIN_AFTER.first
      await Promise.race([heartbeat(line.sql, stopping), line.lost])
    } catch (error) {
      if (!stopping.aborted) ears.onDeaf(error instanceof Error ? error.message : String(error))
    }
    // Not waited for: a database that hangs would not let go of the line.
    void line.sql.end({ timeout: 0 }).catch(() => undefined)
    await pause(wait, undefined, { signal: stopping }).catch(() => undefined)
    wait = Math.min(wait * 2, TRY_AGAIN_AFTER.last)
  }
}

type Line = { sql: Sql; lost: Promise<never>; echo: { word: string; heard: Promise<void> } }

function openLine(databaseUrl: string, ears: Ears): Line {
  const word = randomUUID()
  let lose: (why: Error) => void
  let hearEcho: () => void
  const lost = new Promise<never>((_resolve, reject) => (lose = reject))
  lost.catch(() => undefined)
  const heard = new Promise<void>((resolve) => (hearEcho = resolve))
  // An option of the package that its types leave out.
  const notified = {
    onnotify: (channel: string, payload: string) => {
      if (channel === word) hearEcho()
      else ears.onNotice(readNotice(payload))
    },
  }
  const sql = connect(databaseUrl, {
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    prepare: false,
    onclose: () => lose(new Error('The connection was closed.')),
    connection: { application_name: 'broadsheet-listening', statement_timeout: 5000 },
    ...notified,
  })
  return { sql, lost, echo: { word, heard } }
}

/** Begins to listen, proves by an echo that it hears (through some poolers nobody would), and asks what it missed. */
async function missedBefore({ sql, echo }: Line, { heardUpTo }: Ears): Promise<Missed> {
  await sql`listen stale`
  await sql`listen ${sql(echo.word)}`
  await sql`select pg_notify(${echo.word}, 'echo')`
  await within(
    1000,
    echo.heard,
    'Notices do not come through: DATABASE_URL must lead to Postgres itself, or to a pooler in session mode.',
  )
  const [last] = await sql<{ id: string | null }[]>`select max(id) as id from history`
  const since = heardUpTo()
  const missed =
    since === 0
      ? []
      : await sql<{ event: NewsroomEvent }[]>`
          select event from history where id > ${since - OUT_OF_ORDER} and event->>'type' in ${sql(withdrawing)} order by id`
  return { withdrawn: withdrawalsIn(missed.map(({ event }) => event)), history: Number(last?.id ?? 0) }
}

async function heartbeat(sql: Sql, stopping: AbortSignal): Promise<never> {
  for (;;) {
    await pause(HEARTBEAT.every, undefined, { signal: stopping })
    await within(HEARTBEAT.within, sql`select 1`)
  }
}

/** @throws Error when it takes longer than `milliseconds` */
async function within<Value>(
  milliseconds: number,
  work: PromiseLike<Value>,
  why = 'The database does not answer.',
): Promise<Value> {
  let late: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    // An answer that came while this process was busy is read first.
    late = setTimeout(() => setImmediate(() => reject(new Error(why))), milliseconds)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(late)
  }
}
