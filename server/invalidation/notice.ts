import { z } from 'zod'
import type { Withdrawal } from '@/domain/history/withdrawal'

/** Sent to every server with the transaction of a change (domain/history/recording.ts). */
export type Notice = {
  /** Tags of the pages that become stale; `*` is every page. */
  tags: string[]
  /** The last history entry of the change. */
  history: number
  /** When the change was made, milliseconds since the epoch; null where it is missing. */
  at: number | null
  withdrawn: Withdrawal[]
}

const isoTime = z.iso.datetime()
const dateOf = (time: string) => new Date(time)

const withdrawalSchema = z.object({
  storyId: z.number(),
  headline: z.string(),
  from: isoTime.transform(dateOf).nullable().default(null),
})

const noticeSchema = z.object({
  tags: z.array(z.string()),
  history: z.number().default(0),
  at: isoTime.transform(Date.parse).nullable().default(null),
  withdrawn: z.array(withdrawalSchema).default([]),
})

/** A notice that cannot be read makes every page stale. */
export function readNotice(payload: string): Notice {
  try {
    return noticeSchema.parse(JSON.parse(payload))
  } catch {
    return { tags: ['*'], history: 0, at: null, withdrawn: [] }
  }
}
