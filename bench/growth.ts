import { findOnDesk } from '@/domain/desk/queries'
import { seedActor } from '@/domain/user/user'
import { median, milliseconds, quantile, ratio, whole } from './support/figures'
import { createDatabase, startDatabase, startPlainNext, type Running } from './support/servers'
import { fetchPage, storyPaths } from './support/reader'
import { progress, type Findings } from './support/report'
import { indexAll, onDatabase, prepareStories } from './support/stories'

const FEW = 1000
const TIMES = 60
const WARM_UP = 10

/** A cursor in the list of all stories; both sites have older ones. */
const DEEP_CURSOR = `${new Date(Date.now() - 5 * 3_600_000).toISOString().replace(/\D/gu, '').slice(0, 14)}000000-1`

type Site = { databaseUrl: string; next: Running; paths: string[] }

/** How long pages take to render with many stories, relative to a thousand; without the page cache. */
export async function benchGrowth({ stories }: { stories: number }): Promise<Findings> {
  const postgres = await startDatabase()
  const few = await startSite(postgres, 'few', FEW)
  const startedAt = performance.now()
  const many = await startSite(postgres, 'many', stories)
  const filled = (performance.now() - startedAt) / 1000
  const pages: [string, (startSite: Site) => string][] = [
    ['the front page', () => '/'],
    ['a section', () => '/asia'],
    ['deep in a list', () => `/latest?before=${DEEP_CURSOR}`],
    ['a story', ({ paths }) => paths[0] ?? '/'],
    ['the feed', () => '/feed.xml'],
    ['the sitemap’s index', () => '/sitemap.xml'],
    ['a search for a common word', () => '/search?q=spoons'],
    ['a search for a rare word', () => '/search?q=12345'],
    ['a search for a phrase of common words', () => '/search?q=%22edition+77%22'],
    ['a search that finds nothing', () => '/search?q=quibblefish'],
    ['a search for a stop word', () => '/search?q=the'],
    ['a search for a name of stop words', () => '/search?q=The+Who'],
    ['a search for a name in Han', () => `/search?q=${encodeURIComponent('銀の渡し船')}`],
  ]
  const found = []
  for (const [name, path] of pages) {
    progress(`Growth: ${name}`)
    found.push({ name, ...(await race((which) => renderTime(which, path(which)), few, many)) })
  }
  progress('Growth: the desk')
  for (const [name, searchText] of [
    ['the desk', ''],
    ['the desk, searched', 'spoons'],
  ] as const) {
    const query = { list: null, stage: null, sectionId: null, search: searchText, before: null }
    const onDesk = async ({ databaseUrl }: Site) => {
      const times: number[] = []
      await onDatabase(databaseUrl, async () => {
        for (let time = 0; time < TIMES; time += 1) {
          const before = performance.now()
          await findOnDesk(seedActor, query)
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
          `Medians of ${TIMES - WARM_UP} responses of the renderer alone, both alternately; the desk's list is queried from the database.`,
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

async function startSite(postgres: { url: string }, name: string, stories: number): Promise<Site> {
  progress(`Growth: making ${whole(stories)} stories`)
  const databaseUrl = await createDatabase(postgres, name)
  await prepareStories(databaseUrl, stories)
  await indexAll(databaseUrl)
  const next = await startPlainNext(databaseUrl, 'http://localhost:3000')
  return { databaseUrl, next, paths: await storyPaths(next, 5) }
}

async function race(work: (startSite: Site) => Promise<number>, few: Site, many: Site) {
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

async function renderTime({ next }: Site, path: string): Promise<number> {
  const { took, status } = await fetchPage(next.origin + path)
  if (status !== 200) throw new Error(`${path}: ${status}`)
  return took
}
