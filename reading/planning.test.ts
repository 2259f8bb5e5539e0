import { sql } from 'drizzle-orm'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { insertSyntheticStories } from '@/db/synthetic-data'
import { headlinesInOrder, newestWithBody } from '@/domain/front-page/store'
import { aPerson, aSection } from '@/domain/newsroom.test-support'
import { namesInUse } from '@/domain/taxonomy/naming'
import { listNamed } from '@/domain/taxonomy/managing'
import type { Section } from '@/domain/section/section'
import { stageFilters, savedLists, type DeskQuery } from '@/domain/desk/desk'
import { countSavedLists, findOnDesk } from '@/domain/desk/queries'
import { findNotLookedOver } from '@/domain/workflow/lone-publishing'
import { indexSome } from '@/domain/search/indexing'
import { countOverdue, settleDue } from '@/domain/story/settling'
import { findPast } from '@/domain/schedule/past-queries'
import { findUpcoming } from '@/domain/schedule/upcoming-queries'
import type { Actor } from '@/domain/user/user'
import { readCorrections, readCorrectionsFeed } from './corrections'
import { readFeed, readSectionFeed } from './feed'
import { readFrontPage } from './front-page'
import { readAllNamed, readNamedFeed, readNamedStories } from './names'
import { readHeadlines, readSectionStories } from './lists'
import { searchStories } from './search'
import { IDS_PER_SITEMAP, readSitemap, readSitemapFiles } from './sitemap'
import { readStoryAt } from './story'
import { readNextChangeAt } from './upcoming'

/** Enough for Postgres to prefer indexes; its plans are the same at a million. */
const STORIES = 20_000

/** Tables that grow with every story. */
const GROWING = [
  'stories',
  'revisions',
  'drafts',
  'corrections',
  'story_authors',
  'story_topics',
  'story_search',
  'draft_search',
]

/** A file of the sitemap is a quarter of these stories: for so many, Postgres may scan their revisions. */
const GROWING_EXCEPT_REVISIONS = ['stories', 'drafts']

let section: Section
let emptySection: Section
let editor: Actor
let reporter: Actor
const everything: DeskQuery = { list: null, stage: null, sectionId: null, search: '', before: null }
const onDesk = (actor: () => Actor, question: Partial<DeskQuery>) => () =>
  findOnDesk(actor(), { ...everything, ...question })
const anEditor = () => editor
const aReporter = () => reporter

const many = { id: 1, slug: 'wobble', name: 'Wobble' }
const few = { id: 1, slug: 'salt', name: 'Salt' }

type Query = [title: string, run: () => Promise<unknown>, tables?: string[]]

const viewsOf = (desk: string, actor: () => Actor) => [
  ...stageFilters.map((stage): Query => [`${desk}: ${stage}`, onDesk(actor, { stage })]),
  ...savedLists.map((list): Query => [`${desk}: ${list}`, onDesk(actor, { list })]),
]

