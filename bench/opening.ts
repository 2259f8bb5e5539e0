import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findOrInstallBrowser } from '../scripts/chromium.mjs'
import { startBareEditor } from './bare-editor-page'
import { median, milliseconds, ratio } from './figures'
import { LONG, startNewsroom, type Newsroom } from './newsroom'
import { DevtoolsBrowser } from './devtools-browser'
import { progress, type Findings } from './report'

/** Read as text, because what runs in a page must not have been compiled for this program. */
const measureOpening = fileURLToPath(new URL('./measure-opening.mjs', import.meta.url))

/** A cheap laptop or phone: so many times slower than this processor. */
const SLOWDOWN = 4
const ROUNDS = 9

/** So long somebody takes to type their name and password. Milliseconds. */
const SIGN_IN_TIME = 6000

/** Somebody's morning: so many stories, one after the other, each from the desk, at which they look for a while. Milliseconds. */
const MORNINGS = 3
const STORIES = 6
const READ_TIME = 2500

/** So many paragraphs are a story of 360 words. */
const SHORT = 6

const IS_LOADED =
  'performance.timing.loadEventEnd && performance.timing.loadEventEnd - performance.timing.navigationStart'
const IS_WRITABLE = 'globalThis.writableAt'
const SCRIPT =
  'performance.getEntriesByType("resource").reduce((sum, entry) => sum + (entry.name.includes(".js") ? entry.encodedBodySize : 0), 0)'

const PAGE = ['encodedBodySize', 'decodedBodySize'].map(
  (size) => `performance.getEntriesByType("navigation")[0].${size}`,
)

/**
 * How long a story's page takes on a slow processor until somebody can write, in a new tab and from the desk, beside the newsroom's page to sign in:
 * the least that Next and React make; and beside a bare page with the same editor and the same words, without Next and React.
 */
export async function benchOpening(): Promise<Findings> {
  const newsroom = await startNewsroom('opening', [LONG, SHORT])
  const browser = await DevtoolsBrowser.start(await findOrInstallBrowser(progress))
  const how = { slower: SLOWDOWN, first: await readFile(measureOpening, 'utf8') }
  const inNewTab: InNewTab = async (contextId, address, condition, { ask = [], stays = 0 } = {}) => {
    const tab = await browser.newTab(contextId, how)
    const numbers = await tab.go(address, condition, ask)
    await pause(stays)
    await tab.close()
    return numbers
  }
  progress('Opening in a new tab')
  const bare = await startBareEditor(newsroom, newsroom.addresses[0] ?? '')
  const opened = await openInNewTabs(newsroom, bare.address, inNewTab, browser)
  progress('Opening from the desk')
  const mornings = await workFromTheDesk(newsroom, browser, how)
  return findings(opened, mornings, bare.script)
}

type Opened = {
  took: Record<'signIn' | 'bare' | 'long' | 'short' | 'longUnprepared' | 'shortUnprepared', number[]>
  bytes: Record<'script' | 'sent' | 'whole', number>
}
type InNewTab = (
  contextId: string,
  address: string,
  condition: string,
  how?: { ask?: string[]; stays?: number },
) => Promise<number[]>

async function openInNewTabs(
  { origin, cookie, addresses }: Newsroom,
  bare: string,
  open: InNewTab,
  browser: DevtoolsBrowser,
) {
  const [long = '', short = ''] = addresses
  const opened: Opened = {
    took: { signIn: [], bare: [], long: [], short: [], longUnprepared: [], shortUnprepared: [] },
    bytes: { script: 0, sent: 0, whole: 0 },
  }
  // The first round finds the server cold, and counts for nothing.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareContext = await browser.newContext()
    const [bareOne = NaN] = await open(bareContext, bare, IS_WRITABLE)
    const editorContext = await browser.newContext()
    const [signIn = NaN] = await open(editorContext, `${origin}/sign-in`, IS_LOADED, { stays: SIGN_IN_TIME })
    await browser.setCookie(editorContext, cookie)
    const [longOne = NaN] = await open(editorContext, long, IS_WRITABLE)
    const [shortOne = NaN] = await open(editorContext, short, IS_WRITABLE)
    const [one, other] = [await browser.newContext(), await browser.newContext()]
    for (const contextId of [one, other]) await browser.setCookie(contextId, cookie)
    const [longUnprepared = NaN, script = NaN, sent = NaN, whole = NaN] = await open(one, long, IS_WRITABLE, {
      ask: [SCRIPT, ...PAGE],
    })
    const [shortUnprepared = NaN] = await open(other, short, IS_WRITABLE)
    for (const contextId of [bareContext, editorContext, one, other]) await browser.disposeContext(contextId)
    if (round === 0) continue
    opened.bytes = { script, sent, whole }
    const times = { signIn, bare: bareOne, long: longOne, short: shortOne, longUnprepared, shortUnprepared }
    for (const what of Object.keys(times) as (keyof typeof times)[]) opened.took[what].push(times[what])
  }
  return opened
}

