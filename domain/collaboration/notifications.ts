import { z } from 'zod'
import type { Database, Transaction } from '@/db/client'
import { notify, subscribe, type Subscription } from '@/db/subscription'
import { isPresenceField, type PresenceUpdate } from './presence/presence'
import { fromWire, toWire, type OrphanedText, type RestoredNotice } from './protocol'

/** What the editors of a story receive. Apart from `kind`, the data of a server-sent event. */
export type StoryNotification =
  /** Without `update` where it is too long for a notification: editors sync. */
  | { kind: 'update'; sequence: number; update?: string }
  | { kind: 'presence'; presence: PresenceUpdate }
  | { kind: 'orphanedText'; orphanedText: OrphanedText }
  | { kind: 'restored'; restoredNotice: RestoredNotice }
  /** An event was recorded in history. */
  | { kind: 'history' }
  /** Notifications may have been missed. */
  | { kind: 'missed' }

type Listener = (notification: StoryNotification) => void

/** How long the connection stays open without a listener: a page that is loaded again uses it. Milliseconds. */
const CLOSES_AFTER = 2000

/** One connection for all listeners of this process: Next bundles this file more than once. */
const SHARED = Symbol.for('broadsheet: the subscription to stories')
type Shared = { listeners: Map<number, Set<Listener>>; subscription: Subscription | null; closing?: NodeJS.Timeout }
const processGlobal = globalThis as typeof globalThis & { [SHARED]?: Shared }

/** Receives what happens in a story on any server, until the returned function is called. After each connection, events may have been missed. */
export function subscribeToStory(storyId: number, listener: Listener): () => void {
  const shared: Shared = (processGlobal[SHARED] ??= { listeners: new Map(), subscription: null })
  const listeners = shared.listeners.get(storyId) ?? new Set()
  shared.listeners.set(storyId, listeners.add(listener))
  clearTimeout(shared.closing)
  shared.subscription ??= open(shared)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && shared.listeners.get(storyId) === listeners) shared.listeners.delete(storyId)
    if (shared.listeners.size === 0) closeLater(shared)
  }
}

const open = (shared: Shared): Subscription =>
  subscribe({
    databaseUrl: process.env.DATABASE_URL ?? '',
    channel: 'collaboration',
    applicationName: 'broadsheet-collaboration',
    heartbeat: { every: 2000, within: 3000 },
    connectTimeout: { first: 3000, least: 3000 },
    reconnectDelay: { first: 100, last: 2000 },
    onNotification: (payload) => receive(shared, payload),
    catchUp: () => Promise.resolve(),
    onConnected: () => {
      for (const storyId of shared.listeners.keys()) dispatch(shared, storyId, { kind: 'missed' })
    },
    onDisconnected: () => undefined,
  })

function closeLater(shared: Shared) {
  clearTimeout(shared.closing)
  shared.closing = setTimeout(() => {
    void shared.subscription?.stop()
    shared.subscription = null
  }, CLOSES_AFTER)
}

const notificationSchema = z.union([
  z.object({ storyId: z.number(), sequence: z.number(), update: z.string().optional() }),
  z.object({ storyId: z.number(), orphanedText: z.object({ number: z.number(), writers: z.array(z.number()) }) }),
  z.object({ storyId: z.number(), history: z.literal(true) }),
  z.object({
    storyId: z.number(),
    restoredNotice: z.object({
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
      // Missing from servers from before there were carets.
      person: z.number().default(0),
      caret: z.string().nullable().default(null),
      name: z.string(),
      field: z.string().refine(isPresenceField).nullable(),
      gone: z.boolean(),
    }),
  }),
])

/** Notifies the editors of a story, on every server, when the transaction commits. */
export const notifyStory = (db: Database | Transaction, notification: z.input<typeof notificationSchema>) =>
  notify(db, 'collaboration', JSON.stringify(toWire(notification)))

function receive(shared: Shared, payload: string) {
  const read = parseNotification(payload)
  if (read === null) return
  const { storyId, ...message } = read
  if ('presence' in message) dispatch(shared, storyId, { kind: 'presence', ...message })
  else if ('orphanedText' in message) dispatch(shared, storyId, { kind: 'orphanedText', ...message })
  else if ('restoredNotice' in message) dispatch(shared, storyId, { kind: 'restored', ...message })
  else if ('history' in message) dispatch(shared, storyId, { kind: 'history' })
  else dispatch(shared, storyId, { kind: 'update', ...message })
}

function parseNotification(payload: string): z.output<typeof notificationSchema> | null {
  try {
    return notificationSchema.parse(fromWire(JSON.parse(payload)))
  } catch {
    return null
  }
}

function dispatch(shared: Shared, storyId: number, notification: StoryNotification) {
  for (const listener of shared.listeners.get(storyId) ?? []) listener(notification)
}
