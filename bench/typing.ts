import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { findOrInstallBrowser } from '../scripts/chromium.mjs'
import { median, milliseconds, quantile, ratio } from './support/figures'
import { LONG, startNewsroom, type Newsroom } from './browser/newsroom'
import { progress, type Findings } from './support/report'
import { onCleanup } from './support/cleanup'

/** Read as text: a script for the page must not be compiled for this process. */
const measureKeys = fileURLToPath(new URL('./browser/measure-keys.mjs', import.meta.url))

/** CPU throttling factor, for a cheap laptop or phone. */
const SLOWDOWN = 4
const KEYS = 120
const WARM_UP = 20

/** The cost of a key in a story of 5,000 words on a slow processor, relative to a bare contenteditable element with the same text. */
export async function benchTyping(): Promise<Findings> {
  const { cookie, addresses } = await startNewsroom('typing', [LONG])
  const [address = ''] = addresses
  const executablePath = await findOrInstallBrowser(progress)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // Playwright would exit this process on a signal, before the database has stopped.
  const ours = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  const browser = await chromium.launch({ executablePath, args, ...ours })
  onCleanup(() => browser.close())
  progress('Typing')
  return findings(await measureKeyTimes({ browser, cookie }, address))
}

type Session = { browser: Browser; cookie: Newsroom['cookie'] }

async function slowPage({ browser, cookie }: Session): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  await context.addCookies([cookie])
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  return { page, context }
}

/** Ten keys in each alternately, so that other load on the machine affects both. */
async function measureKeyTimes(people: Session, address: string) {
  const ours = await slowPage(people)
  await ours.page.goto(address)
  await ours.page.getByRole('group', { name: 'Your words' }).getByText('Saved').waitFor({ timeout: 60_000 })
  const bare = await slowPage(people)
  const text = await ours.page.getByRole('textbox', { name: 'Body' }).locator('p').allTextContents()
  await bare.page.setContent(
    `<div contenteditable role="textbox" aria-label="Body">${text.map((words) => `<p>${words}</p>`).join('')}</div>`,
  )
  const took = { ours: [] as KeyTime[], bare: [] as KeyTime[] }
  const both = { ours: ours.page, bare: bare.page }
  for (const page of Object.values(both)) {
    await page
      .getByRole('textbox', { name: 'Body' })
      .locator('p')
      .nth(LONG >> 1)
      .click()
    await page.evaluate(await readFile(measureKeys, 'utf8'))
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

/** What a key costs, in milliseconds; see bench/browser/measure-keys.mjs. */
type KeyTime = { handled: number; whole: number }

declare global {
  interface Window {
    keyTimes?: KeyTime[]
  }
}

async function tenKeys(page: Page): Promise<KeyTime[]> {
  const keys = 'ten more k'
  await page.evaluate(() => (window.keyTimes ?? []).splice(0))
  for (const letter of keys) await page.keyboard.type(letter, { delay: 90 })
  await page.waitForFunction((count) => window.keyTimes?.length === count, keys.length)
  return page.evaluate(() => window.keyTimes ?? [])
}

function findings(keys: { ours: KeyTime[]; bare: KeyTime[] }): Findings {
  const whole = { ours: keys.ours.map(inAll), bare: keys.bare.map(inAll) }
  const middle = { ours: median(whole.ours), bare: median(whole.bare) }
  const handled = { ours: median(keys.ours.map(ofHandling)), bare: median(keys.bare.map(ofHandling)) }
  const row = (name: string, who: 'ours' | 'bare', beside: string) => [
    name,
    milliseconds(middle[who]),
    milliseconds(quantile(whole[who], 0.95)),
    milliseconds(handled[who]),
    beside,
  ]
  return {
    tables: [
      {
        title: `A key in a story of 5,000 words, the processor ${SLOWDOWN} × slower`,
        head: ['', 'median', 'p95', 'of it until the letter is in the page', 'ours / bare'],
        rows: [
          row('the story editor', 'ours', ratio(middle.ours / middle.bare)),
          row('a bare contenteditable', 'bare', ''),
        ],
        notes: [
          `${keys.ours.length} keys in the middle of the text, ten at a time alternately; processor time per key, its frame included.`,
        ],
      },
    ],
    figures: { keys, middle, handled },
  }
}

const ofHandling = ({ handled }: KeyTime) => handled
const inAll = ({ whole }: KeyTime) => whole
