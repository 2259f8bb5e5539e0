import { median, milliseconds, quantile, ratio } from './support/figures'
import { createDatabase, startDatabase, startServer, startPlainNext, untilIdle, type Running } from './support/servers'
import { fetchPage, storyPaths } from './support/reader'
import { progress, type Findings } from './support/report'
import { prepareStories } from './support/stories'

const STORIES = 2000

/** Of each kind, each requested for the first time. */
const ADDRESSES = 150
const WARM_UP = 20

/**
 * Cache misses: no address was requested before, so ours has to render and compress it, as plain Next has to render it.
 * One reader requests the same address from both servers, alternately from one first.
 */
export async function benchCold(): Promise<Findings> {
  progress('Cold: starting')
  const databaseUrl = await createDatabase(await startDatabase(), 'cold')
  await prepareStories(databaseUrl, STORIES)
  const ours = await startServer(databaseUrl)
  const next = await startPlainNext(databaseUrl, ours.origin)
  await untilIdle(ours)
  const stories = await storyPaths(next)
  // Each cursor, to the microsecond, is an address of its own with the same stories.
  const lists = Array.from(
    { length: ADDRESSES + WARM_UP },
    (_, at) => `/latest?before=20360101000000${String(at).padStart(6, '0')}-1`,
  )
  const searches = Array.from({ length: ADDRESSES + WARM_UP }, (_, at) => `/search?q=spoons+edition+${at + 1}`)
  // The newest stories are rendered by the cache warmer.
  const kinds = { 'a story': stories.slice(-(ADDRESSES + WARM_UP)), 'a list of stories': lists, 'a search': searches }
  const found = []
  for (const [name, addresses] of Object.entries(kinds)) {
    progress(`Cold: ${name}`)
    found.push({ name, ...(await race(addresses, ours, next)) })
  }
  const table = {
    title: 'Cold pages: a cache miss',
    head: ['page', 'ours', 'plain Next', 'ours / Next', 'p95 ours', 'p95 Next'],
    rows: found.map(({ name, ours, next }) => [
      name,
      milliseconds(median(ours)),
      milliseconds(median(next)),
      ratio(median(ours) / median(next)),
      milliseconds(quantile(ours, 0.95)),
      milliseconds(quantile(next, 0.95)),
    ]),
    notes: [
      `Medians over ${ADDRESSES} addresses, each requested for the first time, from both servers alternately; one reader, until the last byte.`,
    ],
  }
  const figures = found.map(({ name, ours, next }) => ({
    name,
    ours: median(ours),
    next: median(next),
    ratio: median(ours) / median(next),
  }))
  return { tables: [table], figures }
}

async function race(addresses: string[], ours: Running, next: Running) {
  const times: { ours: number[]; next: number[] } = { ours: [], next: [] }
  const request = {
    ours: async (path: string) => coldRequest(ours, path),
    next: async (path: string) => (await fetchPage(next.origin + path)).took,
  }
  for (const [at, path] of addresses.entries()) {
    for (const who of at % 2 === 0 ? (['ours', 'next'] as const) : (['next', 'ours'] as const)) {
      const milliseconds = await request[who](path)
      if (at >= WARM_UP) times[who].push(milliseconds)
    }
  }
  return times
}

async function coldRequest({ origin }: Running, path: string): Promise<number> {
  const { took, headers, status } = await fetchPage(origin + path)
  if (status !== 200 || !headers['cache-status']?.includes('fwd=uri-miss'))
    throw new Error(`${path} was not cold: ${status}, ${String(headers['cache-status'])}`)
  return took
}
