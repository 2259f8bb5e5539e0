import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import { database } from '@/db/client'
import { sessions, users } from '@/db/schema/user'
import { migrateDatabase } from '@/db/migrating'
import { seedIfEmpty } from '@/db/seed'
import { saveDraft, startStory } from '@/domain/story/drafting'
import type { Actor } from '@/domain/user/user'
import { findOrInstallBrowser } from '../server/browser.mjs'
import { median, milliseconds, quantile, ratio } from './figures'
import { makeDatabase, startDatabase, startNewspaper } from './newspaper'
import { nonsenseWords } from './nonsense'
import { say, type Findings } from './report'
import { onDatabase } from './stories'
import { endLater } from './tidy'

/** Read as text, because what runs in a page must not have been compiled for this program. */
const watchKeys = fileURLToPath(new URL('./watch-keys.mjs', import.meta.url))
const watchOpening = fileURLToPath(new URL('./watch-opening.mjs', import.meta.url))

const SECRET = 'a secret for minutes, and for nobody else'
const PARAGRAPHS = 84
const WORDS_IN_A_PARAGRAPH = 60

/** A cheap laptop or phone: so many times slower than this processor. */
const SLOWER = 4
const KEYS = 120
const WARM_UP = 20
const LOADS = 7

/**
 * Writing in a story of 5,000 words on a slow processor: what a key costs, beside the same key in a bare editable box with the same text;
 * and how long the page takes until somebody can write, beside the newsroom's page to sign in.
 */
export async function benchTyping(): Promise<Findings> {
  const databaseUrl = await makeDatabase(await startDatabase(), 'typing')
  await migrateDatabase(databaseUrl)
  const paper = await startNewspaper({ databaseUrl, env: { SESSION_SECRET: SECRET } })
  const { storyId, cookie } = await onDatabase(databaseUrl, aStoryAndASession)
  const executablePath = await findOrInstallBrowser(say)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args })
  endLater(() => browser.close())
  const address = `${paper.origin}/admin/stories/${storyId}`
  const people = { browser, cookie, origin: paper.origin }
  say('Typing: keys')
  const keys = await keysOf(people, address)
  say('Typing: opening the page')
  const opening = await openingOf(people, address)
  return findings(keys, opening)
}

async function aStoryAndASession(): Promise<{ storyId: number; cookie: string }> {
  await seedIfEmpty()
  const [person] = await database().select().from(users).limit(1)
  if (!person) throw new Error('Nobody has a login.')
  const actor: Actor = { id: person.id, name: person.name, role: person.role }
  const started = await startStory(actor, { headline: 'Moon ferry returns', sectionId: '' })
  if (!started.ok) throw new Error(JSON.stringify(started.refusal))
  const { id, draft } = started.value
  const content = Array.from({ length: PARAGRAPHS }, (_, at) => ({
    type: 'paragraph',
    content: [{ type: 'text', text: nonsenseWords(at, WORDS_IN_A_PARAGRAPH) }],
  }))
  const { headline, slug, version } = draft
  const fields = { storyId: String(id), seenVersion: String(version), headline, slug, sectionId: '' }
  const saved = await saveDraft(actor, { ...blank, ...fields, body: JSON.stringify({ type: 'doc', content }) })
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal))
  const sid = crypto.randomUUID()
  const expiresAt = new Date(Date.now() + 60 * 60 * 1000)
  await database()
    .insert(sessions)
    .values({ id: sid, userId: person.id, expiresAt, address: '127.0.0.1', agent: 'bench' })
  return { storyId: id, cookie: await encode({ token: { sub: String(person.id), sid }, secret: SECRET, maxAge: 3600 }) }
}

const blank = { kicker: '', standfirst: '', dateline: '' }

type People = { browser: Browser; cookie: string; origin: string }

async function slowPage({
  browser,
  cookie,
  origin,
}: People): Promise<{ page: Page; context: BrowserContext; line: CDPSession }> {
  const context = await browser.newContext()
  await context.addCookies([{ name: 'broadsheet-session', value: cookie, url: origin }])
  const page = await context.newPage()
  const line = await context.newCDPSession(page)
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return { page, context, line }
}

