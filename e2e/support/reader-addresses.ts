import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { readerPaths } from '@/lib/addresses'
import { routes } from '@/lib/routes'
import { appInventory } from './rights/app-inventory'
import { instanceUrl } from './people'

/**
 * A story as readers find it; the word stands in its headline, its author and its topic, and in no other.
 * `corrected`: readers were told something of it afterwards.
 */
type KnownStory = { id: string; section: string; slug: string; headline: string; word: string; corrected?: boolean }

/** The only author and the only topic of such a story, to whom it is the first. */
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

/** `headline`: says it once the story is live. `address`, `author`, `topic`: leads to it, or to who wrote it, then. `nothing`: never says anything of it. */
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

/** Which of the public addresses say something of a story. `read` gives the text of an address. */
export async function addressesShowing(
  story: KnownStory,
  read: (address: string) => Promise<string>,
): Promise<string[]> {
  const asked = readerAddresses(story).map(async ({ address, says }) =>
    (await read(address)).includes(markerOf(says, story)) ? [address] : [],
  )
  return (await Promise.all(asked)).flat()
}

/** A moment some full seconds from now, as it is typed in the newspaper's zone (UTC). */
export function inSeconds(seconds: number): { at: number; typed: string } {
  const at = Math.ceil(Date.now() / 1000 + seconds) * 1000
  // A field drops seconds that are none, so a full minute is not used.
  return at % 60_000 === 0 ? inSeconds(seconds + 1) : { at, typed: new Date(at).toISOString().slice(0, 19) }
}

/** On a machine where two browsers test at once. Milliseconds. */
export const SHOWN_WITHIN = 10_000

/** So long before the moment every address is asked without a pause; until then five times a second, for others are at work here. Milliseconds. */
const NEAR = 3000
const FAR_PAUSE = 200

/**
 * Asks for every public address again and again, until each says what it will: which said it early, and how long after the moment the last one did.
 * @param known whether its address was known before, and only its words are new
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
