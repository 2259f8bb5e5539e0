import { setTimeout as pause } from 'node:timers/promises'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { publishNewHeadline } from '@/domain/story/publishing'
import { seedActor } from '@/domain/user/user'
import { milliseconds, quantile } from './support/figures'
import { createDatabase, startDatabase, startServer, untilIdle, type Running } from './support/servers'
import { fetchPage } from './support/reader'
import { progress, type Findings } from './support/report'
import { onDatabase, prepareStories } from './support/stories'

const STORIES = 1000
const CHANGES = 100

/** Between two changes, so that each finds a server that has rendered again what the last one invalidated. Milliseconds. */
const PAUSE = 500

/** Readers who do not pause would take the servers' cores on a small machine. Milliseconds. */
const POLL_INTERVAL = 5

/** How long old bytes are looked for after the new ones. Milliseconds. */
const KEEP_POLLING_FOR = 100

const BUCKETS = [10, 20, 50, 100, 200, 500, 1000, Infinity]

/**
 * From the commit of a headline to the front page of two servers on one Postgres, as a polling reader sees it. The change is made by an operation in
 * this process, so both servers are notified only by the database.
 */
export async function benchFreshness(): Promise<Findings> {
  progress('Fresh: starting two servers on one Postgres')
  const databaseUrl = await createDatabase(await startDatabase(), 'fresh')
  await prepareStories(databaseUrl, STORIES)
  const servers = [await startServer(databaseUrl), await startServer(databaseUrl)]
  for (const server of servers) await untilIdle(server)
  const times: number[][] = servers.map(() => [])
  let oldAfterNew = 0
  await onDatabase(databaseUrl, async () => {
    const [section] = await listSections(database())
    for (let change = 1; change <= CHANGES; change += 1) {
      const headline = `Tin parliament is lent to Mumbleby, change ${change} of ${Date.now()}`
      const outcome = await publishNewHeadline(seedActor, { headline, sectionId: section?.id })
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
      const committed = performance.now()
      const seen = await Promise.all(servers.map((server) => untilShown(server, headline, committed)))
      for (const [at, { after, old }] of seen.entries()) {
        times[at]?.push(after)
        oldAfterNew += old
      }
      await pause(PAUSE)
    }
  })
  const all = times.flat()
  const rows = [...times.map((times, at) => [`server ${at + 1}`, times] as const), ['both', all] as const].map(
    ([name, times]) => [
      name,
      String(times.length),
      ...[0.5, 0.95, 0.99, 1].map((part) => milliseconds(quantile(times, part))),
    ],
  )
  return {
    tables: [
      {
        title: 'From commit to the new bytes on the front page, two servers on one Postgres',
        head: ['server', 'changes', 'p50', 'p95', 'p99', 'longest'],
        rows,
        notes: [`Old bytes seen after the new ones: ${oldAfterNew}.`],
      },
      {
        title: 'The same as a histogram',
        head: ['up to', 'responses'],
        rows: BUCKETS.map((bound, at) => [
          bound === Infinity ? 'more' : `${bound} ms`,
          String(all.filter((time) => time <= bound && time > (BUCKETS[at - 1] ?? 0)).length),
        ]),
        notes: [],
      },
    ],
    figures: { took: times, oldAfterNew },
  }
}

/** Polls until the headline appears, and a little longer to see that it stays. */
async function untilShown(
  { origin }: Running,
  headline: string,
  since: number,
): Promise<{ after: number; old: number }> {
  const shows = async () =>
    (await fetchPage(`${origin}/`, { 'accept-encoding': 'identity' })).body.toString().includes(headline)
  while (!(await shows())) {
    if (performance.now() - since > 10_000) throw new Error(`${headline}: not shown within 10 s.`)
    await pause(POLL_INTERVAL)
  }
  const after = performance.now() - since
  let old = 0
  while (performance.now() - since < after + KEEP_POLLING_FOR) if (!(await shows())) old += 1
  return { after, old }
}
