import http from 'node:http'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { correctStory } from '@/domain/correction/correcting'
import { aPerson, aSection, storyFields, valueOf } from '@/domain/newsroom.test-support'
import { includesId } from '@/domain/story/id-ranges'
import { startStory } from '@/domain/story/drafting'
import { publishNewHeadline, publishStory } from '@/domain/story/publishing'
import { namesWith, readerAddresses } from '../../e2e/support/reader-addresses'
import { mentions } from '../invalidation/mentions.test-support'
import { SupervisedRenderer } from '../supervisor/renderer'
import { buildOnce, SESSION_SECRET } from '../supervisor/server-process.test-support'
import { requestRender } from './render-request'

const siteUrl = new URL('http://news.example')
const agent = new http.Agent({ keepAlive: true })
let renderer: SupervisedRenderer
let editor: Awaited<ReturnType<typeof aPerson>>
let section: Awaited<ReturnType<typeof aSection>>

beforeAll(async () => {
  await buildOnce()
  // Ids that do not occur in a page by chance.
  await database().execute(sql`select setval(pg_get_serial_sequence('stories', 'id'), 7100000)`)
  ;[editor, section] = [await aPerson('admin'), await aSection()]
  const env = { DATABASE_URL: process.env.DATABASE_URL ?? '', SITE_URL: siteUrl.origin, SESSION_SECRET }
  const log = () => undefined
  renderer = new SupervisedRenderer({ dev: false, env: () => env, log, maxMemory: Infinity })
  await renderer.start()
}, 200_000)

afterAll(async () => {
  agent.destroy()
  await renderer.stop()
})

async function aLiveStory(headline: string, word: string) {
  const body = JSON.stringify({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'The ferry sang.' }] }],
  })
  const { id } = valueOf(await startStory(editor, { headline, sectionId: String(section.id) }))
  const sent = { storyId: String(id), seenVersion: '1', headline, sectionId: String(section.id), body }
  const published = valueOf(await publishStory(editor, { ...storyFields(sent), slug: 'ferry', ...namesWith(word) }))
  const seen = { storyId: id, seenVersion: published.draft.version, seenRevision: published.liveRevisionId }
  valueOf(await correctStory(editor, { ...seen, kind: 'correction', words: 'It was a gull.' }))
  return { storyId: id, headline }
}

/** Redirects, and lists of names, mention no story that they depend on. */
const dependsOnMore = (path: string) => /^\/(?:authors|topics|sitemaps)\//u.test(path)

test('every page names in its metadata exactly the stories that it shows', async () => {
  const word = `quibble${crypto.randomUUID().slice(0, 8)}`
  const shown = `Ferry seen ${word}`
  const first = await aLiveStory(shown, word)
  const stories = [first, await aLiveStory('Tea is late', 'tea'), await aLiveStory('Bell is heard', 'bell')]
  const fields = { headline: 'Kite is up', sectionId: String(section.id) }
  stories.push({ storyId: valueOf(await publishNewHeadline(editor, fields)).id, headline: fields.headline })
  const story = { id: String(first.storyId), section: section.slug, slug: 'ferry', headline: shown, word }
  const paths = readerAddresses({ ...story, corrected: true }).map(({ address }) => address)
  const older = ['/latest', '/headlines', `/${section.slug}`].map((path) => `${path}?before=20990101000000000000-9`)
  let named = 0
  for (const key of [...paths, ...older]) {
    if (renderer.origin === null) throw new Error('The renderer is not running.')
    const { signal } = new AbortController()
    const page = await requestRender({ origin: renderer.origin, key, siteUrl, agent, signal })
    const document = page.body.toString()
    for (const { storyId, headline } of stories) {
      const isNamed = includesId(page.stories, storyId)
      if (isNamed) named += 1
      if (dependsOnMore(key) && isNamed) continue
      expect([key, headline, isNamed]).toEqual([key, headline, mentions(document, { storyId, headline })])
    }
  }
  expect(named).toBeGreaterThan(paths.length)
})