/** By turns ten keys in each, so that whatever else the machine does meets both. */
async function keysOf(people: People, address: string) {
  const ours = await slowPage(people)
  await ours.page.goto(address)
  await ours.page.getByRole('group', { name: 'Your words' }).getByText('Saved').waitFor({ timeout: 60_000 })
  const bare = await slowPage(people)
  const text = await ours.page.getByRole('textbox', { name: 'Body' }).locator('p').allTextContents()
  await bare.page.setContent(
    `<div contenteditable role="textbox" aria-label="Body">${text.map((words) => `<p>${words}</p>`).join('')}</div>`,
  )
  const took = { ours: [] as number[], bare: [] as number[] }
  const both = { ours: ours.page, bare: bare.page }
  for (const page of Object.values(both)) {
    await page
      .getByRole('textbox', { name: 'Body' })
      .locator('p')
      .nth(PARAGRAPHS >> 1)
      .click()
    await page.evaluate(await readFile(watchKeys, 'utf8'))
  }
  for (let keys = 0; keys < KEYS + WARM_UP; keys += 10)
    for (const who of ['ours', 'bare'] as const) {
      await both[who].bringToFront()
      const times = await tenKeys(both[who])
      if (keys >= WARM_UP) took[who].push(...times)
    }
  await Promise.all([ours.context.close(), bare.context.close()])
  return took
}

declare global {
  interface Window {
    keyTimes?: number[]
    writableAt?: number
  }
}

async function tenKeys(page: Page): Promise<number[]> {
  const keys = 'ten more k'
  await page.evaluate(() => (window.keyTimes ?? []).splice(0))
  for (const letter of keys) await page.keyboard.type(letter, { delay: 90 })
  await page.waitForFunction((count) => window.keyTimes?.length === count, keys.length)
  return page.evaluate(() => window.keyTimes ?? [])
}

async function openingOf(people: People, address: string) {
  const took = { ours: [] as number[], signIn: [] as number[] }
  let script = 0
  for (let load = 0; load < LOADS; load += 1) {
    const { page, context } = await slowPage(people)
    await context.clearCookies()
    await page.addInitScript({ path: watchOpening })
    await page.goto(`${people.origin}/sign-in`, { waitUntil: 'load' })
    took.signIn.push(await page.evaluate(() => performance.timing.loadEventEnd - performance.timing.navigationStart))
    await context.addCookies([{ name: 'broadsheet-session', value: people.cookie, url: people.origin }])
    await page.goto(address, { waitUntil: 'commit' })
    await page.waitForFunction(() => window.writableAt, undefined, { polling: 1000, timeout: 60_000 })
    took.ours.push(await page.evaluate(() => window.writableAt ?? NaN))
    script = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .reduce(
          (sum, entry) =>
            sum +
            (entry.name.includes('.js') && entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0),
          0,
        ),
    )
    await context.close()
  }
  return { took, script }
}

function findings(
  keys: { ours: number[]; bare: number[] },
  { took, script }: Awaited<ReturnType<typeof openingOf>>,
): Findings {
  const middle = { ours: median(keys.ours), bare: median(keys.bare) }
  const open = { ours: median(took.ours), signIn: median(took.signIn) }
  return {
    tables: [
      {
        title: `A key in a story of 5,000 words, the processor ${SLOWER} × slower`,
        head: ['', 'median', 'p95', 'ours / bare'],
        rows: [
          [
            'the story editor',
            milliseconds(middle.ours),
            milliseconds(quantile(keys.ours, 0.95)),
            ratio(middle.ours / middle.bare),
          ],
          ['a bare editable box', milliseconds(middle.bare), milliseconds(quantile(keys.bare, 0.95)), ''],
        ],
        notes: [
          `${keys.ours.length} keys in the middle of the text, by turns of ten; what the processor is busy for each, its frame included.`,
        ],
      },
      {
        title: `Opening that story's page, the processor ${SLOWER} × slower`,
        head: ['', 'median', 'script, compressed', 'ours / signing in'],
        rows: [
          [
            'until somebody can write',
            milliseconds(open.ours),
            `${Math.round(script / 1024)} KB`,
            ratio(open.ours / open.signIn),
          ],
          ['the page to sign in, loaded', milliseconds(open.signIn), '', ''],
        ],
        notes: [`${LOADS} times each, by turns, with an empty cache.`],
      },
    ],
    figures: { keys, middle, open, script },
  }
}
