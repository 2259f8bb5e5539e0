import type { NewsroomEvent } from './event'

/**
 * A story that is taken away from readers: every server forgets what shows it, and does not only print it again.
 * `from`: the moment at which it goes by itself; null: it is gone.
 */
export type Withdrawal = { storyId: number; headline: string; from: Date | null }

/** The events that take a story away, or say when it will go. A server that did not hear them when they were told asks history for these. */
export const withdrawalTypes = ['story-withdrawn', 'story-unpublished', 'unpublish-scheduled'] as const

type WithdrawalEvent = Extract<NewsroomEvent, { type: (typeof withdrawalTypes)[number] }>

const isWithdrawalEvent = (event: NewsroomEvent): event is WithdrawalEvent =>
  withdrawalTypes.some((type) => type === event.type)

/** What some events take away from readers. An end that is called off is not taken back here: what is printed anew knows nothing of it. */
export function withdrawalsIn(events: NewsroomEvent[]): Withdrawal[] {
  return events.filter(isWithdrawalEvent).map((event) => ({
    storyId: event.storyId,
    headline: event.headline,
    from: event.type === 'unpublish-scheduled' ? new Date(event.unpublishAt) : null,
  }))
}
