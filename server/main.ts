import process from 'node:process'
import { pino } from 'pino'
import { holdDataFolder, keptSecret } from './data-folder'
import { openDatabase } from './database/open'
import { createFrontDoor } from './front-door/front-door'
import { firstAdmin } from './first-admin'
import { listen } from './listen'
import { startRenderer } from './renderer'
import { readSettings } from './settings'
import { Sorry } from './sorry'

const dev = process.argv.includes('--dev')

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
  const log = pino({ level: settings.LOG_LEVEL })
  endings.push(await holdDataFolder(settings.DATA_DIR))
  const door = await listen.reserve(settings.PORT, settings.HOST)
  endings.push(door.close)

  const database = await timed(
    () => openDatabase(settings, (line) => log.warn(line)),
    ({ what }) => what,
  )
  endings.push(database.stop)
  process.env.DATABASE_URL = database.url
  const { migrateDatabase } = await import('@/db/migrating')
  await timed(
    () => migrateDatabase(database.url),
    ({ applied }) => (applied === 0 ? 'Checked the tables' : 'Migrated the database'),
  )
  const { seedIfEmpty } = await import('@/db/seed')
  await timed(seedIfEmpty, (seeding) => (seeding === 'seeded' ? 'Seeded the first edition' : 'Found the stories'))
  const setupPath = await firstAdmin(settings)

  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: settings.DATA_DIR,
    SITE_URL: settings.siteUrl.origin,
    SITE_NAME: settings.SITE_NAME,
    NEWSROOM_TIME_ZONE: settings.NEWSROOM_TIME_ZONE,
    SESSION_SECRET: await keptSecret(settings.DATA_DIR, 'session-secret'),
  }
  const renderer = await timed(
    () =>
      startRenderer({
        dev,
        env: { ...env, NEXTAUTH_SECRET: env.SESSION_SECRET, NEXTAUTH_URL: env.SITE_URL },
        said: (line) => (dev ? say(line) : log.warn(line)),
      }),
    () => 'Started the renderer',
  )
  endings.push(renderer.stop)

  const frontDoor = createFrontDoor({
    siteUrl: settings.siteUrl,
    renderer,
    databaseUrl: database.url,
    dataDir: settings.DATA_DIR,
    trustProxy: settings.TRUST_PROXY,
    dev,
    log,
  })
  endings.push(frontDoor.drain)
  await door.handOver(frontDoor.server)
  await frontDoor.warm()

  say(`The portal is at ${settings.siteUrl.origin}`)
  say(`The newsroom is at ${settings.siteUrl.origin}/admin`)
  if (setupPath) say(`Create the first admin at ${settings.siteUrl.origin}${setupPath} (this link works once)`)
}

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