/** The queries of readers and editors that must work with many stories. A new query gets a line here. */
const queries: Query[] = [
  ['the front page', readFrontPage],
  ['the headlines of the front page', () => headlinesInOrder(database(), null)],
  ['the default lead', () => newestWithBody(database())],
  ['the latest and the headlines', () => readHeadlines(null)],
  ['the latest and the headlines, far back', () => readHeadlines(cursorFarBack)],
  ['a section', () => readSectionStories(section, null)],
  ['a section, far back', () => readSectionStories(section, cursorFarBack)],
  ['a section without stories', () => readSectionStories(emptySection, null)],
  ['an author of many', () => readNamedStories('author', many, null)],
  ['an author of many, far back', () => readNamedStories('author', many, cursorFarBack)],
  ['a topic of few', () => readNamedStories('topic', few, null)],
  ['the feed of a topic', () => readNamedFeed('topic', few)],
  ['all authors', () => readAllNamed('author')],
  ['the names that are offered', () => namesInUse(database())],
  ['the authors as editors see them', () => listNamed('author', null)],
  ['a story', () => readStoryAt(STORIES / 2)],
  ['a story that is withdrawn', () => readStoryAt(STORIES / 4)],
  ['a story that never was', () => readStoryAt(STORIES * 100)],
  ['the feed', readFeed],
  ['the feed of a section', () => readSectionFeed(section)],
  ['the corrections', () => readCorrections(null)],
  ['the corrections, far back', () => readCorrections(cursorFarBack)],
  ['the feed of corrections', readCorrectionsFeed],
  ['the next moment', readNextChangeAt],
  ['what goes out next', () => findUpcoming(editor)],
  ['what of one’s own goes out next', () => findUpcoming(reporter)],
  ['what came true in a month', () => findPast(editor, someHours(), 500)],
  ['what of one’s own came true in a month', () => findPast(reporter, someHours(), 500)],
  ['what a clock settles', settleDue],
  ['what is overdue', () => countOverdue(database())],
  ['the files of the sitemap', readSitemapFiles],
  ['the first file of the sitemap', () => readSitemap(0), GROWING_EXCEPT_REVISIONS],
  ['the last file of the sitemap', () => readSitemap(STORIES - IDS_PER_SITEMAP), GROWING_EXCEPT_REVISIONS],
  ...[
    'spoons',
    'moon ferry',
    '"moon ferry returns"',
    '12345',
    'xylophone',
    'moon -ferry',
    'xylophone or 777',
    'THE',
    'the who',
    'to be or not to be',
    '東京',
    'F-77',
    '-moon',
  ].map((words): Query => [`a search for ${words}`, () => searchStories(words)]),
  ['the desk', onDesk(anEditor, {})],
  ['the desk, far back', onDesk(anEditor, { before: `${Date.now() * 1000 - 400_000_000_000}-1` })],
  ...viewsOf('the desk', anEditor),
  ['the counts of the saved lists', () => countSavedLists(editor)],
  ['the counts of a reporter’s saved lists', () => countSavedLists(reporter)],
  ['what went out without an editor', findNotLookedOver],
  ['the desk, without a section', onDesk(anEditor, { sectionId: 'none' })],
  ['the desk, a word in many', onDesk(anEditor, { search: 'moon' })],
  ['the desk, a word in one', onDesk(anEditor, { search: '12345' })],
  ['the desk, a word in none', onDesk(anEditor, { search: 'xylophone' })],
  ['a reporter’s desk', onDesk(aReporter, {})],
  ...viewsOf('a reporter’s desk', aReporter),
  ['a reporter’s desk, a word in many', onDesk(aReporter, { search: 'moon' })],
  ['a reporter’s desk, a word in one', onDesk(aReporter, { search: '12345' })],
]

/** Far back; as many stories as in a real month. */
const someHours = () => ({
  from: new Date(Date.now() - 200 * 3_600_000),
  until: new Date(Date.now() - 196 * 3_600_000),
})

/** A third of the way down; synthetic stories are 37 seconds apart. */
const cursorFarBack = `${new Date(Date.now() - (STORIES / 3) * 37_000).toISOString().replace(/\D/gu, '').slice(0, 17)}000-1`

beforeAll(async () => {
  ;[editor, reporter, section] = [await aPerson('editor'), await aPerson('reporter'), await aSection()]
  await insertSyntheticStories(process.env.DATABASE_URL ?? '', STORIES)
  await indexSynthetic()
  emptySection = await aSection()
  await runStatements([
    `update stories set withdrawn_at = now(), withdrawn_reason = 'No ferry.' where id % 5000 = 0`,
    `update stories set live_at = now() + interval '1 day' where id % 4001 = 0`,
    'update drafts set kept_as_revision_id = null where story_id % 997 = 0',
    `insert into corrections (story_id, kind, words, published_at, published_by_name, revision_id)
      select id, 'correction', 'The ferry is a barge.', live_at + interval '1 hour', 'fill', live_revision_id from stories where id % 4 = 0`,
    `insert into corrections (story_id, kind, words, published_at, published_by_name, revision_id, replaces_id)
      select story_id, 'update', 'The barge is a ferry.', published_at, 'fill', revision_id, id from corrections where id % 3 = 0`,
    `update stories set owner_id = ${reporter.id} where id % 1009 = 0`,
    `insert into story_progress (story_id, step, moved_at, moved_by_name, assignee_id)
      select id, 'for-review', now(), 'fill', case when id % 2 = 0 then ${editor.id} end from stories where id % 199 = 0`,
    `insert into authors (slug, name) select 'wobble-' || n, 'Wobble ' || n from generate_series(1, 300) n`,
    `insert into topics (slug, name) select 'salt-' || n, 'Salt ' || n from generate_series(1, 300) n`,
    `update stories set live_author_ids = array[1 + id % 2, 2 + id % 299], live_topic_ids = array[1 + id % 300] where live_at is not null`,
    'analyze authors, topics, story_authors, story_topics',
    'vacuum analyze stories, drafts, corrections, story_progress, story_search, draft_search',
  ])
})

