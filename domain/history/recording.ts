import type { Transaction } from '@/db/client'
import { history } from '@/db/schema/history'
import { notify } from '@/db/subscription'
import type { Actor } from '../user/user'
import { pictureOf, storyOf, type NewsroomEvent } from './event'
import { staleTags } from './tag'
import { withdrawalsIn } from './withdrawal'

/** Postgres refuses a notification of 8,000 bytes or more. A longer list of tags is sent as “everything is stale”. */
const MAX_PAYLOAD_BYTES = 7000

/** Records events, and notifies every server which pages are stale. Both happen if and only if the transaction commits. */
export async function recordHistory(tx: Transaction, actor: Actor, happenedAt: Date, events: NewsroomEvent[]) {
  if (events.length === 0) throw new Error('An operation changed the newsroom without an event.')
  const rows = events.map((event) => ({
    happenedAt,
    actorId: actor.id,
    actorName: actor.name,
    storyId: storyOf(event),
    pictureId: pictureOf(event),
    event,
  }))
  // Events of the clock that another clock has recorded are skipped: the index `history_told_once` is unique.
  const inserted = await tx.insert(history).values(rows).onConflictDoNothing().returning({ id: history.id })

  // For those who have one of these stories open.
  for (const storyId of new Set(rows.map((row) => row.storyId)))
    if (storyId !== null) await notify(tx, 'collaboration', JSON.stringify({ storyId, told: true }))

  const tags = [...new Set(events.flatMap(staleTags))]
  if (tags.length === 0) return
  // Parsed in server/invalidation/notice.ts.
  const notice = {
    tags,
    history: inserted.at(-1)?.id ?? 0,
    at: happenedAt.toISOString(),
    withdrawn: withdrawalsIn(events),
  }
  await notify(tx, 'invalidation', withinLimit(notice))
}

function withinLimit(notice: { tags: string[] }): string {
  const payload = JSON.stringify(notice)
  return Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES ? payload : JSON.stringify({ ...notice, tags: ['*'] })
}
