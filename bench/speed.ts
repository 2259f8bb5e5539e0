import { setTimeout as pause } from 'node:timers/promises'
import { startBare } from './support/bare-server'
import { comparePaired, ROUNDS, ROUND_SECONDS, type Summary } from './support/paired-comparison'
import { milliseconds, ratio, whole } from './support/figures'
import type { Load } from './support/load'
import { createDatabase, startDatabase, startServer, startPlainNext, untilIdle, type Running } from './support/servers'
import { fetchPage, storyPaths, type ReaderResponse } from './support/reader'
import { progress, type Findings, type Table } from './support/report'
import { prepareStories } from './support/stories'

/** Enough for every page to have its full length. */
const STORIES = 2000

/** Requests in flight per connection: with one, a generator in JavaScript is slower than the server it measures. */
const PIPELINING = 8

/** A popular page is recompressed at the best quality, one per second. Milliseconds. */
const RECOMPRESS_TIME = 1500

type Contestants = { bare: Running; ours: Running; next: Running }

/** Throughput of cache hits, relative to a bare server that sends the same bytes and to plain Next. */
export async function benchSpeed(): Promise<Findings> {
  progress('Speed: starting')
  const databaseUrl = await createDatabase(await startDatabase(), 'speed')
  await prepareStories(databaseUrl, STORIES)
  const ours = await startServer(databaseUrl)
  const next = await startPlainNext(databaseUrl, ours.origin)
  await untilIdle(ours)
  const [story = '/'] = await storyPaths(ours, 1)
  const pages = {
    'a story': story,
    'the front page': '/',
    'a section': story.slice(0, story.indexOf('/', 1)),
    'the feed': '/feed.xml',
  }
  const responses = await cachedResponses(ours, Object.values(pages))
  const bare = await startBareWith(responses)
  const contestants = { bare, ours, next }

  const hits = []
  for (const [name, path] of Object.entries(pages)) {
    progress(`Speed: ${name}`)
    hits.push({ name, path, ...(await raceHits(path, contestants)) })
  }
  progress('Speed: 304 and HEAD')
  const bodiless = await raceBodiless(responses[0] ?? missing(), contestants)
  progress('Speed: 256 connections')
  const manyConnections = await raceManyConnections(story, contestants)
  return {
    tables: [tableOfHits(hits, responses), tableOfBodiless(bodiless), tableOfManyConnections(manyConnections)],
    figures: { hits, light: bodiless, crowd: manyConnections },
  }
}

const missing = () => {
  throw new Error('There is no page to measure.')
}

/** Cache hits for a usual browser, once they are recompressed. */
async function cachedResponses(ours: Running, paths: string[]): Promise<ReaderResponse[]> {
  for (const path of paths) for (let time = 0; time < 20; time += 1) await fetchPage(ours.origin + path)
  await pause(RECOMPRESS_TIME * paths.length)
  const responses = []
  for (const path of paths) responses.push(await fetchPage(ours.origin + path))
  for (const { path, headers } of responses)
    if (headers['cache-status'] !== 'Broadsheet; hit') throw new Error(`${path} is not cached.`)
  return responses
}

function startBareWith(responses: ReaderResponse[]): Promise<Running> {
  // Node adds these in both servers.
  const own = ['date', 'connection', 'keep-alive']
  const head = ({ rawHeaders }: ReaderResponse) =>
    rawHeaders.filter((_word, at) => !own.includes(rawHeaders[at - (at % 2)]?.toLowerCase() ?? ''))
  return startBare(responses.map((response) => ({ path: response.path, head: head(response), body: response.body })))
}

const loadOf = ({ origin, pid }: Running, path: string): Load => ({
  url: origin + path,
  pid,
  seconds: ROUND_SECONDS,
  pipelining: PIPELINING,
})

/** Few rounds suffice: plain Next is much slower. */
const ROUNDS_OF_NEXT = 5

async function raceHits(path: string, { bare, ours, next }: Contestants) {
  const { summaries, compare } = await comparePaired({ bare: loadOf(bare, path), ours: loadOf(ours, path) })
  const slow = { ...loadOf(next, path), connections: 8, pipelining: 1, identical: false, seconds: 2 }
  const plain = await comparePaired({ next: slow }, ROUNDS_OF_NEXT)
  return { ...summaries, ...plain.summaries, toBare: compare('ours', 'bare') }
}

