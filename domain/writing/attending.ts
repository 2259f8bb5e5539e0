import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { readCaret } from './caret'
import { findStoryRow } from '../story/keeping'
import { take, type Allowance, type Pace } from './pace'
import { isPresenceField, isTabName, toldName, type PresenceNotice } from './presence'

/** Whether somebody may write in a story; a story that is not there and one that is not theirs are one answer. */
export async function mayWrite(actor: Actor, storyId: number): Promise<boolean> {
  const story = await findStoryRow(database(), storyId)
  return story !== null && can(actor, 'story.edit', story)
}

/** What became of somebody's saying where they are. */
export type Told = 'told' | 'not-there' | 'unreadable' | { retryAfterSeconds: number }

const form = z.object({
  tab: z.string().refine(isTabName),
  field: z.string().refine(isPresenceField).nullable().catch(null),
  caret: z
    .string()
    .refine((written) => readCaret(written) !== null)
    .nullable()
    .default(null),
  gone: z.boolean().default(false),
})

/** Tells everybody who has the story open, on every server, where somebody is. Nothing is kept of it. */
export async function tellPresence(actor: Actor, storyId: number, input: unknown): Promise<Told> {
  const wait = secondsToWait(actor)
  if (wait > 0) return { retryAfterSeconds: wait }
  const read = form.safeParse(input)
  if (!read.success) return 'unreadable'
  if (!(await mayWrite(actor, storyId))) return 'not-there'
  await tell(actor, storyId, read.data)
  return 'told'
}

/** What says where somebody is, is never longer than this. Characters. */
export const LONGEST_PRESENCE = 1000

/** The same for what came along with words that were kept just now. Where it cannot be told, nothing is said: the words are what matters. */
export async function tellAlong(actor: Actor, storyId: number, sent: string | null) {
  if (sent === null || sent.length > LONGEST_PRESENCE || secondsToWait(actor) > 0) return
  const read = form.safeParse(jsonIn(sent))
  if (read.success) await tell(actor, storyId, read.data)
}

/** Tells the others that a tab is gone: its stream ended. */
export const tellGone = (actor: Actor, storyId: number, tab: string) =>
  tell(actor, storyId, { tab, field: null, caret: null, gone: true })

async function tell(actor: Actor, storyId: number, where: z.output<typeof form>) {
  const presence: PresenceNotice = { ...where, person: actor.id ?? 0, name: toldName(actor.name) }
  await database().execute(sql`select pg_notify('words', ${JSON.stringify({ storyId, presence })})`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A tab tells a few times a second at most, and only the one that somebody works in; twelve of them answer a newcomer at once. */
const PACE: Pace = { atOnce: 40, perSecond: 5 }

/** What is left to each person who has a login. For all routes of this process: Next bundles this file more than once. */
const LEFT = Symbol.for('broadsheet: how often people may still say where they are')
const house = globalThis as typeof globalThis & { [LEFT]?: Map<number, Allowance> }

function secondsToWait({ id }: Actor, now = Date.now()): number {
  const all = (house[LEFT] ??= new Map())
  const next = take(all.get(id ?? 0) ?? null, PACE, now)
  if (typeof next === 'number') return next
  all.set(id ?? 0, next)
  return 0
}
