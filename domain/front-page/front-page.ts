import type { Section } from '../section/section'
import type { LiveStory, LiveStoryWithBody } from '../story/live-story'

/** The front page as readers see it. */
export type FrontPage = {
  lead: LiveStory | LiveStoryWithBody | null
  /** The latest headlines in the editors' order, the lead left out. */
  headlines: LiveStory[]
  strips: { section: Section; stories: LiveStory[] }[]
}

/** Every story that stands there. */
export function storiesOn({ lead, headlines, strips }: FrontPage): LiveStory[] {
  return [...(lead ? [lead] : []), ...headlines, ...strips.flatMap(({ stories }) => stories)]
}

/** How many headlines stand on the front page. */
export const HEADLINES_ON_FRONT_PAGE = 20

/** An arrangement of the front page: who leads, and the order an editor gave the headlines. */
export type Arrangement = {
  id: number
  launchedAt: Date
  launchedByName: string
  leadStoryId: number | null
  order: number[]
}

/**
 * The headlines in order: what went live after the arrangement stands on top, newest first; then the arranged ones as arranged; then the older rest.
 * @param newestFirst live stories by time; arranged ones that are no longer live are simply not among them, and the next move up
 */
export function arranged<Item extends { id: number; liveAt: Date }>(
  newestFirst: Item[],
  arrangement: Arrangement | null,
): Item[] {
  if (arrangement === null || arrangement.order.length === 0) return newestFirst
  const byId = new Map(newestFirst.map((item) => [item.id, item]))
  const placed = new Set(arrangement.order)
  const inOrder = arrangement.order.flatMap((id) => byId.get(id) ?? [])
  const others = newestFirst.filter((item) => !placed.has(item.id))
  const isNews = (item: Item) => item.liveAt > arrangement.launchedAt
  return [...others.filter(isNews), ...inOrder, ...others.filter((item) => !isNews(item))]
}

/** The order after moving one item by some places: up is negative. Ends are ends, nothing wraps around. */
export function moved(order: number[], id: number, by: number): number[] {
  const from = order.indexOf(id)
  if (from === -1) return order
  const to = Math.min(order.length - 1, Math.max(0, from + by))
  const rest = order.filter((other) => other !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}
