import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { destination, pino } from 'pino'
import { startClock } from './clock'
import { holdDataFolder, keepDatabaseAddress, keptSecret } from './data-folder'
import { openDatabase, DatabaseAway, type OpenDatabase } from './database/open'
import { firstAdmin } from './first-admin'
import { createFrontDoor, type FrontDoor } from './front-door/front-door'
import { listenForNotices } from './invalidation/listening'
import { listenOn, portIsFree } from './listen'
import { ScheduleSeen, watchSchedule } from './observing/schedule-watch'
import { SupervisedRenderer } from './renderer'
import { readSettings, type Settings } from './settings'
import { Sorry } from './sorry'

const dev = process.argv.includes('--dev')

/** With remembered pages at hand, a start asks for its database again and again. Milliseconds. */
const ASK_DATABASE_EVERY = 1000

const MEGABYTE = 1024 * 1024

const say = (sentence: string) => void process.stdout.write(`${sentence}\n`)

/** Does it, and says how long it took. */
async function timed<Value>(work: () => Promise<Value>, done: (value: Value) => string): Promise<Value> {
  const began = performance.now()
  const value = await work()
  say(`${done(value)} in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  return value
}

/** What was started, to be ended in the opposite order: the database last. */
const endings: (() => Promise<unknown>)[] = []

async function start() {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.LOG_LEVEL }, destination({ dest: 1, sync: false }))
  endings.push(await holdDataFolder(settings.DATA_DIR))
  const secret = settings.SESSION_SECRET ?? (await keptSecret(settings.DATA_DIR, 'session-secret'))
  const started: { database?: Promise<OpenDatabase> } = {}
  const renderer = new SupervisedRenderer(
    dev,
    () => rendererEnvironment(settings, secret),
    (line, loud) => (dev ? say(line) : loud ? log.warn(line) : log.debug(line)),
  )
  const schedule = new ScheduleSeen()
  const frontDoor = createFrontDoor({
    schedule,
    siteUrl: settings.siteUrl,
    port: settings.PORT,
    renderer,
    dataDir: settings.DATA_DIR,
    trustProxy: settings.TRUST_PROXY,
    metricsToken: settings.METRICS_TOKEN,
    pageMemory: settings.PAGE_MEMORY_MB * MEGABYTE,
    dev,
    log,
  })
  await portIsFree(settings.PORT, settings.HOST)
  const open = async () => {
    if (!frontDoor.server.listening) await listenOn(frontDoor.server, settings.PORT, settings.HOST)
  }
  const stopDatabase = async () => (await started.database?.catch(() => undefined))?.stop()
  endings.push(stopDatabase, renderer.stop, frontDoor.drain)

  const opening = () => (started.database = openDatabase(settings, (line) => log.warn(line)))
  const database = await reachDatabase(opening, frontDoor, open)
  const setupPath = await prepareDatabase(settings, database)
  await frontDoor.pages.hear((ears) => listenForNotices(database.url, ears))
  await timed(renderer.start, () => 'Started the renderer')
  if (!dev)
    await timed(
      () => frontDoor.pages.warm(),
      () => 'Printed the front page',
    )
  await open()
  const { countOverdue, settleWhatIsDue } = await import('@/domain/schedule/settling')
  const { database: ask } = await import('@/db/client')
  const { tellWhatWasWritten } = await import('@/domain/writing/telling')
  const tell = async () => (await settleWhatIsDue()) + (await tellWhatWasWritten())
  const clock = startClock(tell, (line) => log.warn(line), schedule)
  const watch = watchSchedule(schedule, () => countOverdue(ask()))
  endings.push(clock.stop, watch.stop)

  say(`The portal is at ${settings.siteUrl.origin}`)
  say(`The newsroom is at ${settings.siteUrl.origin}/admin`)
  if (setupPath) say(`Create the first admin at ${settings.siteUrl.origin}${setupPath} (this link works once)`)
}

/** The database; while it is away, readers get the pages that were kept from the last run, if there are any. */
async function reachDatabase(
  opening: () => Promise<OpenDatabase>,
  frontDoor: FrontDoor,
  open: () => Promise<void>,
): Promise<OpenDatabase> {
  const kept = await frontDoor.pages.recall()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await timed(opening, ({ what }) => what)
    } catch (error) {
      if (!(error instanceof DatabaseAway) || kept === 0) throw error
      await open()
      if (attempt === 1) say(`${error.message}\nServing the ${kept} remembered pages until it does.`)
      await pause(ASK_DATABASE_EVERY)
    }
  }
}

/**
 * Brings the database to this version's tables, seeds it if it is empty, and sees to it that somebody can sign in.
 * @returns the path of the setup link, or null when there is an admin
 */
async function prepareDatabase(settings: Settings, { url }: OpenDatabase): Promise<string | null> {
  process.env.DATABASE_URL = url
  await keepDatabaseAddress(settings.DATA_DIR, url)
  const { upgradeTables } = await import('./database/upgrading')
  await timed(
    () => upgradeTables(url, say),
    ({ applied }) => (applied === 0 ? 'Checked the tables' : 'Migrated the database'),
  )
  const { seedIfEmpty } = await import('@/db/seed')
  await timed(seedIfEmpty, (seeding) => (seeding === 'seeded' ? 'Seeded the first edition' : 'Found the stories'))
  return firstAdmin(settings)
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

let ending: Promise<void> | undefined

/** Ends everything that was started, last first. */
function end(): Promise<void> {
  ending ??= (async () => {
    for (const stop of endings.splice(0).reverse()) await stop().catch((error: unknown) => say(String(error)))
  })()
  return ending
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end().then(() => process.exit(0)))
}

start().catch(async (error: unknown) => {
  say(error instanceof Sorry ? error.message : String(error instanceof Error ? error.stack : error))
  await end()
  process.exit(1)
})
