import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { readerPaths } from '@/lib/addresses'
import { routes } from '@/lib/routes'
import { appInventory } from './rights/app-inventory'
import { instanceUrl } from './people'

/**
 * A story as readers find it; its headline, author and topic contain the word, and no other story does.
 * `corrected`: it has a correction note.
 */
type KnownStory = { id: string; section: string; slug: string; headline: string; word: string; corrected?: boolean }

/** The only author and topic of such a story, both new. */
export const namesWith = (word: string) => ({ authors: `Bell ${word}`, topics: `Bell tower ${word}` })
const author = ({ word }: KnownStory) => routes.author({ slug: `bell-${word}` })
const topic = ({ word }: KnownStory) => routes.topic({ slug: `bell-tower-${word}` })

/** What an address shows of a live story. */
type ReaderAddress = { address: string; shows: Exclude<ReaderPath['shows'], 'headline of a corrected story'> }
type ReaderPath = (typeof readerPaths)[number]

/** A path of lib/addresses.ts, or a folder of app/(reader), with anonymous parameters. */
const shapeOf = (path: string) => path.replace(/(?<=\/):[^/]+/gu, ':')
const shapeOfFile = (file: string) => `/${file.replace(/\/?(?:page|route)\.tsx?$/u, '').replace(/\[[^/]+\]/gu, ':')}`

const declared = new Map(readerPaths.map((address) => [shapeOf(address.path), address]))

function addressFor({ path, query, shows }: ReaderPath, story: KnownStory): ReaderAddress {
  const { word, section, slug, id, corrected = false } = story
  const params = { section, story: `${slug}-${id}`, author: `bell-${word}`, topic: `bell-tower-${word}`, after: '0' }
  const filled = path.replace(/:(\w+)/gu, (_, name: keyof typeof params) => params[name])
  const address = query?.includes('q') ? `${filled}?q=${word}` : filled
  if (shows === 'headline of a corrected story') return { address, shows: corrected ? 'headline' : 'nothing' }
  return { address, shows }
}

function markerOf(shows: ReaderAddress['shows'], story: KnownStory): string {
  switch (shows) {
    case 'headline':
    case 'nothing':
      return story.headline
    case 'story address':
      return `/${story.slug}-${story.id}<`
    case 'author address':
      return `${author(story)}<`
    case 'topic address':
      return `${topic(story)}<`
  }
}

/** @throws if lib/addresses.ts lacks an address of app/(reader): no test would check that it keeps an embargo */
export function readerAddresses(story: KnownStory): ReaderAddress[] {
  const inventory = appInventory()
  const files = [...inventory.pages, ...inventory.routes.map((route) => route.replace(/#.*$/u, ''))]
  const readers = files.flatMap((file) => /^app\/\(reader\)\/(.*)$/u.exec(file)?.[1] ?? [])
  return readers.map((file) => {
    if (file === NOT_FOUND) return { address: '/no/such/page', shows: 'nothing' }
    const address = declared.get(shapeOfFile(file))
    if (!address) throw new Error(`lib/addresses.ts lacks the address of app/(reader)/${file}.`)
    return addressFor(address, story)
  })
}

const NOT_FOUND = '[...address]/page.tsx'

/** Results of a search mark its words inside a headline. */
const withoutMarks = (text: string) => text.replace(/<\/?mark>|<\/?span>|<!-- -->/gu, '')

/** The public addresses that show a story. `read` returns the text of an address. */
export async function addressesShowing(
  story: KnownStory,
  read: (address: string) => Promise<string>,
): Promise<string[]> {
  const showing = readerAddresses(story).map(async ({ address, shows }) =>
    withoutMarks(await read(address)).includes(markerOf(shows, story)) ? [address] : [],
  )
  return (await Promise.all(showing)).flat()
}

/** A time some full seconds from now, and as it is typed in the server's zone (UTC). */
export function inSeconds(seconds: number): { at: number; typed: string } {
  const at = Math.ceil(Date.now() / 1000 + seconds) * 1000
  // A time input omits zero seconds, so a full minute is not used.
  return at % 60_000 === 0 ? inSeconds(seconds + 1) : { at, typed: new Date(at).toISOString().slice(0, 19) }
}

/** Milliseconds, with two browsers on the machine. */
export const SHOWN_WITHIN = 10_000

/** Milliseconds before the moment from which every address is requested without a pause; until then five times a second. */
const NEAR = 3000
const FAR_PAUSE = 200

/**
 * Polls every public address until it shows the story.
 * @param known whether its address was public before, and only its text is new
 * @returns addresses that showed it early or not at all, and how long after the moment the last one did, in milliseconds
 */
export async function probe(page: Page, story: KnownStory, moment: number, { known = false } = {}) {
  const early: string[] = []
  let requests = 0
  const first = new Map<string, number>()
  const watched = readerAddresses(story).filter(({ shows }) => !known || shows !== 'story address')
  const isOver = ({ address, shows }: ReaderAddress) =>
    first.has(address) || Date.now() > moment + (shows === 'nothing' ? 0 : 2 * SHOWN_WITHIN)
  const watch = async (readerAddress: ReaderAddress) => {
    const { address, shows } = readerAddress
    const marker = markerOf(shows, story)
    while (!isOver(readerAddress)) {
      const far = moment - NEAR - Date.now()
      if (far > 0) await pause(Math.min(far, FAR_PAUSE))
      const text = withoutMarks(await (await page.request.get(instanceUrl() + address)).text())
      requests += 1
      if (!text.includes(marker)) continue
      if (Date.now() < moment || shows === 'nothing') early.push(address)
      else first.set(address, Date.now() - moment)
    }
  }
  await Promise.all(watched.map(watch))
  const awaited = watched.filter(({ shows }) => shows !== 'nothing')
  const seen = {
    early,
    missing: awaited.filter(({ address }) => !first.has(address)).map(({ address }) => address),
    latest: Math.max(...first.values()),
  }
  console.log(
    `All ${awaited.length} addresses showed it ${seen.latest} ms after the second; ${requests} responses, ${early.length} early`,
  )
  return seen
}
