import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { benchCold } from './cold'
import { median, milliseconds, ratio, whole } from './figures'
import { measure, type Load, type Measured } from './load'
import {
  makeDatabase,
  startDatabase,
  startNewspaper,
  startPlainNext,
  startProgram,
  untilQuiet,
  type Running,
} from './newspaper'
import { readAnswer, storyPaths, type Answer } from './reader'
import { say, type Findings, type Table } from './report'
import { prepareStories } from './stories'
import { temporaryFolder } from './tidy'

/** Enough stories for every page to be as full as it gets. */
const STORIES = 2000

/** Many short rounds by turns, so that whatever else the machine does hits all alike; the median of the rounds counts. */
const ROUNDS = 7
const ROUND_SECONDS = 1

/** Requests on their way per connection: with one, a generator in JavaScript is slower than the server it measures. */
const PIPELINING = 8

/** A page asked for often is pressed harder when there is time, one each second. Milliseconds. */
const PRESSED_WITHIN = 1500

type Contestants = { bare: Running; ours: Running; next: Running }

/** How fast remembered pages are sent, beside a bare server that sends the same and beside plain Next; and how fast the first reader gets a page. */
export async function benchSpeed(): Promise<Findings> {
  say('Speed: starting')
  const databaseUrl = await makeDatabase(await startDatabase(), 'speed')
  await prepareStories(databaseUrl, STORIES)
  const ours = await startNewspaper({ databaseUrl })
  const next = await startPlainNext(databaseUrl, ours.origin)
  await untilQuiet(ours)
  const [story = '/', ...others] = await storyPaths(ours)
  const pages = {
    'a story': story,
    'the front page': '/',
    'a section': story.slice(0, story.indexOf('/', 1)),
    'the feed': '/feed.xml',
  }
  const answers = await rememberedAnswers(ours, Object.values(pages))
  const bare = await startBare(answers)
  const contestants = { bare, ours, next }

  const hits = []
  for (const [name, path] of Object.entries(pages)) {
    say(`Speed: ${name}`)
    hits.push({ name, path, ...(await raceHits(path, contestants)) })
  }
  say('Speed: 304 and HEAD')
  const light = await raceLight(answers[0] ?? missing(), contestants)
  say('Speed: 256 connections')
  const crowd = await raceCrowd(story, contestants)
  say('Speed: cold pages')
  const cold = await benchCold(ours, next, others)
  const tables = [tableOfHits(hits, answers), tableOfLight(light), tableOfCrowd(crowd), cold.table]
  return { tables, figures: { hits, light, crowd, cold: cold.figures } }
}

const missing = () => {
  throw new Error('There is no page to measure.')
}

/** What a reader with a usual browser gets from memory, once it is pressed as small as it gets. */
async function rememberedAnswers(ours: Running, paths: string[]): Promise<Answer[]> {
  for (const path of paths) for (let time = 0; time < 20; time += 1) await readAnswer(ours.origin + path)
  await pause(PRESSED_WITHIN * paths.length)
  const answers = []
  for (const path of paths) answers.push(await readAnswer(ours.origin + path))
  for (const { path, headers } of answers)
    if (headers['cache-status'] !== 'Broadsheet; hit') throw new Error(`${path} is not remembered.`)
  return answers
}

async function startBare(answers: Answer[]): Promise<Running> {
  const file = path.join(await temporaryFolder(), 'answers.json')
  // Node adds these by itself, in both servers.
  const own = ['date', 'connection', 'keep-alive']
  const spoken = answers.map(({ path, rawHeaders, body }) => ({
    path,
    head: rawHeaders.filter((_word, at) => !own.includes(rawHeaders[at - (at % 2)]?.toLowerCase() ?? '')),
    body: body.toString('base64'),
  }))
  await writeFile(file, JSON.stringify(spoken))
  return startProgram(['bench/bare.mjs', file])
}

/** Everybody by turns, each round; who begins changes too. */
async function rounds<Name extends string>(loads: Record<Name, Load>): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(loads) as Name[]
  const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Measured[]>
  for (const name of names) await measure({ ...loads[name], seconds: 0.5 })
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of round % 2 === 0 ? names : names.toReversed()) found[name].push(await measure(loads[name]))
  return found
}

const loadOf = ({ origin, pid }: Running, path: string): Load => ({
  url: origin + path,
  pid,
  seconds: ROUND_SECONDS,
  pipelining: PIPELINING,
})

async function raceHits(path: string, { bare, ours, next }: Contestants) {
  const found = await rounds({
    bare: loadOf(bare, path),
    ours: loadOf(ours, path),
    next: { ...loadOf(next, path), connections: 8, pipelining: 1, alike: false, seconds: 2 * ROUND_SECONDS },
  })
  return summaryOf(found)
}

