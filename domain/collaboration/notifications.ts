import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@/db/connection'
import { Backoff } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'
import { z } from 'zod'
import { isPresenceField, type PresenceUpdate } from './presence/presence'
import type { RestoredNotice, OrphanedText } from './protocol'

/** What those who have a story open are told. */
export type StoryNotification =
  /** New words; without the update itself where it was too long to be said: then it is fetched. */
  | { kind: 'words'; sequence: number; update?: string }
  | { kind: 'presence'; presence: PresenceUpdate }
  /** Words of these writers, by their numbers in the document, were taken away by somebody who had not seen them; the version with this number has them. */
  | { kind: 'stranded'; stranded: OrphanedText }
  /** Earlier words took the place of what everybody had on their screens. */
  | { kind: 'put-back'; putBack: RestoredNotice }
  /** History tells more of the story. */
  | { kind: 'told' }
  /** Nobody knows what was said meanwhile. */
  | { kind: 'missed' }

type Listener = (notification: StoryNotification) => void

/** The line is asked this often whether it is still there, and must answer within this. Milliseconds. */
const HEARTBEAT = { every: 2000, within: 3000 }
const RECONNECT_DELAY = { first: 100, last: 2000 }

/** One line to the database for every ear of this process: Next bundles this file more than once. */
const SUBSCRIPTION = Symbol.for('broadsheet: the line on which words are heard')
type Subscription = { listeners: Map<number, Set<Listener>>; isRunning: boolean }
const processGlobal = globalThis as typeof globalThis & { [SUBSCRIPTION]?: Subscription }

/**
 * Hears what is written in a story on any server, and who is there, until the returned function is called. All ears of a process share one connection,
 * which is closed when the last one has gone.
 */
export function subscribeToStory(storyId: number, listener: Listener): () => void {
  const subscription = (processGlobal[SUBSCRIPTION] ??= { listeners: new Map(), isRunning: false })
  const listeners = subscription.listeners.get(storyId) ?? new Set()
  subscription.listeners.set(storyId, listeners.add(listener))
  if (!subscription.isRunning) {
    subscription.isRunning = true
    void run(subscription)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && subscription.listeners.get(storyId) === listeners)
      subscription.listeners.delete(storyId)
  }
}

/** Listens for as long as there is an ear. Whenever it begins to hear (again), everybody is told that they may have missed something. */
async function run(subscription: Subscription) {
  const backoff = new Backoff(RECONNECT_DELAY)
  while (subscription.listeners.size > 0) {
    const connection = openConnection(subscription)
    try {
      await inTime(Promise.race([connection.sql`listen words`, connection.lost]))
      for (const storyId of subscription.listeners.keys()) dispatch(subscription, storyId, { kind: 'missed' })
      backoff.reset()
      while (subscription.listeners.size > 0) {
        await Promise.race([pause(HEARTBEAT.every), connection.lost])
        await inTime(Promise.race([connection.sql`select 1`, connection.lost]))
      }
    } catch {
      // A database that is away is asked again and again; those who listen are told when it is back.
      await pause(backoff.next())
    } finally {
      void connection.sql.end({ timeout: 0 }).catch(() => undefined)
    }
  }
  subscription.isRunning = false
}

function openConnection(subscription: Subscription) {
  let fail: (why: Error) => void
  const lost = new Promise<never>((_resolve, reject) => (fail = reject))
  lost.catch(() => undefined)
  // An option of the package that its types leave out; its own `listen` gives up silently when it cannot connect again at once.
  const options = { onnotify: (_channel: string, payload: string) => receive(subscription, payload) }
  const sql = connect(process.env.DATABASE_URL ?? '', {
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 3,
    prepare: false,
    onclose: () => fail(new Error('The connection was closed.')),
    connection: { application_name: 'broadsheet-words', statement_timeout: 5000 },
    ...options,
  })
  return { sql, lost }
}

const notificationSchema = z.union([
  z.object({ storyId: z.number(), sequence: z.number(), update: z.string().optional() }),
  z.object({ storyId: z.number(), stranded: z.object({ number: z.number(), writers: z.array(z.number()) }) }),
  z.object({ storyId: z.number(), told: z.literal(true) }),
  z.object({
    storyId: z.number(),
    putBack: z.object({
      by: z.string(),
      person: z.number(),
      to: z.number().nullable(),
      keptAs: z.number().nullable(),
    }),
  }),
  z.object({
    storyId: z.number(),
    presence: z.object({
      tab: z.string(),
      // Servers of before there were carets tell neither.
      person: z.number().default(0),
      caret: z.string().nullable().default(null),
      name: z.string(),
      field: z.string().refine(isPresenceField).nullable(),
      gone: z.boolean(),
    }),
  }),
])

function receive(subscription: Subscription, payload: string) {
  const read = parseNotification(payload)
  if (read === null) return
  const { storyId, ...message } = read
  if ('presence' in message) dispatch(subscription, storyId, { kind: 'presence', ...message })
  else if ('stranded' in message) dispatch(subscription, storyId, { kind: 'stranded', ...message })
  else if ('putBack' in message) dispatch(subscription, storyId, { kind: 'put-back', ...message })
  else if ('told' in message) dispatch(subscription, storyId, { kind: 'told' })
  else dispatch(subscription, storyId, { kind: 'words', ...message })
}

function parseNotification(payload: string): z.output<typeof notificationSchema> | null {
  try {
    return notificationSchema.parse(JSON.parse(payload))
  } catch {
    return null
  }
}

function dispatch(subscription: Subscription, storyId: number, notification: StoryNotification) {
  for (const listener of subscription.listeners.get(storyId) ?? []) listener(notification)
}

/** @throws Error when the database takes too long */
const inTime = <Value>(work: Promise<Value>): Promise<Value> =>
  withDeadline(HEARTBEAT.within, work, () => {
    throw new Error('The database does not answer.')
  })