test.for(queries)('%s: no growing table is scanned', async ([, run, tables = GROWING]) => {
  const plans = await plansOf(run)
  expect(plans.length).toBeGreaterThan(0)
  for (const { query, plan } of plans)
    for (const table of tables)
      expect(plan, `${query}\n${plan}`).not.toMatch(new RegExp(`Seq Scan on ${table}\\b`, 'u'))
})

test('a story older than all scanned ones is found by the index: for readers, editors and reporters', async () => {
  const deep = { ...everything, search: '"edition 12345"' }
  const found = [
    await searchStories(deep.search),
    (await findOnDesk(editor, deep)).stories,
    (await findOnDesk(reporter, deep)).stories,
  ]
  for (const stories of found)
    expect(stories.map(({ headline }) => headline)).toEqual([expect.stringMatching(/edition 12345$/u)])
})

test('the sitemap has a file for each range of ids, and each story with a body is in one', async () => {
  const files = await Promise.all((await readSitemapFiles()).map(readSitemap))
  const ids = files.flatMap((file) => file?.stories.map(({ id }) => id) ?? [])
  const [live] = await database().execute<{ count: number }>(
    sql`select count(*)::int as count from live_stories where has_body`,
  )
  expect(files.length).toBe(Math.ceil(STORIES / IDS_PER_SITEMAP))
  expect(new Set(ids).size).toBe(live?.count)
  expect(await readSitemap(1)).toBeNull()
})

test('a scan of a table is found', async () => {
  const [firstPlan] = await plansOf(() =>
    database().execute(sql`select count(*) from revisions where headline like '%ferry%'`),
  )
  expect(firstPlan?.plan).toContain('Seq Scan on revisions')
})

/** One story as it is, and all others by the vectors of the build before, which are as long: plans depend on nothing else. */
async function indexSynthetic() {
  await runStatements([
    'truncate search_pending',
    'insert into story_search select id, live_revision_id, live_at, live_words from stories where live_at is not null on conflict do nothing',
    'insert into draft_search select story_id, version, words from drafts on conflict do nothing',
    `insert into search_pending (story_id) select story_id from drafts where headline like '%edition 12345'`,
    `delete from draft_search where story_id in (select story_id from search_pending)`,
  ])
  while ((await indexSome()) > 0);
}

/** On a connection of its own, without a deadline. */
async function runStatements(statements: string[]) {
  const connection = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  for (const statement of statements) await connection.unsafe(statement)
  await connection.end()
}

type Plan = { query: string; plan: string }

/**
 * The plans of all queries that run meanwhile. Each is explained just before it runs, with its values and on its connection, so that settings of the
 * transaction apply.
 */
async function plansOf(run: () => Promise<unknown>): Promise<Plan[]> {
  const session = database()._.session as unknown as { client: Sql }
  const { client } = session
  const plans: Promise<Plan>[] = []
  session.client = explaining(client, plans)
  try {
    await run()
    return await Promise.all(plans)
  } finally {
    session.client = client
  }
}

/** A client that explains every query before it runs, also inside transactions. */
function explaining<Client extends Sql | TransactionSql>(client: Client, plans: Promise<Plan>[]): Client {
  const overrides: Record<PropertyKey, unknown> = {
    unsafe: (query: string, values: never[], options: object) => {
      if (/^\s*\(?select/iu.test(query)) plans.push(planOf(client, query, values))
      return client.unsafe(query, values, options)
    },
  }
  for (const name of ['begin', 'savepoint']) {
    const open = Reflect.get(client, name) as (change: (tx: TransactionSql) => unknown) => unknown
    overrides[name] = (change: (tx: TransactionSql) => unknown) =>
      open.call(client, (tx) => change(explaining(tx, plans)))
  }
  return new Proxy(client, {
    get: (target, name) => (Object.hasOwn(overrides, name) ? overrides[name] : (Reflect.get(target, name) as unknown)),
  })
}

async function planOf(client: Sql | TransactionSql, query: string, values: never[]): Promise<Plan> {
  const rows = await client.unsafe(`explain ${query}`, values)
  return { query, plan: rows.map((row) => String(row['QUERY PLAN'])).join('\n') }
}
