import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findOrInstallBrowser } from '../server/browser.mjs'
import { median, milliseconds, ratio } from './figures'
import { LONG, startNewsroom } from './newsroom'
import { QuietBrowser } from './quiet-browser'
import { say, type Findings } from './report'

/** Read as text, because what runs in a page must not have been compiled for this program. */
const watchOpening = fileURLToPath(new URL('./watch-opening.mjs', import.meta.url))

/** A cheap laptop or phone: so many times slower than this processor. */
const SLOWER = 4
const ROUNDS = 9

/** So many paragraphs are a story of 360 words. */
const SHORT = 6

const IS_LOADED =
  'performance.timing.loadEventEnd && performance.timing.loadEventEnd - performance.timing.navigationStart'
const SCRIPT =
  'performance.getEntriesByType("resource").reduce((sum, entry) => sum + (entry.name.includes(".js") ? entry.encodedBodySize : 0), 0)'

/** How long a story's page takes on a slow processor until somebody can write, beside the newsroom's page to sign in: the least that Next and React make. */
export async function benchOpening(): Promise<Findings> {
  const { origin, cookie, addresses } = await startNewsroom('opening', [LONG, SHORT])
  const [long = '', short = ''] = addresses
  const browser = await QuietBrowser.start(await findOrInstallBrowser(say))
  const first = await readFile(watchOpening, 'utf8')
  const loaded = { slower: SLOWER, first, there: IS_LOADED }
  const writable = { slower: SLOWER, first, there: 'globalThis.writableAt' }
  const took = { signIn: [] as number[], long: [] as number[], again: [] as number[], short: [] as number[] }
  let script = 0
  say('Opening')
  // The first round finds the server cold, and counts for nothing.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const stranger = await browser.newVisitor()
    const [signIn = NaN] = await browser.open(stranger, `${origin}/sign-in`, loaded)
    const one = await browser.newVisitor(cookie)
    const [atFirst = NaN, bytes = NaN] = await browser.open(one, long, { ...writable, ask: [SCRIPT] })
    const [again = NaN] = await browser.open(one, long, writable)
    const other = await browser.newVisitor(cookie)
    const [shortOne = NaN] = await browser.open(other, short, writable)
    for (const visitor of [stranger, one, other]) await browser.forget(visitor)
    if (round === 0) continue
    script = bytes
    took.signIn.push(signIn)
    took.long.push(atFirst)
    took.again.push(again)
    took.short.push(shortOne)
  }
  return findings(took, script)
}

function findings(took: Record<'signIn' | 'long' | 'again' | 'short', number[]>, script: number): Findings {
  const row = (what: string, times: number[]) => [
    what,
    milliseconds(median(times)),
    milliseconds(Math.min(...times)),
    ratio(median(times.map((time, round) => time / (took.signIn[round] ?? NaN)))),
  ]
  return {
    tables: [
      {
        title: `Until somebody can write, the processor ${SLOWER} × slower`,
        head: ['', 'median', 'shortest', '/ signing in'],
        rows: [
          row('a story of 5,000 words, for the first time', took.long),
          row('the same again, its scripts in the browser’s cache', took.again),
          row('a story of 360 words, for the first time', took.short),
          row('the page to sign in, loaded', took.signIn),
        ],
        notes: [
          `${ROUNDS} rounds, by turns. “For the first time” is with an empty cache, and nothing kept on the device.`,
          `Script of a story’s page, compressed: ${Math.round(script / 1024)} KB.`,
        ],
      },
    ],
    figures: { took, script },
  }
}
