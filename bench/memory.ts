import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@/server/database/free-port'
import { megabytes, whole } from './figures'
import { makeDatabase, startDatabase, startNewspaper, startProgram, untilQuiet, type Running } from './newspaper'
import { readAnswer, storyPaths } from './reader'
import { say, type Findings } from './report'
import { prepareStories } from './stories'
import { temporaryFolder } from './tidy'

/** Stories whose pages are remembered, to see what one of them takes. */
const STORIES = 1000

/** Distinct addresses, most of them never to be asked for again: half of pages, half of what is not there. */
const ADDRESSES = 100_000

/** The bound in the second part. Megabytes. */
const PAGE_MEMORY_MB = 32

const READERS = 16

/** What a remembered page takes, and that however many addresses are asked for, memory stays within its bound. */
export async function benchMemory(): Promise<Findings> {
  say('Memory: pages of real stories')
  const databaseUrl = await makeDatabase(await startDatabase(), 'memory')
  await prepareStories(databaseUrl, STORIES)
  const newspaper = await startNewspaper({ databaseUrl })
  await untilQuiet(newspaper)
  const paths = await storyPaths(newspaper)
  await askAll(paths.length, (at) => newspaper.origin + (paths[at] ?? '/'))
  const real = await remembered(newspaper)
  const document = (await readAnswer(newspaper.origin + (paths[0] ?? '/'), { 'accept-encoding': 'identity' })).body
  await newspaper.stop()

  say(`Memory: ${whole(ADDRESSES)} addresses`)
  const flooded = await startFlooded(document)
  const before = await remembered(flooded)
  let most = before
  await askAll(
    ADDRESSES,
    (at) => `${flooded.origin}/${at % 2 === 0 ? 'page' : 'nothing'}-${at}/x`,
    async () => {
      const now = await remembered(flooded)
      if (now.resident > most.resident) most = now
    },
  )
  const after = await remembered(flooded)
  const perPage = real.bytes / (real.pages + real.strays)
  const bound = PAGE_MEMORY_MB * 1024 * 1024
  return {
    figures: { perPage, real, before, most, after, bound, addresses: ADDRESSES, holds: after.bytes <= bound },
    tables: [
      {
        title: 'Memory of remembered pages',
        head: ['what', 'pages', 'remembered', 'process', 'per page'],
        rows: [
          row('pages of real stories and lists', real),
          row('at the start of the flood', before),
          row(`after ${whole(ADDRESSES)} distinct addresses`, after),
          row('when the process was largest', most),
        ],
        notes: [
          `A remembered page takes ${whole(perPage)} bytes: brotli, gzip and 2 KB for headers and names.`,
          `The bound in the flood is ${PAGE_MEMORY_MB} MB, and it ${after.bytes <= bound ? 'holds' : 'DOES NOT HOLD'}; half of the addresses are not-found pages, which have a quarter of the room.`,
          'The flood is rendered by a stand-in that gives a real story’s document, different at every address.',
        ],
      },
    ],
  }
}

type Remembered = { pages: number; strays: number; bytes: number; resident: number }

const row = (what: string, { pages, strays, bytes, resident }: Remembered) => [
  what,
  whole(pages + strays),
  megabytes(bytes),
  megabytes(resident),
  pages + strays === 0 ? '–' : `${whole(bytes / (pages + strays))} bytes`,
]

async function startFlooded(document: Buffer): Promise<Running> {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'document.html')
  await writeFile(file, document)
  const port = await freePort()
  return startProgram([
    '--import',
    'tsx',
    'bench/memory-newspaper.ts',
    String(port),
    folder,
    String(PAGE_MEMORY_MB),
    file,
  ])
}

async function askAll(count: number, urlOf: (at: number) => string, everyThousand = async () => undefined as unknown) {
  let next = 0
  const ask = async () => {
    for (let at = next++; at < count; at = next++) {
      await readAnswer(urlOf(at))
      if (at % 1000 === 999) await everyThousand()
    }
  }
  await Promise.all(Array.from({ length: READERS }, ask))
}

async function remembered({ origin }: Running): Promise<Remembered> {
  const text = (await readAnswer(`${origin}/metrics`, { 'accept-encoding': 'identity' })).body.toString()
  const gauge = (name: string) => Number(new RegExp(`^broadsheet_${name} (\\d+)`, 'mu').exec(text)?.[1] ?? 0)
  return {
    pages: gauge('remembered_pages'),
    strays: gauge('remembered_strays'),
    bytes: gauge('remembered_bytes'),
    resident: gauge('resident_bytes'),
  }
}
