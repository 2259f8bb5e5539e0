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
import type { Pictures } from '../pictures/pictures'
import { readSettings, type Settings } from '../settings'
import { OperatorError } from '../operator-error'

const dev = process.argv.includes('--dev')

/** Milliseconds. */
const DATABASE_RETRY_INTERVAL = 1000

const MEGABYTE = 1024 * 1024

const writeLine = (sentence: string) => void process.stdout.write(`${sentence}\n`)

/** Runs `work` and writes how long it took. */
async function timed<Value>(work: () => Promise<Value>, done: (value: Value) => string): Promise<Value> {
  const startedAt = performance.now()
  const value = await work()
  writeLine(`${done(value)} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
  return value
}

/** Run in reverse order: the database stops last. */
const shutdownHooks: (() => Promise<unknown>)[] = []

async function start() {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.LOG_LEVEL }, destination({ dest: 1, sync: false }))
  shutdownHooks.push(await lockDataDir(settings.DATA_DIR))
  const secret = settings.SESSION_SECRET ?? (await readOrCreateSecret(settings.DATA_DIR, 'session-secret'))
  const started: { database?: Promise<OpenDatabase>; pictures?: Pictures } = {}
  const renderer = new SupervisedRenderer({
    dev,
    env: () => rendererEnvironment(settings, secret),
    log: (line, isWarning) => (dev ? writeLine(line) : isWarning ? log.warn(line) : log.debug(line)),
    maxMemory: settings.RENDERER_MEMORY_MB * MEGABYTE,
  })
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
  const stopPictures = async () => started.pictures?.stop()
  shutdownHooks.push(stopDatabase, stopPictures, renderer.stop, frontDoor.drain)

  const tryOpen = () => (started.database = openDatabase(settings, (line) => log.warn(line)))
  const database = await connectToDatabase(tryOpen, frontDoor, listen)
  const setupPath = await prepareDatabase(settings, database)
  await frontDoor.pageCache.subscribe((handlers) => subscribeToNotices(database.url, handlers))
  started.pictures = await startPictures(settings, secret, frontDoor, (line) => log.warn(line))
  await timed(renderer.start, () => 'Started the renderer')
  if (!dev)
    await timed(
      () => frontDoor.pageCache.warm(),
      () => 'Rendered the front page',
    )
  await listen()
  const { countOverdue, settleDue } = await import('@/domain/story/settling')
  const { database: db } = await import('@/db/client')
  const { recordPendingHistory } = await import('@/domain/collaboration/sync/pending-history-store')
  const settleAndRecord = async () => (await settleDue()) + (await recordPendingHistory())
  const clock = startClock(settleAndRecord, (line) => log.warn(line), schedule)
  const { indexSome } = await import('@/domain/search/indexing')
  const indexer = startClock(withPauses(indexSome), (line) => log.warn(`Indexing for search. ${line}`))
  const monitor = monitorSchedule(schedule, () => countOverdue(db()))
  shutdownHooks.push(clock.stop, indexer.stop, monitor.stop)

  writeLine(`The portal is at ${settings.siteUrl.origin}`)
  writeLine(`The newsroom is at ${settings.siteUrl.origin}/admin`)
  if (setupPath) writeLine(`Create the first admin at ${settings.siteUrl.origin}${setupPath} (this link works once)`)
}

async function startPictures(settings: Settings, secret: string, frontDoor: FrontDoor, log: (line: string) => void) {
  const { createPictures } = await import('../pictures/start-pictures')
  const { DATA_DIR: dataDir, siteUrl } = settings
  const isConnected = () => frontDoor.pageCache.isConnected
  const pictures = createPictures({ dataDir, siteUrl, secret, isConnected, maxBytes: frontDoor.pictureBytes, log })
  frontDoor.usePictures(pictures)
  await pictures
    .start()
    .catch((error: unknown) => log(`Uploads of the last run could not be taken up: ${String(error)}`))
  return pictures
}

/** The work, and then a pause as long as it took: what is left of the process is the readers'. */
function withPauses(work: () => Promise<number>): () => Promise<number> {
  return async () => {
    const startedAt = performance.now()
    const done = await work()
    if (done > 0) await pause(Math.min(performance.now() - startedAt, DATABASE_RETRY_INTERVAL))
    return done
  }
}

/** Opens the database; while it is unavailable, readers get the pages of the last run's snapshot, if there is one. */
async function connectToDatabase(
  tryOpen: () => Promise<OpenDatabase>,
  frontDoor: FrontDoor,
  listen: () => Promise<void>,
): Promise<OpenDatabase> {
  const savedPages = await frontDoor.pageCache.restore()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await timed(tryOpen, ({ summary }) => summary)
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable) || savedPages === 0) throw error
      await listen()
      if (attempt === 1) writeLine(`${error.message}\nServing the ${savedPages} cached pages until it does.`)
      await pause(DATABASE_RETRY_INTERVAL)
    }
  }
}

/**
 * Migrates the database, seeds it if it is empty, and makes sure that an admin can sign in.
 * @returns the path of the setup link; null when there is an admin
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
    SITE_LANGUAGE: settings.SITE_LANGUAGE,
    NEWSROOM_TIME_ZONE: settings.NEWSROOM_TIME_ZONE,
    SESSION_SECRET: secret,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: settings.siteUrl.origin,
  }
}

// The reader of our output may exit first.
process.stdout.on('error', () => undefined)

let shuttingDown: Promise<void> | undefined

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