/** Answers without a body: 304 to a browser that has the page, and HEAD. */
async function raceLight({ path, headers }: Answer, { ours }: Contestants) {
  const hit = loadOf(ours, path)
  const found = await rounds({
    hit,
    'not modified': { ...hit, headers: { 'if-none-match': headers.etag ?? '' }, status: 304 },
    head: { ...hit, method: 'HEAD' },
  })
  return summaryOf(found)
}

async function raceCrowd(path: string, { bare, ours }: Contestants) {
  const crowd = { connections: 256, pipelining: 1, seconds: 2 * ROUND_SECONDS }
  return summaryOf(
    await rounds({ bare: { ...loadOf(bare, path), ...crowd }, ours: { ...loadOf(ours, path), ...crowd } }),
  )
}

type Summary = Record<'perSecond' | 'p50' | 'p99' | 'bad', number> & Record<'cpu' | 'busy', number | null>

function summaryOf<Name extends string>(found: Record<Name, Measured[]>): Record<Name, Summary> {
  return Object.fromEntries(
    Object.entries<Measured[]>(found).map(([name, rounds]) => [name, medians(rounds)]),
  ) as Record<Name, Summary>
}

function medians(rounds: Measured[]): Summary {
  const of = (pick: (round: Measured) => number | null) => {
    const known = rounds.map(pick).filter((value) => value !== null)
    return known.length === 0 ? null : median(known)
  }
  const known = (pick: (round: Measured) => number) => median(rounds.map(pick))
  return {
    perSecond: known(({ perSecond }) => perSecond),
    p50: known(({ p50 }) => p50),
    p99: known(({ p99 }) => p99),
    bad: rounds.reduce((sum, { bad }) => sum + bad, 0),
    cpu: of(({ cpu }) => cpu),
    busy: of(({ busy }) => busy),
  }
}

const cpu = (value: number | null) => (value === null ? '–' : `${value.toFixed(1)} µs`)
const part = (value: number | null) => (value === null ? '–' : `${Math.round(value * 100)} %`)
const over = (one: number | null, other: number | null) => (one === null || other === null ? '–' : ratio(one / other))

function tableOfHits(hits: ({ name: string } & Record<keyof Contestants, Summary>)[], answers: Answer[]): Table {
  return {
    title: 'Remembered pages, answers per second',
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
      'CPU bare / ours',
      'busy bare, ours',
      'bad',
    ],
    rows: hits.map(({ name, bare, ours, next }, at) => [
      name,
      whole(answers[at]?.body.length ?? 0),
      whole(bare.perSecond),
      whole(ours.perSecond),
      whole(next.perSecond),
      ratio(ours.perSecond / bare.perSecond),
      ratio(ours.perSecond / next.perSecond),
      cpu(bare.cpu),
      cpu(ours.cpu),
      over(bare.cpu, ours.cpu),
      `${part(bare.busy)}, ${part(ours.busy)}`,
      whole(bare.bad + ours.bad + next.bad),
    ]),
    notes: [
      `Medians of ${ROUNDS} rounds by turns of ${ROUND_SECONDS} s each, 64 connections with ${PIPELINING} requests on their way (Next: 8 connections, one each).`,
      'The bare server is a process of its own and sends the same bytes with the same headers. CPU: processor time of the server for one answer.',
      'Where a server is less busy than a whole core, the generator or the machine was slower than the server, and the ratio of processor time says more.',
    ],
  }
}

function tableOfLight(light: Record<'hit' | 'not modified' | 'head', Summary>): Table {
  return {
    title: 'Answers without a body, of the story page',
    head: ['answer', 'per second', 'to a hit', 'CPU', 'CPU hit / this', 'bad'],
    rows: Object.entries(light).map(([name, one]) => [
      name,
      whole(one.perSecond),
      ratio(one.perSecond / light.hit.perSecond),
      cpu(one.cpu),
      over(light.hit.cpu, one.cpu),
      whole(one.bad),
    ]),
    notes: ['As fast as hits: 1 × or more.'],
  }
}

function tableOfCrowd(crowd: Record<'bare' | 'ours', Summary>): Table {
  return {
    title: 'The story page at 256 connections',
    head: ['server', 'per second', 'p50', 'p99', 'p99 to bare', 'bad'],
    rows: Object.entries(crowd).map(([name, one]) => [
      name,
      whole(one.perSecond),
      milliseconds(one.p50),
      milliseconds(one.p99),
      ratio(one.p99 / crowd.bare.p99),
      whole(one.bad),
    ]),
    notes: [
      `Medians of ${ROUNDS} rounds by turns of ${2 * ROUND_SECONDS} s each, one request on its way per connection.`,
    ],
  }
}
