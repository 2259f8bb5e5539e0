import { setTimeout as pause } from 'node:timers/promises'
import { residentMemory } from '@/server/supervisor/resident-memory'
import { startNewsroom } from './browser/newsroom'
import { megabytes, ratio, whole } from './support/figures'
import { childrenOf } from './support/process'
import { fetchPage } from './support/reader'
import { progress, type Findings } from './support/report'

const NEWSROOM_PAGES = 2000
const WRONG_ADDRESSES = 10_000
const PARTS = 10
const READERS = 8

/** Paragraphs of a story of 1,200 words. */
const LENGTH = 20

type Sample = { done: number; server: number; renderer: number }

/** The memory of server and renderer while an editor loads pages of the newsroom, and a stranger wrong addresses: whether it goes on growing. */
export async function benchNewsroomMemory(): Promise<Findings> {
  const newsroom = await startNewsroom('newsroom_memory', [LENGTH, LENGTH, LENGTH])
  const headers = { cookie: `${newsroom.cookie.name}=${newsroom.cookie.value}` }
  const pages = ['/admin', '/admin/history', '/admin/schedule', '/admin/people', '/admin/search?words=moon']
    .map((path) => newsroom.origin + path)
    .concat(newsroom.addresses.flatMap((address) => [address, `${address}/history`, `${address}/versions`]))
  progress(`Memory: ${whole(NEWSROOM_PAGES)} pages of the newsroom`)
  const desk = await sampled(newsroom.pid, NEWSROOM_PAGES, (at) =>
    fetchPage(pages[at % pages.length] ?? newsroom.origin, headers),
  )
  progress(`Memory: ${whole(WRONG_ADDRESSES)} wrong addresses`)
  const wrong = await sampled(newsroom.pid, WRONG_ADDRESSES, (at) =>
    fetchPage(`${newsroom.origin}/europe/nothing-${900_000 + at}`),
  )
  return {
    figures: { desk, wrong },
    tables: [
      table(`${whole(NEWSROOM_PAGES)} pages of the newsroom`, desk),
      table(`${whole(WRONG_ADDRESSES)} wrong addresses`, wrong),
    ],
  }
}

async function sampled(pid: number, count: number, request: (at: number) => Promise<unknown>): Promise<Sample[]> {
  const samples = [{ done: 0, ...(await memoryOf(pid)) }]
  let next = 0
  for (let part = 1; part <= PARTS; part += 1) {
    const end = (count * part) / PARTS
    const requestInLoop = async () => {
      for (let at = next++; at < end; at = next++) await request(at)
    }
    await Promise.all(Array.from({ length: READERS }, requestInLoop))
    next = end
    await pause(1000)
    samples.push({ done: end, ...(await memoryOf(pid)) })
  }
  return samples
}

async function memoryOf(pid: number): Promise<{ server: number; renderer: number }> {
  const [renderer] = childrenOf(pid, /standalone|next-server/u)
  const [server, ofRenderer] = await Promise.all([pid, renderer ?? 0].map(residentMemory))
  return { server: server ?? 0, renderer: ofRenderer ?? 0 }
}

/** From the middle to the end, since both grow to their working size at first. */
function table(title: string, samples: Sample[]) {
  const growth = (which: 'server' | 'renderer') =>
    (samples.at(-1)?.[which] ?? 0) / (samples[Math.floor(samples.length / 2)]?.[which] ?? 1)
  return {
    title: `Memory: ${title}`,
    head: ['requests', 'server', 'renderer'],
    rows: samples.map(({ done, server, renderer }) => [whole(done), megabytes(server), megabytes(renderer)]),
    notes: [`From the middle to the end: server ${ratio(growth('server'))}, renderer ${ratio(growth('renderer'))}.`],
  }
}
