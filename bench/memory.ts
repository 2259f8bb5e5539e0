import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@/server/ports'
import { megabytes, whole } from './support/figures'
import { createDatabase, startDatabase, startServer, startProgram, untilIdle, type Running } from './support/servers'
import { fetchPage, storyPaths } from './support/reader'
import { progress, type Findings } from './support/report'
import { prepareStories } from './support/stories'
import { temporaryFolder } from './support/cleanup'

const STORIES = 1000

/** Half of them pages, half not found. */
const ADDRESSES = 100_000

/** The limit in the second part. Megabytes. */
const PAGE_MEMORY_MB = 32

const READERS = 16

/** The size of a cached page, and that the cache stays within its limit however many addresses are requested. */
export async function benchMemory(): Promise<Findings> {
  progress('Memory: pages of real stories')
  const databaseUrl = await createDatabase(await startDatabase(), 'memory')
  await prepareStories(databaseUrl, STORIES)
  const server = await startServer(databaseUrl)
  await untilIdle(server)
  const paths = await storyPaths(server)
  await requestAll(paths.length, (at) => server.origin + (paths[at] ?? '/'))
  const real = await readCacheMetrics(server)
  const document = (await fetchPage(server.origin + (paths[0] ?? '/'), { 'accept-encoding': 'identity' })).body
  await server.stop()

  progress(`Memory: ${whole(ADDRESSES)} addresses`)
  const standIn = await startStandInServer(document)
  const before = await readCacheMetrics(standIn)
  let most = before
  await requestAll(
    ADDRESSES,
    (at) => `${standIn.origin}/${at % 2 === 0 ? 'page' : 'nothing'}-${at}/x`,
    async () => {
      const now = await readCacheMetrics(standIn)
      if (now.resident > most.resident) most = now
    },
  )
  const after = await readCacheMetrics(standIn)
  const perPage = real.bytes / (real.pages + real.unbounded)
  const bound = PAGE_MEMORY_MB * 1024 * 1024
  return {
    figures: { perPage, real, before, most, after, bound, addresses: ADDRESSES, holds: after.bytes <= bound },
    tables: [
      {
        title: 'Memory of cached pages',
        head: ['what', 'pages', 'cached', 'process', 'per page'],
        rows: [
          row('pages of real stories and lists', real),
          row('at the start of the flood', before),
          row(`after ${whole(ADDRESSES)} distinct addresses`, after),
          row('when the process was largest', most),
        ],
        notes: [
          `A cached page takes ${whole(perPage)} bytes: brotli, gzip and 2 KB for headers and names.`,
          `The limit in the flood is ${PAGE_MEMORY_MB} MB, and it ${after.bytes <= bound ? 'holds' : 'DOES NOT HOLD'}; half of the addresses are not-found pages, which may use a quarter of it.`,
          'In the flood a stand-in for the renderer returns a real story’s document, different at every address.',
        ],
      },
    ],
  }
}

type CacheMetrics = { pages: number; unbounded: number; bytes: number; resident: number }

const row = (what: string, { pages, unbounded, bytes, resident }: CacheMetrics) => [
  what,
  whole(pages + unbounded),
  megabytes(bytes),
  megabytes(resident),
  pages + unbounded === 0 ? '–' : `${whole(bytes / (pages + unbounded))} bytes`,
]

async function startStandInServer(document: Buffer): Promise<Running> {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'document.html')
  await writeFile(file, document)
  const port = await freePort()
  return startProgram(['--import', 'tsx', 'bench/memory-server.ts', String(port), folder, String(PAGE_MEMORY_MB), file])
}

async function requestAll(
  count: number,
  urlOf: (at: number) => string,
  everyThousand = async () => undefined as unknown,
) {
  let next = 0
  const readInLoop = async () => {
    for (let at = next++; at < count; at = next++) {
      await fetchPage(urlOf(at))
      if (at % 1000 === 999) await everyThousand()
    }
  }
  await Promise.all(Array.from({ length: READERS }, readInLoop))
}

async function readCacheMetrics({ origin }: Running): Promise<CacheMetrics> {
  const text = (await fetchPage(`${origin}/metrics`, { 'accept-encoding': 'identity' })).body.toString()
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'mu').exec(text)?.[1] ?? 0)
  return {
    pages: gauge('broadsheet_cache_pages'),
    unbounded: gauge('broadsheet_cache_unbounded_pages'),
    bytes: gauge('broadsheet_cache_bytes'),
    resident: gauge('process_resident_memory_bytes'),
  }
}
