import type { Section } from '../section/section'
import type { LiveStory, LiveStoryWithBody } from '../story/live-story'

/** The front page as readers see it. */
export type FrontPage = {
  lead: LiveStory | LiveStoryWithBody | null
  /** In the editors' order, without the lead. */
  headlines: LiveStory[]
  strips: { section: Section; stories: LiveStory[] }[]
}

export function storiesOn({ lead, headlines, strips }: FrontPage): LiveStory[] {
  return [...(lead ? [lead] : []), ...headlines, ...strips.flatMap(({ stories }) => stories)]
}

export const HEADLINES_ON_FRONT_PAGE = 20

export type Arrangement = {
  id: number
  launchedAt: Date
  launchedByName: string
  leadStoryId: number | null
  order: number[]
}

/**
 * Headlines that went live after the arrangement, newest first; then the arranged ones; then the rest.
 * @param newestFirst live stories only: arranged ones that are not live any more are left out
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

/** The order after moving an item up (negative) or down, at most to an end. */
export function moved(order: number[], id: number, by: number): number[] {
  const from = order.indexOf(id)
  if (from === -1) return order
  const to = Math.min(order.length - 1, Math.max(0, from + by))
  const rest = order.filter((other) => other !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}
