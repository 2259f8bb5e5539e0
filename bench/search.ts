import { connect } from '@/db/connection'
import { searchStories } from '@/reading/search'
import { median, milliseconds, quantile, whole } from './support/figures'
import { progress, type Findings } from './support/report'
import { createDatabase, startDatabase } from './support/servers'
import { indexAll, onDatabase, prepareStories } from './support/stories'

const TIMES = 60
const WARM_UP = 10

const searches = [
  ['a word in one story of eight', 'spoons'],
  ['a word in one story', '12345'],
  ['a word in none', 'quibblefish'],
  ['two words', 'velvet porridge'],
  ['a stop word', 'the'],
  ['a stop word in capitals, in one story of a thousand', 'WHO'],
  ['a name of stop words', 'The Who'],
  ['a sentence of stop words', 'to be or not to be'],
  ['a name with a sign', 'AT&T'],
  ['a phrase of common words', '"edition 77"'],
  ['a phrase of common words that is nowhere', '"spoons returns"'],
  ['common words that are nowhere together', 'moon -ferry'],
  ['a name in Han', '月の渡し船'],
  ['a name in Han and a figure', '銀の果樹園 777'],
  ['a sign of Han', '月'],
  ['Han that is nowhere', '雨の公園'],
  ['words of which one is excluded', 'spoons -dusk'],
  ['200 signs', 'a-'.repeat(100)],
] as const

/** How long readers' search takes with many stories, on the database alone, and how long making the index anew does. */
export async function benchSearch({ stories }: { stories: number }): Promise<Findings> {
  const databaseUrl = await createDatabase(await startDatabase(), 'search')
  progress(`Search: making ${whole(stories)} stories`)
  await prepareStories(databaseUrl, stories)
  progress('Search: indexing')
  const indexed = await indexAll(databaseUrl)
  const connection = connect(databaseUrl)
  await connection`vacuum (analyze) story_search, draft_search`
  const [size] = await connection<{ index: string; table: string }[]>`
    select pg_size_pretty(pg_relation_size('story_search_vector')) as index, pg_size_pretty(pg_total_relation_size('story_search')) as table`
  await connection.end()
  const found = await onDatabase(databaseUrl, measure)
  return {
    tables: [
      {
        title: `Readers’ search at ${whole(stories)} stories`,
        head: ['search', 'results', 'median', 'p95', 'longest'],
        rows: found.map(({ name, results, times }) => [
          name,
          whole(results),
          milliseconds(median(times)),
          milliseconds(quantile(times, 0.95)),
          milliseconds(Math.max(...times)),
        ]),
        notes: [
          `${TIMES - WARM_UP} searches each, one after the other.`,
          `Indexing all of them anew took ${(indexed / 1000).toFixed(0)} s (${(indexed / stories).toFixed(2)} ms a story); the table takes ${size?.table ?? ''}, of which the index ${size?.index ?? ''}.`,
        ],
      },
    ],
    figures: found.map(({ name, times }) => ({ name, median: median(times), p95: quantile(times, 0.95) })),
  }
}

async function measure() {
  const found = []
  for (const [name, typed] of searches) {
    progress(`Search: ${name}`)
    const times: number[] = []
    let results = 0
    for (let time = 0; time < TIMES; time += 1) {
      const before = performance.now()
      results = (await searchStories(typed)).length
      if (time >= WARM_UP) times.push(performance.now() - before)
    }
    found.push({ name, results, times })
  }
  return found
}
