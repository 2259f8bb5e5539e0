import { findOnDesk } from '@/domain/desk/finding'
import { seedActor } from '@/domain/user/user'
import { median, milliseconds, quantile, ratio, whole } from './figures'
import { makeDatabase, startDatabase, startPlainNext, type Running } from './newspaper'
import { readAnswer, storyPaths } from './reader'
import { say, type Findings } from './report'
import { onDatabase, prepareStories } from './stories'

const FEW = 1000
const TIMES = 60
const WARM_UP = 10

/** A place in the list of all stories, as its addresses write it: both houses have older ones. */
const FIVE_HOURS_AGO = `${new Date(Date.now() - 5 * 3_600_000).toISOString().replace(/\D/gu, '').slice(0, 14)}000000-1`

type House = { databaseUrl: string; next: Running; paths: string[] }

/** How long pages take to render with many stories, against a thousand: straight from the renderer, nothing remembered. */
export async function benchGrowth({ stories }: { stories: number }): Promise<Findings> {
  const postgres = await startDatabase()
  const few = await house(postgres, 'few', FEW)
  const began = performance.now()
  const many = await house(postgres, 'many', stories)
  const filled = (performance.now() - began) / 1000
  const pages: [string, (house: House) => string][] = [
    ['the front page', () => '/'],
    ['a section', () => '/asia'],
    ['deep in a list', () => `/latest?before=${FIVE_HOURS_AGO}`],
    ['a story', ({ paths }) => paths[0] ?? '/'],
    ['the feed', () => '/feed.xml'],
    ['the sitemap’s index', () => '/sitemap.xml'],
    ['a search for a common word', () => '/search?q=spoons'],
    ['a search for a rare word', () => '/search?q=12345'],
    ['a search for a phrase of common words', () => '/search?q=%22edition+77%22'],
    ['a search that finds nothing', () => '/search?q=quibblefish'],
  ]
  const found = []
  for (const [name, path] of pages) {
    say(`Growth: ${name}`)
    found.push({ name, ...(await race((which) => ask(which, path(which)), few, many)) })
  }
  say('Growth: the desk')
  for (const [name, words] of [
    ['the desk', ''],
    ['the desk, searched', 'spoons'],
  ] as const) {
    const question = { list: null, stage: null, sectionId: null, words, before: null }
    const onDesk = async ({ databaseUrl }: House) => {
      const times: number[] = []
      await onDatabase(databaseUrl, async () => {
        for (let time = 0; time < TIMES; time += 1) {
          const before = performance.now()
          await findOnDesk(seedActor, question)
          if (time >= WARM_UP) times.push(performance.now() - before)
        }
      })
      return times
    }
    found.push({ name, few: await onDesk(few), many: await onDesk(many) })
  }
  return {
    tables: [
      {
        title: `Rendering with ${whole(stories)} stories, against ${whole(FEW)}`,
        head: ['page', whole(FEW), whole(stories), 'ratio', `p95 at ${whole(stories)}`],
        rows: found.map(({ name, few, many }) => [
          name,
          milliseconds(median(few)),
          milliseconds(median(many)),
          ratio(median(many) / median(few)),
          milliseconds(quantile(many, 0.95)),
        ]),
        notes: [
          `Medians of ${TIMES - WARM_UP} answers of the renderer alone, both by turns; the desk's list is asked of the database.`,
          `Making ${whole(stories)} stories, tables and first edition included, took ${filled.toFixed(0)} s.`,
        ],
      },
    ],
    figures: found.map(({ name, few, many }) => ({
      name,
      few: median(few),
      many: median(many),
      p95: quantile(many, 0.95),
    })),
  }
}

async function house(postgres: { url: string }, name: string, stories: number): Promise<House> {
  say(`Growth: making ${whole(stories)} stories`)
  const databaseUrl = await makeDatabase(postgres, name)
  await prepareStories(databaseUrl, stories)
  const next = await startPlainNext(databaseUrl, 'http://localhost:3000')
  return { databaseUrl, next, paths: await storyPaths(next, 5) }
}

async function race(work: (house: House) => Promise<number>, few: House, many: House) {
  const took = { few: [] as number[], many: [] as number[] }
  for (let time = 0; time < TIMES; time += 1) {
    const [one, other] = [await work(few), await work(many)]
    if (time >= WARM_UP) {
      took.few.push(one)
      took.many.push(other)
    }
  }
  return took
}

async function ask({ next }: House, path: string): Promise<number> {
  const { took, status } = await readAnswer(next.origin + path)
  if (status !== 200) throw new Error(`${path}: ${status}`)
  return took
}
