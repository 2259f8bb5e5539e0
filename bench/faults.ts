import { mkdir } from 'node:fs/promises'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedDatabase } from '@/server/database/embedded'
import { startTcpProxy, type TcpProxy } from '@/server/database/tcp-proxy.test-support'
import { milliseconds, quantile, seconds as inSeconds, whole } from './support/figures'
import { createDatabase, startServer, untilIdle, type Running } from './support/servers'
import { childrenOf, postmasterOf } from './support/process'
import { fetchPage, storyPaths } from './support/reader'
import { ReaderLoad } from './support/reader-load'
import { progress, type Findings } from './support/report'
import { prepareStories } from './support/stories'
import { onCleanup, temporaryFolder } from './support/cleanup'

/** Longer faults are measured in parallel, with readers who pause between requests. Seconds. */
const LONG_FAULT = 60

/** A server with a Postgres of its own behind a proxy. */
type Site = {
  server: Running
  proxy: TcpProxy
  folder: string
  /** Null while it is stopped. */
  postgres: { url: string; stop: () => Promise<void> } | null
}
type Fault = { name: string; start: (site: Site) => unknown; end?: (site: Site) => unknown }

const faults: Fault[] = [
  {
    name: 'kill -9 of the renderer',
    start: ({ server }) => signalAll(childrenOf(server.pid, /next-server|standalone/u), 'SIGKILL'),
  },
  { name: 'kill -9 of Postgres', start: ({ folder }) => signalAll([postmasterOf(folder)], 'SIGKILL') },
  {
    name: 'Postgres stopped',
    start: async (site) => {
      await site.postgres?.stop()
      site.postgres = null
    },
    end: async (site) => {
      site.postgres = await startEmbeddedDatabase(site.folder)
      site.proxy.retarget(site.postgres.url)
    },
  },
  {
    name: 'Postgres frozen (SIGSTOP)',
    start: ({ folder }) => signalAll(allOfPostgres(folder), 'SIGSTOP'),
    end: ({ folder }) => signalAll(allOfPostgres(folder), 'SIGCONT'),
  },
  {
    name: 'a black hole before Postgres',
    start: ({ proxy }) => proxy.blackhole(),
    end: ({ proxy }) => proxy.restore(),
  },
]

/** What readers get of cached pages and of an uncached one while something is killed, stopped, frozen or cut off. */
export async function benchFaults({ seconds }: { seconds: number }): Promise<Findings> {
  const duration = seconds * 1000
  const isLong = seconds > LONG_FAULT
  const found = []
  // Operations use the one database of their process, so sites are prepared one after the other.
  if (isLong) {
    const sites = []
    for (const fault of faults) sites.push({ fault, site: await startSite(fault) })
    found.push(...(await Promise.all(sites.map(({ fault, site }) => measureFault(fault, site, duration, isLong)))))
  } else for (const fault of faults) found.push(await measureFault(fault, await startSite(fault), duration, isLong))
  return {
    figures: { seconds, found },
    tables: [
      {
        title: 'Faults under load',
        head: [
          'fault',
          'lasts',
          'responses',
          'errors',
          'stale',
          'longest',
          'per second before',
          'and during',
          'uncached: 503',
          'without Retry-After',
          'back to normal',
        ],
        rows: found.map((one) => [
          one.name,
          one.lasts === null ? 'a moment' : `${one.lasts / 1000} s`,
          whole(one.responses),
          whole(one.errors),
          whole(one.stale),
          milliseconds(one.longest),
          whole(one.before),
          whole(one.during),
          one.refusals === 0 ? 'none' : `${one.refusals}, the slowest in ${milliseconds(one.slowest)}`,
          whole(one.withoutRetryAfter),
          inSeconds(one.recovery),
        ]),
        notes: [
          isLong
            ? 'In parallel, each on a server of its own; readers pause 100 ms between requests.'
            : 'One after the other; readers do not pause.',
          '“Uncached”: one more reader requests an address for the first time.',
          '“Back to normal”: from the end of the fault (for a kill: from the kill) until such a request returns 200 and every cached page is a fresh hit again.',
        ],
      },
    ],
  }
}

async function measureFault({ name, start, end }: Fault, site: Site, duration: number, isLong: boolean) {
  const { server } = site
  const hot = ['/', '/latest', '/feed.xml', ...(await storyPaths(server, 1)).slice(0, 10)]
  for (const path of hot) await fetchPage(server.origin + path)
  const readers = new ReaderLoad(server.origin, hot, isLong ? 100 : 0)
  const before = await readers.rate(2000)
  const uncached = new UncachedProbe(server)
  let ended = performance.now()
  await start(site)
  const probing = end ? uncached.requestUntil(performance.now() + duration) : undefined
  const during = await readers.rate(end ? duration : 1500)
  await probing
  if (end) {
    await end(site)
    ended = performance.now()
  }
  await uncached.requestUntilOk()
  for (const path of hot)
    while ((await fetchPage(server.origin + path)).headers['cache-status'] !== 'Broadsheet; hit') await pause(20)
  const recovery = performance.now() - ended
  const seen = await readers.stop()
  await server.stop()
  await site.postgres?.stop()
  return { name, lasts: end ? duration : null, ...seen, before, during, ...uncached.results(), recovery }
}

async function startSite({ name }: Fault): Promise<Site> {
  progress(`Faults: ${name}`)
  const folder = await temporaryFolder()
  await mkdir(folder, { recursive: true })
  const postgres = await startEmbeddedDatabase(folder)
  const databaseUrl = await createDatabase(postgres, 'faults')
  await prepareStories(databaseUrl, 500)
  const proxy = await startTcpProxy(databaseUrl)
  const server = await startServer(proxy.url)
  await untilIdle(server)
  const site: Site = { server, proxy, folder, postgres }
  onCleanup(async () => site.postgres?.stop())
  onCleanup(() => proxy.close())
  return site
}

let addresses = 0

/** A reader who requests each address for the first time. */
class UncachedProbe {
  private readonly unavailable: number[] = []
  private withoutRetryAfter = 0
  constructor(private readonly server: Running) {}

  async requestUntil(until: number) {
    while (performance.now() < until) {
      await this.requestOnce()
      await pause(100)
    }
  }

  async requestUntilOk() {
    while ((await this.requestOnce()) !== 200) await pause(50)
  }

  results() {
    const slowest = quantile([0, ...this.unavailable], 1)
    return { refusals: this.unavailable.length, slowest, withoutRetryAfter: this.withoutRetryAfter }
  }

  private async requestOnce(): Promise<number> {
    addresses += 1
    const { status, headers, took } = await fetchPage(`${this.server.origin}/search?q=probe${addresses}`)
    if (status === 503) this.unavailable.push(took)
    if (status === 503 && headers['retry-after'] === undefined) this.withoutRetryAfter += 1
    return status
  }
}

const allOfPostgres = (folder: string) => [...childrenOf(postmasterOf(folder)), postmasterOf(folder)]

/** Ignores processes that have exited. */
function signalAll(pids: number[], signal: NodeJS.Signals) {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
}
