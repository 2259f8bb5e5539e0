import type { NewsroomEvent } from './event'

/**
 * A story that readers may no longer see: every server deletes the pages that show it instead of revalidating them.
 * `from`: when it ends; null: now. `headline`: servers of the build before look for it in their pages.
 */
export type Withdrawal = { storyId: number; headline: string; from: Date | null }

/** Events that withdraw a story, or schedule that. A server that was not connected reads them from the history. */
export const withdrawalTypes = ['story-withdrawn', 'story-unpublished', 'unpublish-scheduled'] as const

type WithdrawalEvent = Extract<NewsroomEvent, { type: (typeof withdrawalTypes)[number] }>

const isWithdrawalEvent = (event: NewsroomEvent): event is WithdrawalEvent =>
  withdrawalTypes.some((type) => type === event.type)

/** Cancelling a scheduled end is not included: pages rendered afterwards do not have it. */
export function withdrawalsIn(events: NewsroomEvent[]): Withdrawal[] {
  return events.filter(isWithdrawalEvent).map((event) => ({
    storyId: event.storyId,
    headline: event.headline,
    from: event.type === 'unpublish-scheduled' ? new Date(event.unpublishAt) : null,
  }))
}