/** Responses without a body: 304 and HEAD. */
async function raceBodiless({ path, headers }: ReaderResponse, { ours }: Contestants) {
  const hit = loadOf(ours, path)
  const { summaries, compare } = await comparePaired({
    hit,
    'not modified': { ...hit, headers: { 'if-none-match': headers.etag ?? '' }, status: 304 },
    head: { ...hit, method: 'HEAD' },
  })
  return (['hit', 'not modified', 'head'] as const).map((name) => ({
    name,
    ...summaries[name],
    toHit: compare(name, 'hit'),
  }))
}

async function raceManyConnections(path: string, { bare, ours }: Contestants) {
  const manyConnections = { connections: 256, pipelining: 1, seconds: 2 * ROUND_SECONDS }
  const { summaries, compare } = await comparePaired({
    bare: { ...loadOf(bare, path), ...manyConnections },
    ours: { ...loadOf(ours, path), ...manyConnections },
  })
  return { ...summaries, toBare: compare('ours', 'bare') }
}

const cpu = (value: number | null) => (value === null ? '–' : `${value.toFixed(1)} µs`)
const part = (value: number | null) => (value === null ? '–' : `${Math.round(value * 100)} %`)
const ratioOr = (value: number | null) => (value === null ? '–' : ratio(value))

type Hits = { name: string } & Awaited<ReturnType<typeof raceHits>>

function tableOfHits(hits: Hits[], responses: ReaderResponse[]): Table {
  return {
    title: 'Cached pages, responses per second',
    head: [
      'page',
      'bytes',
      'bare node:http',
      'ours',
      'plain Next',
      'ours / bare',
      'ours / Next',
      'CPU bare',
      'CPU ours',
      'CPU ours / bare',
      'busy bare, ours',
      'bad',
    ],
    rows: hits.map(({ name, bare, ours, next, toBare }, at) => [
      name,
      whole(responses[at]?.body.length ?? 0),
      whole(bare.perSecond),
      whole(ours.perSecond),
      whole(next.perSecond),
      ratio(toBare.perSecond),
      ratio(ours.perSecond / next.perSecond),
      cpu(bare.cpu),
      cpu(ours.cpu),
      ratioOr(toBare.cpu),
      `${part(bare.busy)}, ${part(ours.busy)}`,
      whole(bare.bad + ours.bad + next.bad),
    ]),
    notes: [
      `${ROUNDS} alternating rounds of ${ROUND_SECONDS} s each, 64 connections with ${PIPELINING} requests in flight (Next: ${ROUNDS_OF_NEXT} rounds of 2 s, 8 connections, one each). Medians; a ratio is the median of the rounds’ ratios.`,
      'The bare server is a process of its own and sends the same bytes with the same headers. CPU: processor time of the server per response.',
      'Where a server is less busy than a whole core, the generator or the machine was slower than the server, and the ratio of processor time says more.',
    ],
  }
}

function tableOfBodiless(bodiless: Awaited<ReturnType<typeof raceBodiless>>): Table {
  return {
    title: 'Responses without a body, of the story page',
    head: ['response', 'per second', 'to a hit', 'CPU', 'CPU to a hit', 'bad'],
    rows: bodiless.map((one) => [
      one.name,
      whole(one.perSecond),
      ratio(one.toHit.perSecond),
      cpu(one.cpu),
      ratioOr(one.toHit.cpu),
      whole(one.bad),
    ]),
    notes: ['As fast as hits: 1 × or more.'],
  }
}

function tableOfManyConnections({ bare, ours, toBare }: Awaited<ReturnType<typeof raceManyConnections>>): Table {
  const row = (name: string, one: Summary, p99: number) => [
    name,
    whole(one.perSecond),
    milliseconds(one.p50),
    milliseconds(one.p99),
    ratio(p99),
    whole(one.bad),
  ]
  return {
    title: 'The story page at 256 connections',
    head: ['server', 'per second', 'p50', 'p99', 'p99 to bare', 'bad'],
    rows: [row('bare', bare, 1), row('ours', ours, toBare.p99)],
    notes: [`${ROUNDS} alternating rounds of ${2 * ROUND_SECONDS} s each, one request in flight per connection.`],
  }
}
