import type { NewsroomEvent } from './event'

/** A story that is taken away from readers: every server forgets what shows it, and does not only print it again. */
export type Withdrawal = { storyId: number; headline: string }

/** The events that take a story away. A server that did not hear them when they were told asks history for these. */
export const withdrawing = ['story-withdrawn', 'story-unpublished'] as const

type Withdrawing = Extract<NewsroomEvent, { type: (typeof withdrawing)[number] }>

const isWithdrawing = (event: NewsroomEvent): event is Withdrawing => withdrawing.some((type) => type === event.type)

/** What some events take away from readers. */
export function withdrawalsIn(events: NewsroomEvent[]): Withdrawal[] {
  return events.filter(isWithdrawing).map(({ storyId, headline }) => ({ storyId, headline }))
}
