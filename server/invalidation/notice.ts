import { z } from 'zod'
import type { Withdrawal } from '@/domain/history/withdrawal'

/** What a change in the newsroom says to every server, inside its own transaction. */
export type Notice = {
  /** The names of what it made stale; `*` is everything. */
  tags: string[]
  /** The last line of history it belongs to. */
  history: number
  /** When the change was made, milliseconds since the epoch; null where the notice does not say. */
  at: number | null
  withdrawn: Withdrawal[]
}

const noticeSchema = z.object({
  tags: z.array(z.string()),
  history: z.number().default(0),
  at: z.iso
    .datetime()
    .transform((at) => Date.parse(at))
    .nullable()
    .default(null),
  withdrawn: z
    .array(
      z.object({
        storyId: z.number(),
        headline: z.string(),
        from: z.iso
          .datetime()
          .transform((from) => new Date(from))
          .nullable()
          .default(null),
      }),
    )
    .default([]),
})

/** Reads a notice; one that cannot be read makes everything stale, because nobody knows what it meant. */
export function readNotice(payload: string): Notice {
  try {
    return noticeSchema.parse(JSON.parse(payload))
  } catch {
    return { tags: ['*'], history: 0, at: null, withdrawn: [] }
  }
}
