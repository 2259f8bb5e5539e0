import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { milliseconds, quantile, seconds, whole } from './figures'
import { startNewspaper, untilQuiet, type Running } from './newspaper'
import { childrenOf } from './process'
import { readAnswer, storyPaths } from './reader'
import { say, type Findings } from './report'
import { prepareStories } from './stories'

/** Readers who never stop asking for remembered pages. */
const READERS = 16

/** How long a fault lasts, where somebody else ends it. Milliseconds. */
const LASTS = 8000

type Newspaper = Running & { dataDir: string }
type Fault = { name: string; begin: (paper: Newspaper) => void; end?: (paper: Newspaper) => void }

const renderer = ({ pid }: Newspaper) =>
  childrenOf(pid).filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('next-server'))
const postmaster = ({ dataDir }: Newspaper) =>
  Number.parseInt(readFileSync(`${dataDir}/postgres/cluster/postmaster.pid`, 'utf8'), 10)

const faults: Fault[] = [
  { name: 'kill -9 of the renderer', begin: (paper) => renderer(paper).forEach((pid) => process.kill(pid, 'SIGKILL')) },
  { name: 'kill -9 of Postgres', begin: (paper) => process.kill(postmaster(paper), 'SIGKILL') },
  {
    name: `Postgres frozen (SIGSTOP) for ${LASTS / 1000} s`,
    begin: (paper) => all(postmaster(paper), 'SIGSTOP'),
    end: (paper) => all(postmaster(paper), 'SIGCONT'),
  },
]

/** What readers get while something is killed or frozen: of remembered pages, and of a page nobody has asked for yet. Linux only. */
export async function benchFaults(): Promise<Findings> {
  if (process.platform !== 'linux')
    return { tables: [], figures: 'This benchmark reads /proc, which is there on Linux only.' }
  say('Faults: starting')
  const paper: Newspaper = await startNewspaper({})
  const databaseUrl = readFileSync(`${paper.dataDir}/database-url`, 'utf8').trim()
  await prepareStories(databaseUrl, 500)
  await fetch(`${paper.origin}/`)
  await untilQuiet(paper)
  const hot = ['/', '/latest', ...(await storyPaths(paper, 1)).slice(0, 10)]
  for (const path of hot) await readAnswer(paper.origin + path)
  const found = []
  for (const fault of faults) {
    say(`Faults: ${fault.name}`)
    found.push(await liveThrough(paper, hot, fault))
  }
  return {
    tables: [
      {
        title: 'Faults, with readers asking without a pause',
        head: [
          'fault',
          'answers',
          'errors',
          'stale',
          'longest',
          'per second before',
          'and during',
          'never asked: 503',
          'back to normal',
        ],
        rows: found.map((one) => [
          one.name,
          whole(one.answers),
          whole(one.errors),
          whole(one.stale),
          milliseconds(one.longest),
          whole(one.before),
          whole(one.during),
          one.refusals === 0 ? 'none' : `${one.refusals}, the slowest in ${milliseconds(one.slowest)}`,
          seconds(one.recovery),
        ]),
        notes: [
          `${READERS} readers of ${hot.length} remembered pages; one more asks for an address that nobody asked for before.`,
          '“Back to normal”: from the end of the fault (for a kill: from the kill) until such a new address is answered 200 and the front page is a hit again.',
        ],
      },
    ],
    figures: found,
  }
}

async function liveThrough(paper: Newspaper, hot: string[], { name, begin, end }: Fault) {
  const seen = { answers: 0, errors: 0, stale: 0, longest: 0 }
  let reading = true
  const reader = async (first: number) => {
    for (let at = first; reading; at += 1) {
      const answer = await readAnswer(paper.origin + (hot[at % hot.length] ?? '/')).catch(() => null)
      seen.answers += 1
      if (answer?.status !== 200) seen.errors += 1
      else seen.longest = Math.max(seen.longest, answer.took)
      if (answer?.headers['cache-status']?.includes('stale')) seen.stale += 1
    }
  }
  const readers = Array.from({ length: READERS }, (_, at) => reader(at))
  const rate = async (milliseconds: number) => {
    const from = seen.answers
    await pause(milliseconds)
    return ((seen.answers - from) / milliseconds) * 1000
  }
  const before = await rate(2000)
  const refused: number[] = []
  let stopped = performance.now()
  begin(paper)
  const probing = end ? probe(paper, refused, performance.now() + LASTS) : Promise.resolve()
  const during = await rate(end ? LASTS : 1500)
  await probing
  if (end) {
    end(paper)
    stopped = performance.now()
  }
  await probe(paper, refused, Infinity)
  while ((await readAnswer(`${paper.origin}/`)).headers['cache-status'] !== 'Broadsheet; hit') await pause(20)
  const recovery = performance.now() - stopped
  reading = false
  await Promise.all(readers)
  return { name, ...seen, before, during, refusals: refused.length, slowest: quantile([0, ...refused], 1), recovery }
}

let addresses = 0

/** Asks for new addresses until one is answered 200, or until a moment; keeps how long each refusal took. */
async function probe({ origin }: Running, refused: number[], until: number) {
  while (performance.now() < until) {
    addresses += 1
    const answer = await readAnswer(`${origin}/search?q=probe${addresses}`)
    if (answer.status === 200 && until === Infinity) return
    if (answer.status === 503) refused.push(answer.took)
    await pause(100)
  }
}

/** A signal for Postgres and all its children. */
function all(pid: number, signal: NodeJS.Signals) {
  for (const one of [...childrenOf(pid), pid]) process.kill(one, signal)
}
