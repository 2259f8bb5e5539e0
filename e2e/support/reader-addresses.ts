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

type ReaderAddress = { address: string; says: 'headline' | 'address' | 'author' | 'topic' | 'nothing' }

/** How a path is written in lib/addresses.ts and as a folder of app/(reader), parameters without their names. */
const shapeOf = (path: string) => path.replace(/(?<=\/):[^/]+/gu, ':')
const shapeOfFile = (file: string) => `/${file.replace(/\/?(?:page|route)\.tsx?$/u, '').replace(/\[[^/]+\]/gu, ':')}`

const declared = new Map(readerPaths.map((address) => [shapeOf(address.path), address]))

function addressFor({ path, query, shows }: (typeof readerPaths)[number], story: KnownStory): ReaderAddress {
  const { word, section, slug, id, corrected = false } = story
  const params = { section, story: `${slug}-${id}`, author: `bell-${word}`, topic: `bell-tower-${word}`, after: '0' }
  const filled = path.replace(/:(\w+)/gu, (_, name: keyof typeof params) => params[name])
  const says = { ...saysOf, 'headline of a corrected story': corrected ? 'headline' : 'nothing' } as const
  return { address: query?.includes('q') ? `${filled}?q=${word}` : filled, says: says[shows] }
}

/** What an address shows of a live story: its headline, a link to it, to its author or to its topic; or nothing. */
const saysOf = {
  headline: 'headline',
  'story address': 'address',
  'author address': 'author',
  'topic address': 'topic',
  nothing: 'nothing',
} as const

function markerOf(says: ReaderAddress['says'], story: KnownStory): string {
  switch (says) {
    case 'headline':
    case 'nothing':
      return story.headline
    case 'address':
      return `/${story.slug}-${story.id}<`
    case 'author':
      return `${author(story)}<`
    case 'topic':
      return `${topic(story)}<`
  }
}

/** @throws where lib/addresses.ts lacks an address of app/(reader): no test would look whether it keeps an embargo */
export function readerAddresses(story: KnownStory): ReaderAddress[] {
  const inventory = appInventory()
  const files = [...inventory.pages, ...inventory.routes.map((route) => route.replace(/#.*$/u, ''))]
  const readers = files.flatMap((file) => /^app\/\(reader\)\/(.*)$/u.exec(file)?.[1] ?? [])
  return readers.map((file) => {
    if (file === NOT_FOUND) return { address: '/no/such/page', says: 'nothing' }
    const address = declared.get(shapeOfFile(file))
    if (!address) throw new Error(`lib/addresses.ts lacks the address of app/(reader)/${file}.`)
    return addressFor(address, story)
  })
}

/** The page of every address that leads nowhere. */
const NOT_FOUND = '[...address]/page.tsx'

/** The public addresses that show a story. `read` returns the text of an address. */
export async function addressesShowing(
  story: KnownStory,
  read: (address: string) => Promise<string>,
): Promise<string[]> {
  const asked = readerAddresses(story).map(async ({ address, says }) =>
    (await read(address)).includes(markerOf(says, story)) ? [address] : [],
  )
  return (await Promise.all(asked)).flat()
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
  let asked = 0
  const first = new Map<string, number>()
  const watched = readerAddresses(story).filter(({ says }) => !known || says !== 'address')
  const isOver = ({ address, says }: ReaderAddress) =>
    first.has(address) || Date.now() > moment + (says === 'nothing' ? 0 : 2 * SHOWN_WITHIN)
  const watch = async (place: ReaderAddress) => {
    const { address, says } = place
    const marker = markerOf(says, story)
    while (!isOver(place)) {
      const far = moment - NEAR - Date.now()
      if (far > 0) await pause(Math.min(far, FAR_PAUSE))
      const text = await (await page.request.get(instanceUrl() + address)).text()
      asked += 1
      if (!text.includes(marker)) continue
      if (Date.now() < moment || says === 'nothing') early.push(address)
      else first.set(address, Date.now() - moment)
    }
  }
  await Promise.all(watched.map(watch))
  const awaited = watched.filter(({ says }) => says !== 'nothing')
  const seen = {
    early,
    missing: awaited.filter(({ address }) => !first.has(address)).map(({ address }) => address),
    latest: Math.max(...first.values()),
  }
  console.log(
    `All ${awaited.length} addresses had it ${seen.latest} ms after the second; ${asked} answers, ${early.length} early`,
  )
  return seen
}
