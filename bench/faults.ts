import { mkdir } from 'node:fs/promises'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedDatabase } from '@/server/database/embedded'
import { aWireTo, type Wire } from '@/server/database/leaky-wire.test-support'
import { milliseconds, quantile, seconds as inSeconds, whole } from './figures'
import { makeDatabase, startNewspaper, untilQuiet, type Running } from './newspaper'
import { childrenOf, postmasterOf } from './process'
import { readAnswer, storyPaths } from './reader'
import { Reading } from './reading'
import { say, type Findings } from './report'
import { prepareStories } from './stories'
import { endLater, temporaryFolder } from './tidy'

/** Longer faults happen to all newspapers at once, with readers who pause, or nobody would wait for the end. Seconds. */
const LONG = 60

/** What one of the newspapers stands on: its own Postgres, behind a wire. */
type House = {
  paper: Running
  wire: Wire
  folder: string
  /** Null while it is stopped. */
  postgres: { url: string; stop: () => Promise<void> } | null
}
type Fault = { name: string; begin: (house: House) => unknown; end?: (house: House) => unknown }

const faults: Fault[] = [
  {
    name: 'kill -9 of the renderer',
    begin: ({ paper }) => tell(childrenOf(paper.pid, /next-server|standalone/u), 'SIGKILL'),
  },
  { name: 'kill -9 of Postgres', begin: ({ folder }) => tell([postmasterOf(folder)], 'SIGKILL') },
  {
    name: 'Postgres stopped',
    begin: async (house) => {
      await house.postgres?.stop()
      house.postgres = null
    },
    end: async (house) => {
      house.postgres = await startEmbeddedDatabase(house.folder)
      house.wire.lead(house.postgres.url)
    },
  },
  {
    name: 'Postgres frozen (SIGSTOP)',
    begin: ({ folder }) => tell(allOfPostgres(folder), 'SIGSTOP'),
    end: ({ folder }) => tell(allOfPostgres(folder), 'SIGCONT'),
  },
  {
    name: 'a black hole before Postgres',
    begin: ({ wire }) => wire.cut(),
    end: ({ wire }) => wire.mend(),
  },
]

/** What readers get while something is killed, stopped, frozen or cut off: of remembered pages, and of a page nobody has asked for yet. */
export async function benchFaults({ seconds }: { seconds: number }): Promise<Findings> {
  const lasts = seconds * 1000
  const gentle = seconds > LONG
  const found = []
  // Operations speak to the one database of their process, so the houses are prepared one after the other in any case.
  if (gentle) {
    const suffering = []
    for (const fault of faults) suffering.push({ fault, house: await aHouse(fault) })
    found.push(...(await Promise.all(suffering.map(({ fault, house }) => suffer(fault, house, lasts, gentle)))))
  } else for (const fault of faults) found.push(await suffer(fault, await aHouse(fault), lasts, gentle))
  return {
    figures: { seconds, found },
    tables: [
      {
        title: 'Faults, with readers asking without a pause',
        head: [
          'fault',
          'lasts',
          'answers',
          'errors',
          'stale',
          'longest',
          'per second before',
          'and during',
          'never asked: 503',
          'without Retry-After',
          'back to normal',
        ],
        rows: found.map((one) => [
          one.name,
          one.lasts === null ? 'a moment' : `${one.lasts / 1000} s`,
          whole(one.answers),
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
          gentle
            ? 'All at once, a newspaper for each; their readers pause 100 ms between two pages.'
            : 'One after the other; readers ask without a pause.',
          '“Never asked”: one more reader asks for addresses that nobody asked for before.',
          '“Back to normal”: from the end of the fault (for a kill: from the kill) until such an address is answered 200 and every remembered page is a fresh hit again.',
        ],
      },
    ],
  }
}

async function suffer({ name, begin, end }: Fault, house: House, lasts: number, gentle: boolean) {
  const { paper } = house
  const hot = ['/', '/latest', '/feed.xml', ...(await storyPaths(paper, 1)).slice(0, 10)]
  for (const path of hot) await readAnswer(paper.origin + path)
  const reading = new Reading(paper.origin, hot, gentle ? 100 : 0)
  const before = await reading.rate(2000)
  const neverAsked = new NeverAsked(paper)
  let ended = performance.now()
  await begin(house)
  const probing = end ? neverAsked.ask(performance.now() + lasts) : undefined
  const during = await reading.rate(end ? lasts : 1500)
  await probing
  if (end) {
    await end(house)
    ended = performance.now()
  }
  await neverAsked.askUntilAnswered()
  for (const path of hot)
    while ((await readAnswer(paper.origin + path)).headers['cache-status'] !== 'Broadsheet; hit') await pause(20)
  const recovery = performance.now() - ended
  const seen = await reading.stop()
  await paper.stop()
  await house.postgres?.stop()
  return { name, lasts: end ? lasts : null, ...seen, before, during, ...neverAsked.told(), recovery }
}

async function aHouse({ name }: Fault): Promise<House> {
  say(`Faults: ${name}`)
  const folder = await temporaryFolder()
  await mkdir(folder, { recursive: true })
  const postgres = await startEmbeddedDatabase(folder)
  const databaseUrl = await makeDatabase(postgres, 'faults')
  await prepareStories(databaseUrl, 500)
  const wire = await aWireTo(databaseUrl)
  const paper = await startNewspaper({ databaseUrl: wire.url })
  await untilQuiet(paper)
  const house: House = { paper, wire, folder, postgres }
  endLater(async () => house.postgres?.stop())
  endLater(() => wire.close())
  return house
}

let addresses = 0

/** A reader who asks for addresses that nobody has asked for. */
class NeverAsked {
  private readonly refused: number[] = []
  private withoutRetryAfter = 0
  constructor(private readonly paper: Running) {}

  async ask(until: number) {
    while (performance.now() < until) {
      await this.once()
      await pause(100)
    }
  }

  async askUntilAnswered() {
    while ((await this.once()) !== 200) await pause(50)
  }

  told() {
    const slowest = quantile([0, ...this.refused], 1)
    return { refusals: this.refused.length, slowest, withoutRetryAfter: this.withoutRetryAfter }
  }

  private async once(): Promise<number> {
    addresses += 1
    const { status, headers, took } = await readAnswer(`${this.paper.origin}/search?q=probe${addresses}`)
    if (status === 503) this.refused.push(took)
    if (status === 503 && headers['retry-after'] === undefined) this.withoutRetryAfter += 1
    return status
  }
}

const allOfPostgres = (folder: string) => [...childrenOf(postmasterOf(folder)), postmasterOf(folder)]

/** A process may have ended by itself meanwhile. */
function tell(pids: number[], signal: NodeJS.Signals) {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
}
