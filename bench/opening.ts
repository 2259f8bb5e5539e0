import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findOrInstallBrowser } from '../scripts/chromium.mjs'
import { startBareEditor } from './browser/bare-editor-page'
import { median, milliseconds, ratio } from './support/figures'
import { LONG, startNewsroom, type Newsroom } from './browser/newsroom'
import { DevtoolsBrowser } from './browser/devtools-browser'
import { progress, type Findings } from './support/report'

/** Read as text: a script for the page must not be compiled for this process. */
const measureOpening = fileURLToPath(new URL('./browser/measure-opening.mjs', import.meta.url))

/** CPU throttling factor, for a cheap laptop or phone. */
const SLOWDOWN = 4
const ROUNDS = 9

/** Time to type a name and a password. Milliseconds. */
const SIGN_IN_TIME = 6000

/** A morning: stories opened one after the other from the desk, with pauses. Milliseconds. */
const MORNINGS = 3
const STORIES = 6
const READ_TIME = 2500

/** Paragraphs of a story of 360 words. */
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
 * How long a story's page takes on a slow processor until its editor is usable, in a new tab and from the desk; relative to the sign-in page, the
 * minimum for Next and React, and to a bare page with the same editor and text without Next and React.
 */
export async function benchOpening(): Promise<Findings> {
  const newsroom = await startNewsroom('opening', [LONG, SHORT])
  const browser = await DevtoolsBrowser.start(await findOrInstallBrowser(progress))
  const options = { slower: SLOWDOWN, first: await readFile(measureOpening, 'utf8') }
  const inNewTab: InNewTab = async (contextId, address, condition, { expressions = [], stay = 0 } = {}) => {
    const tab = await browser.newTab(contextId, options)
    const numbers = await tab.go(address, condition, expressions)
    await pause(stay)
    await tab.close()
    return numbers
  }
  progress('Opening in a new tab')
  const bare = await startBareEditor(newsroom, newsroom.addresses[0] ?? '')
  const opened = await openInNewTabs(newsroom, bare.address, inNewTab, browser)
  progress('Opening from the desk')
  const mornings = await workFromTheDesk(newsroom, browser, options)
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
  options?: { expressions?: string[]; stay?: number },
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
  // The first round warms up the server and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareContext = await browser.newContext()
    const [bareOne = NaN] = await open(bareContext, bare, IS_WRITABLE)
    const editorContext = await browser.newContext()
    const [signIn = NaN] = await open(editorContext, `${origin}/sign-in`, IS_LOADED, { stay: SIGN_IN_TIME })
    await browser.setCookie(editorContext, cookie)
    const [longOne = NaN] = await open(editorContext, long, IS_WRITABLE)
    const [shortOne = NaN] = await open(editorContext, short, IS_WRITABLE)
    const [one, other] = [await browser.newContext(), await browser.newContext()]
    for (const contextId of [one, other]) await browser.setCookie(contextId, cookie)
    const [longUnprepared = NaN, script = NaN, sent = NaN, whole = NaN] = await open(one, long, IS_WRITABLE, {
      expressions: [SCRIPT, ...PAGE],
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

/** @returns the time of each story, per morning */
async function workFromTheDesk(
  { origin, cookie, addresses }: Newsroom,
  browser: DevtoolsBrowser,
  options: { slower: number; first: string },
): Promise<number[][]> {
  const [long = ''] = addresses
  const mornings: number[][] = []
  for (let morning = 0; morning < MORNINGS; morning += 1) {
    const editorContext = await browser.newContext()
    const tab = await browser.newTab(editorContext, options)
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
        title: `Until the editor is usable, the processor ${SLOWDOWN} × slower: in a new tab`,
        head: ['', 'median', 'shortest', '/ signing in'],
        rows: [
          row('a story of 5,000 words, the first after signing in', took.long),
          row('a story of 360 words, the second', took.short),
          row('5,000 words, in a browser that did not load the sign-in page', took.longUnprepared),
          row('360 words, in such a browser', took.shortUnprepared),
          row('the sign-in page, loaded', took.signIn),
          row('a bare page with the same editor and the same 5,000 words', took.bare),
        ],
        notes: [
          `${ROUNDS} alternating rounds, each with empty browser profiles; the sign-in page stays open for ${SIGN_IN_TIME / 1000} s.`,
          `As transferred: the scripts of a story’s page ${kilobytes(bytes.script)}, the page itself ${kilobytes(bytes.sent)} (${kilobytes(bytes.whole)} uncompressed); the script of the bare page ${kilobytes(bareScript)}.`,
        ],
      },
      {
        title: 'The same story of 5,000 words, from the desk in one tab',
        head: ['', 'median', 'shortest', 'longest'],
        rows: [
          fromDesk('the first story', nth(0)),
          fromDesk('the second', nth(1)),
          fromDesk(
            'from then on',
            mornings.flatMap((morning) => morning.slice(2)),
          ),
        ],
        notes: [`${MORNINGS} mornings of ${STORIES} stories each, with an empty browser profile, signing in first.`],
      },
    ],
    figures: { took, bytes, mornings },
  }
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`