/** @returns of each morning, how long each story took */
async function workFromTheDesk(
  { origin, cookie, addresses }: Newsroom,
  browser: DevtoolsBrowser,
  how: { slower: number; first: string },
): Promise<number[][]> {
  const [long = ''] = addresses
  const mornings: number[][] = []
  for (let morning = 0; morning < MORNINGS; morning += 1) {
    const editorContext = await browser.newContext()
    const tab = await browser.newTab(editorContext, how)
    const took: number[] = []
    await tab.go(`${origin}/sign-in`, IS_LOADED)
    await pause(SIGN_IN_TIME)
    await browser.setCookie(editorContext, cookie)
    for (let story = 0; story < STORIES; story += 1) {
      await tab.go(`${origin}/admin`, IS_LOADED)
      await pause(READ_TIME)
      const [time = NaN] = await tab.go(long, IS_WRITABLE)
      took.push(time)
      await pause(READ_TIME)
    }
    mornings.push(took)
    await browser.disposeContext(editorContext)
  }
  return mornings
}

function findings({ took, bytes }: Opened, mornings: number[][], bareScript: number): Findings {
  const begun = (what: string, times: number[]) => [what, milliseconds(median(times)), milliseconds(Math.min(...times))]
  const row = (what: string, times: number[]) => [
    ...begun(what, times),
    ratio(median(times.map((time, round) => time / (took.signIn[round] ?? NaN)))),
  ]
  const fromDesk = (what: string, times: number[]) => [...begun(what, times), milliseconds(Math.max(...times))]
  const nth = (story: number) => mornings.flatMap((morning) => morning[story] ?? [])
  return {
    tables: [
      {
        title: `Until somebody can write, the processor ${SLOWDOWN} × slower: in a new tab`,
        head: ['', 'median', 'shortest', '/ signing in'],
        rows: [
          row('a story of 5,000 words, the first after signing in', took.long),
          row('a story of 360 words, the second', took.short),
          row('5,000 words, in a browser that never saw the page to sign in', took.longUnprepared),
          row('360 words, in such a browser', took.shortUnprepared),
          row('the page to sign in, loaded', took.signIn),
          row('a bare page with the same editor and the same 5,000 words', took.bare),
        ],
        notes: [
          `${ROUNDS} rounds, by turns, each with people who never were there; they look at the page to sign in for ${SIGN_IN_TIME / 1000} s.`,
          `As they are sent: the scripts of a story’s page ${kilobytes(bytes.script)}, the page itself ${kilobytes(bytes.sent)} (${kilobytes(bytes.whole)} unpacked); the script of the bare page ${kilobytes(bareScript)}.`,
        ],
      },
      {
        title: 'The same story of 5,000 words, from the desk in one tab, as people come',
        head: ['', 'median', 'shortest', 'longest'],
        rows: [
          fromDesk('the first story', nth(0)),
          fromDesk('the second', nth(1)),
          fromDesk(
            'from then on',
            mornings.flatMap((morning) => morning.slice(2)),
          ),
        ],
        notes: [`${MORNINGS} mornings of ${STORIES} stories each, of somebody who never was there and signs in first.`],
      },
    ],
    figures: { took, bytes, mornings },
  }
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`
