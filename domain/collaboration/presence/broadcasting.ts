import { z } from 'zod'
import { database } from '@/db/client'
import { notify } from '@/db/subscription'
import { can } from '../../user/permission'
import type { Actor } from '../../user/user'
import { decodeCaret } from './caret'
import { findStoryById } from '../../story/store'
import { takeToken, type TokenBucket, type RateLimit } from './rate-limiter'
import { isPresenceField, isTabId, truncatedName, type PresenceUpdate } from './presence'

/** Whether somebody may write in a story; a story that is not there and one that is not theirs are one answer. */
export async function canEditStory(actor: Actor, storyId: number): Promise<boolean> {
  const story = await findStoryById(database(), storyId)
  return story !== null && can(actor, 'story.edit', story)
}

/** What became of somebody's saying where they are. */
export type PresenceOutcome = 'told' | 'not-there' | 'unreadable' | { retryAfterSeconds: number }

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

/** Tells everybody who has the story open, on every server, where somebody is. Nothing is kept of it. */
export async function broadcastPresence(actor: Actor, storyId: number, input: unknown): Promise<PresenceOutcome> {
  const wait = secondsToRetry(actor)
  if (wait > 0) return { retryAfterSeconds: wait }
  const read = presenceSchema.safeParse(input)
  if (!read.success) return 'unreadable'
  if (!(await canEditStory(actor, storyId))) return 'not-there'
  await broadcast(actor, storyId, read.data)
  return 'told'
}

/** What says where somebody is, is never longer than this. Characters. */
export const MAX_PRESENCE_LENGTH = 1000

/** The same for what came along with words that were kept just now. Where it cannot be told, nothing is said: the words are what matters. */
export async function broadcastPresenceHeader(actor: Actor, storyId: number, header: string | null) {
  if (header === null || header.length > MAX_PRESENCE_LENGTH || secondsToRetry(actor) > 0) return
  const read = presenceSchema.safeParse(parseJson(header))
  if (read.success) await broadcast(actor, storyId, read.data)
}

/** Tells the others that a tab is gone: its stream ended. */
export const broadcastLeave = (actor: Actor, storyId: number, tab: string) =>
  broadcast(actor, storyId, { tab, field: null, caret: null, gone: true })

async function broadcast(actor: Actor, storyId: number, state: z.output<typeof presenceSchema>) {
  const presence: PresenceUpdate = { ...state, person: actor.id ?? 0, name: truncatedName(actor.name) }
  await notify(database(), 'collaboration', JSON.stringify({ storyId, presence }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A tab tells a few times a second at most, and only the one that somebody works in; twelve of them answer a newcomer at once. */
const RATE_LIMIT: RateLimit = { atOnce: 40, perSecond: 5 }

/** What is left to each person who has a login. For all routes of this process: Next bundles this file more than once. */
const BUCKETS = Symbol.for('broadsheet: how often people may still say where they are')
const processGlobal = globalThis as typeof globalThis & { [BUCKETS]?: Map<number, TokenBucket> }

function secondsToRetry({ id }: Actor, now = Date.now()): number {
  const buckets = (processGlobal[BUCKETS] ??= new Map())
  const next = takeToken(buckets.get(id ?? 0) ?? null, RATE_LIMIT, now)
  if (typeof next === 'number') return next
  buckets.set(id ?? 0, next)
  return 0
}
