import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { destination, pino } from 'pino'
import { startClock } from './clock'
import { lockDataDir, writeDatabaseUrl, readOrCreateSecret } from './data-dir'
import { openDatabase, DatabaseUnavailable, type OpenDatabase } from '../database/open'
import { ensureFirstAdmin } from './first-admin'
import { createFrontDoor, type FrontDoor } from '../front-door/front-door'
import { subscribeToNotices } from '../invalidation/subscriber'
import { listenOn, assertPortIsFree } from '../ports'
import { ScheduleHealth, monitorSchedule } from '../observability/schedule-health'
import { SupervisedRenderer } from './renderer'
import { readSettings, type Settings } from '../settings'
import { OperatorError } from '../operator-error'

const dev = process.argv.includes('--dev')

/** With remembered pages at hand, a start asks for its database again and again. Milliseconds. */
const DATABASE_RETRY_INTERVAL = 1000

const MEGABYTE = 1024 * 1024

const writeLine = (sentence: string) => void process.stdout.write(`${sentence}\n`)

/** Does it, and says how long it took. */
async function timed<Value>(work: () => Promise<Value>, done: (value: Value) => string): Promise<Value> {
  const startedAt = performance.now()
  const value = await work()
  writeLine(`${done(value)} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
  return value
}

/** What was started, to be ended in the opposite order: the database last. */
const shutdownHooks: (() => Promise<unknown>)[] = []

async function start() {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.LOG_LEVEL }, destination({ dest: 1, sync: false }))
  shutdownHooks.push(await lockDataDir(settings.DATA_DIR))
  const secret = settings.SESSION_SECRET ?? (await readOrCreateSecret(settings.DATA_DIR, 'session-secret'))
  const started: { database?: Promise<OpenDatabase> } = {}
  const renderer = new SupervisedRenderer(
    dev,
    () => rendererEnvironment(settings, secret),
    (line, isWarning) => (dev ? writeLine(line) : isWarning ? log.warn(line) : log.debug(line)),
  )
  const schedule = new ScheduleHealth()
  const frontDoor = createFrontDoor({
    schedule,
    siteUrl: settings.siteUrl,
    port: settings.PORT,
    renderer,
    dataDir: settings.DATA_DIR,
    trustProxy: settings.TRUST_PROXY,
    metricsToken: settings.METRICS_TOKEN,
    maxPageBytes: settings.PAGE_MEMORY_MB * MEGABYTE,
    dev,
    log,
  })
  await assertPortIsFree(settings.PORT, settings.HOST)
  const listen = async () => {
    if (!frontDoor.server.listening) await listenOn(frontDoor.server, settings.PORT, settings.HOST)
  }
  const stopDatabase = async () => (await started.database?.catch(() => undefined))?.stop()
  shutdownHooks.push(stopDatabase, renderer.stop, frontDoor.drain)

  const tryOpen = () => (started.database = openDatabase(settings, (line) => log.warn(line)))
  const database = await connectToDatabase(tryOpen, frontDoor, listen)
  const setupPath = await prepareDatabase(settings, database)
  await frontDoor.pageCache.subscribe((handlers) => subscribeToNotices(database.url, handlers))
  await timed(renderer.start, () => 'Started the renderer')
  if (!dev)
    await timed(
      () => frontDoor.pageCache.warm(),
      () => 'Printed the front page',
    )
  await listen()
  const { countOverdue, settleDue: settleWhatIsDue } = await import('@/domain/story/settling')
  const { database: db } = await import('@/db/client')
  const { recordPendingHistory: tellWhatWasWritten } = await import('@/domain/collaboration/sync/pending-history-store')
  const settleAndRecord = async () => (await settleWhatIsDue()) + (await tellWhatWasWritten())
  const clock = startClock(settleAndRecord, (line) => log.warn(line), schedule)
  const monitor = monitorSchedule(schedule, () => countOverdue(db()))
  shutdownHooks.push(clock.stop, monitor.stop)

  writeLine(`The portal is at ${settings.siteUrl.origin}`)
  writeLine(`The newsroom is at ${settings.siteUrl.origin}/admin`)
  if (setupPath) writeLine(`Create the first admin at ${settings.siteUrl.origin}${setupPath} (this link works once)`)
}

/** The database; while it is away, readers get the pages that were kept from the last run, if there are any. */
async function connectToDatabase(
  tryOpen: () => Promise<OpenDatabase>,
  frontDoor: FrontDoor,
  listen: () => Promise<void>,
): Promise<OpenDatabase> {
  const savedPages = await frontDoor.pageCache.restore()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await timed(tryOpen, ({ summary: what }) => what)
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable) || savedPages === 0) throw error
      await listen()
      if (attempt === 1) writeLine(`${error.message}\nServing the ${savedPages} remembered pages until it does.`)
      await pause(DATABASE_RETRY_INTERVAL)
    }
  }
}

/**
 * Brings the database to this version's tables, seeds it if it is empty, and sees to it that somebody can sign in.
 * @returns the path of the setup link, or null when there is an admin
 */
async function prepareDatabase(settings: Settings, { url }: OpenDatabase): Promise<string | null> {
  process.env.DATABASE_URL = url
  await writeDatabaseUrl(settings.DATA_DIR, url)
  const { upgradeTables } = await import('../database/upgrading')
  await timed(
    () => upgradeTables(url, writeLine),
    ({ applied }) => (applied === 0 ? 'Checked the tables' : 'Migrated the database'),
  )
  const { seedIfEmpty } = await import('@/domain/first-edition/seeding')
  await timed(seedIfEmpty, (seeded) => (seeded === 'seeded' ? 'Seeded the first edition' : 'Found the stories'))
  return ensureFirstAdmin(settings)
}

function rendererEnvironment(settings: Settings, secret: string): Record<string, string> {
  return {
    DATABASE_URL: process.env.DATABASE_URL ?? '',
    DATA_DIR: settings.DATA_DIR,
    SITE_URL: settings.siteUrl.origin,
    BUILD: dev ? '' : readFileSync('.next/standalone/.next/BUILD_ID', 'utf8').trim(),
    SITE_NAME: settings.SITE_NAME,
    NEWSROOM_TIME_ZONE: settings.NEWSROOM_TIME_ZONE,
    SESSION_SECRET: secret,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: settings.siteUrl.origin,
  }
}

// Whoever reads what we say may end before us, and need not take us along.
process.stdout.on('error', () => undefined)

let shuttingDown: Promise<void> | undefined

/** Ends everything that was started, last first. */
function shutdown(): Promise<void> {
  shuttingDown ??= (async () => {
    for (const stop of shutdownHooks.splice(0).reverse())
      await stop().catch((error: unknown) => writeLine(String(error)))
  })()
  return shuttingDown
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void shutdown().then(() => process.exit(0)))
}

start().catch(async (error: unknown) => {
  writeLine(error instanceof OperatorError ? error.message : String(error instanceof Error ? error.stack : error))
  await shutdown()
  process.exit(1)
})
