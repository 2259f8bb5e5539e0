import process from 'node:process'
import { makePage } from '@/server/page-cache/page'
import { PageMemory } from '@/server/page-cache/page-memory'
import { megabytes, whole } from './figures'
import { makeDatabase, startDatabase, startNewspaper, untilQuiet, type Running } from './newspaper'
import { readAnswer, storyPaths } from './reader'
import { say, type Findings } from './report'
import { prepareStories } from './stories'

const STORIES = 2000
const MADE_UP = 100_000
const ROOM = 64 * 1024 * 1024

/** What a remembered page takes, and whether the bound holds when a hundred thousand addresses are asked for. */
export async function benchMemory(): Promise<Findings> {
  say('Memory: starting')
  const databaseUrl = await makeDatabase(await startDatabase(), 'memory')
  await prepareStories(databaseUrl, STORIES)
  const ours = await startNewspaper({ databaseUrl })
  await untilQuiet(ours)
  const before = await gaugesOf(ours)
  say('Memory: reading stories')
  const paths = await storyPaths(ours)
  for (const path of paths) await readAnswer(ours.origin + path)
  const after = await gaugesOf(ours)
  const pages = after.pages - before.pages
  say('Memory: a hundred thousand addresses')
  const bound = await fillMemory(
    (await readAnswer(ours.origin + (paths[0] ?? '/'), { 'accept-encoding': 'identity' })).body,
  )
  return {
    tables: [
      {
        title: 'Memory of remembered pages',
        head: ['what', 'value'],
        rows: [
          ['story pages read', whole(pages)],
          ['counted for each (brotli, gzip, headers)', `${whole((after.bytes - before.bytes) / pages)} bytes`],
          ['resident memory for each', `${whole((after.resident - before.resident) / pages)} bytes`],
          ['resident memory of the server then', megabytes(after.resident)],
          [`room given, for ${whole(MADE_UP)} made-up addresses`, megabytes(ROOM)],
          ['counted after them', megabytes(bound.bytes)],
          ['pages still held of them', whole(bound.held)],
          ['real pages pushed out by them', whole(bound.pushedOut)],
          ['resident memory grew by', megabytes(bound.resident)],
        ],
        notes: [
          'Resident memory is the operating system’s figure and moves with garbage collection; the counted figure is what the bound (PAGE_MEMORY_MB) is held to.',
          'The made-up addresses fill the server’s own page memory in this process, each with a page of its own.',
        ],
      },
    ],
    figures: { before, after, bound },
  }
}

async function gaugesOf({ origin }: Running) {
  const text = (await readAnswer(`${origin}/metrics`)).body.toString()
  const gauge = (name: string) => Number(new RegExp(`^broadsheet_${name} (\\d+)`, 'mu').exec(text)?.[1] ?? Number.NaN)
  return { pages: gauge('remembered_pages'), bytes: gauge('remembered_bytes'), resident: gauge('resident_bytes') }
}

/** A quarter of the room is for what strangers make up, as in the server. */
async function fillMemory(body: Buffer) {
  const memory = new PageMemory({ pages: ROOM * 0.75, strays: ROOM * 0.25 })
  const proof = {
    status: 200,
    contentType: 'text/html',
    location: null,
    tags: ['latest'],
    until: null,
    file: 'no' as const,
    body,
  }
  const real = 100
  for (let at = 0; at < real; at += 1) memory.keep(await makePage({ ...proof, key: `/asia/real-${at}` }))
  const before = process.memoryUsage().rss
  // Pressing each would take minutes and change nothing: every page gets bytes of its own, copied.
  const pressed = await makePage({ ...proof, key: '/', status: 404 })
  for (let at = 0; at < MADE_UP; at += 1) {
    const bytes = Object.fromEntries(Object.entries(pressed.bytes).map(([name, own]) => [name, Buffer.from(own)]))
    memory.keep({ ...pressed, key: `/made-up/${at}`, bytes, heads: {}, headsWhenBroken: {} })
  }
  const { pages, strays, bytes } = memory.size()
  return { bytes, held: strays, pushedOut: real - pages, resident: process.memoryUsage().rss - before }
}
