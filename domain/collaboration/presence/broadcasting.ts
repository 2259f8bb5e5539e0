import { z } from 'zod'
import { database } from '@/db/client'
import { findStoryById } from '../../story/store'
import { can } from '../../user/permission'
import type { Actor } from '../../user/user'
import { notifyStory } from '../notifications'
import { decodeCaret } from './caret'
import { isPresenceField, isTabId, truncatedName } from './presence'
import { takeToken, type RateLimit, type TokenBucket } from './rate-limiter'

/** False also for a story that does not exist. */
export async function canEditStory(actor: Actor, storyId: number): Promise<boolean> {
  const story = await findStoryById(database(), storyId)
  return story !== null && can(actor, 'story.edit', story)
}

type PresenceOutcome = 'sent' | 'not-found' | 'invalid' | { retryAfterSeconds: number }

const presenceSchema = z.object({
  tab: z.string().refine(isTabId),
  field: z.string().refine(isPresenceField).nullable().catch(null),
  caret: z
    .string()
    .refine((encoded) => decodeCaret(encoded) !== null)
    .nullable()
    .default(null),
  gone: z.boolean().default(false),
})

/** Sends the presence of a tab to all editors of the story, on every server. It is not stored. */
export async function broadcastPresence(actor: Actor, storyId: number, input: unknown): Promise<PresenceOutcome> {
  const wait = secondsToRetry(actor)
  if (wait > 0) return { retryAfterSeconds: wait }
  const read = presenceSchema.safeParse(input)
  if (!read.success) return 'invalid'
  if (!(await canEditStory(actor, storyId))) return 'not-found'
  await broadcast(actor, storyId, read.data)
  return 'sent'
}

/** Of the JSON. Characters. */
export const MAX_PRESENCE_LENGTH = 1000

/** For the presence in the header of a sync request, whose right to the story is checked. Invalid presence is ignored. */
export async function broadcastPresenceHeader(actor: Actor, storyId: number, header: string | null) {
  if (header === null || header.length > MAX_PRESENCE_LENGTH || secondsToRetry(actor) > 0) return
  let state: z.output<typeof presenceSchema>
  try {
    state = presenceSchema.parse(JSON.parse(header))
  } catch {
    return
  }
  await broadcast(actor, storyId, state)
}

export const broadcastLeave = (actor: Actor, storyId: number, tab: string) =>
  broadcast(actor, storyId, { tab, field: null, caret: null, gone: true })

async function broadcast(actor: Actor, storyId: number, state: z.output<typeof presenceSchema>) {
  const presence = { ...state, person: actor.id ?? 0, name: truncatedName(actor.name) }
  await notifyStory(database(), { storyId, presence })
}

/** For each person. Only the active tab sends more than a heartbeat; the burst lets all tabs of a person respond to a new peer. */
const RATE_LIMIT: RateLimit = { burst: 40, perSecond: 5 }

/** One map for all routes of this process: Next bundles this module more than once. */
const BUCKETS = Symbol.for('broadsheet: presence rate limits')
const processGlobal = globalThis as typeof globalThis & { [BUCKETS]?: Map<number, TokenBucket> }

function secondsToRetry({ id }: Actor, now = Date.now()): number {
  const buckets = (processGlobal[BUCKETS] ??= new Map())
  const next = takeToken(buckets.get(id ?? 0) ?? null, RATE_LIMIT, now)
  if (typeof next === 'number') return next
  buckets.set(id ?? 0, next)
  return 0
}
