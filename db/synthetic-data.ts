import { availableParallelism } from 'node:os'
import { connect } from './connection'

/** Stories for each statement: enough to be fast, few enough to show progress. */
const BATCH_SIZE = 5000

/** Postgres runs each of these statements on one core. */
const CONNECTIONS = Math.min(4, Math.max(2, availableParallelism()))

/** A million stories reach back a little over a year. */
const SECONDS_APART = 37

/** One of so many stories is a headline without a body. */
const STORIES_PER_HEADLINE = 8

/**
 * Inserts plainly synthetic live stories for measuring, spread over all sections, the newest last as in a newsroom. It bypasses the operations:
 * a million of them would take a day.
 * @param count how many stories to add
 * @throws when there is no section yet: seed first
 */
export async function insertSyntheticStories(
  url: string,
  count: number,
  onProgress: (written: number) => void = () => undefined,
) {
  const connection = connect(url, {
    max: CONNECTIONS,
    connection: { application_name: 'broadsheet-fill', synchronous_commit: 'off' },
  })
  try {
    const [sections] = await connection<{ count: number }[]>`select count(*)::int as count from sections`
    if (!sections?.count) throw new Error('There is no section to write into yet: run `npm run db:seed` first.')
    let [claimed, written] = [0, 0]
    const writeBatches = async () => {
      for (let first = claimed; first < count; first = claimed) {
        const size = Math.min(BATCH_SIZE, count - first)
        claimed += size
        await connection.unsafe(batchSql, [first, size, count])
        written += size
        onProgress(written)
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, writeBatches))
    // For the planner's statistics and for index-only scans.
    await connection`vacuum (analyze) stories, revisions, drafts`
  } finally {
    await connection.end({ timeout: 5 })
  }
}

const vocabulary = {
  who: [
    'Moon ferry',
    'Glass orchard',
    'Tin parliament',
    'Paper lighthouse',
    'Velvet railway',
    'Salt library',
    'Feather bank',
    'Amber harbour',
  ],
  does: [
    'returns to',
    'apologises to',
    'sings for',
    'is lent to',
    'waits outside',
    'is repainted by',
    'forgets',
    'is measured in',
  ],
  where: [
    'Lower Quibble',
    'Port Umbrage',
    'Nether Wobble',
    'Great Dithering',
    'Mumbleby',
    'East Porridge',
    'Saint Trundle',
    'Upper Fidget',
  ],
  when: [
    'at dusk',
    'for the ninth time',
    'without a hat',
    'before tea',
    'by bicycle',
    'on a Thursday',
    'in the fog',
    'with two spoons',
  ],
  // For search: a script without spaces, and names made of stop words and signs.
  inHan: [
    '月の渡し船が戻る',
    '紙の灯台が歌う',
    '銀の果樹園を測る',
    '塩の図書館で待つ',
    '羽の銀行を忘れる',
    '琥珀の港を塗る',
    '錫の議会が謝る',
    '絹の鉄道を貸す',
  ],
}
const pickBy = (list: string[], by: string) =>
  `(array[${list.map((word) => `'${word}'`).join(',')}])[1 + (${by}) % ${list.length}]`
const headline = `(${pickBy(vocabulary.who, 'n')} || ' ' || ${pickBy(vocabulary.does, 'n / 8')} || ' ' || ${pickBy(vocabulary.where, 'n / 64')} || ' ' || ${pickBy(vocabulary.when, 'n / 512')})`
const paragraph = (
  part: number,
) => `jsonb_build_object('type', 'paragraph', 'attrs', jsonb_build_object('id', 'p${part}'), 'content', jsonb_build_array(jsonb_build_object(
  'type', 'text', 'marks', '[]'::jsonb, 'text', 'The ' || lower(${pickBy(vocabulary.who, `n + ${part}`)}) || ' of ' || ${pickBy(vocabulary.where, `n / 3 + ${part}`)} || ' number ' || n || ' was seen ' || ${pickBy(vocabulary.when, `n / 5 + ${part}`)}
    || ', and nobody in ' || ${pickBy(vocabulary.where, `n / 7 + ${part}`)} || ' minded' || case when n % 1000 = 7 then ', the WHO said to The Who of AT&T' else '' end || '; a clerk counted the spoons, found ' || (n * ${part} % 97) || ' of them, and wrote the number down on a very small card. ' || ${pickBy(vocabulary.inHan, `n + ${part}`)} || n || '。')))`

const standfirst = `'A plainly synthetic story about an invented place.'`

/** One statement, because a story and its live revision refer to each other. $1: stories before this batch, $2: in it, $3: in all. Only the first paragraph is indexed for search, to be quick. */
const batchSql = `
with numbered as (
  select g + $1::bigint as n from generate_series(1, $2::int) as g
), made as (
  select nextval(pg_get_serial_sequence('stories', 'id')) as story_id, nextval(pg_get_serial_sequence('revisions', 'id')) as revision_id, n,
    ${headline} || ', edition ' || n as headline, now() - make_interval(secs => ($3::bigint + 1 - n) * ${SECONDS_APART}::float8) as live_at,
    (select array_agg(id order by position) from sections) as section_ids
  from numbered
), copy as materialized (
  select story_id, revision_id, headline, live_at, section_ids[1 + n % cardinality(section_ids)] as section_id,
    rtrim(left(trim(both '-' from regexp_replace(lower(headline), '[^a-z0-9]+', '-', 'g')), 80), '-') as slug,
    case when n % ${STORIES_PER_HEADLINE} <> 0 then jsonb_build_object('type', 'doc', 'content', jsonb_build_array(${[1, 2, 3].map(paragraph).join(', ')})) end as body
  from made
), kept as (
  insert into revisions (id, story_id, number, headline, standfirst, section_id, slug, body, kept_at, kept_by_name, kept_because) overriding system value
  select revision_id, story_id, 1, headline, ${standfirst}, section_id, slug, body, live_at, 'fill', 'published' from copy
), drafted as (
  insert into drafts (story_id, version, headline, standfirst, section_id, slug, body, saved_at, saved_by_name, kept_as_revision_id)
  select story_id, 1, headline, ${standfirst}, section_id, slug, body, live_at, 'fill', revision_id from copy
)
insert into stories (id, created_at, live_revision_id, live_at, told_live_at, section_id, slug, live_has_body, live_words) overriding system value
select story_id, live_at, revision_id, live_at, live_at, section_id, slug, body is not null,
  setweight(to_tsvector('english', headline), 'A') || setweight(to_tsvector('english', ${standfirst}), 'B')
    || setweight(to_tsvector('english', coalesce(body #>> '{content,0,content,0,text}', '')), 'D')
from copy`
