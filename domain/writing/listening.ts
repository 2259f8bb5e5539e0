import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@/db/connecting'
import { z } from 'zod'
import { isPresenceField, type PresenceNotice } from './presence'
import type { PutBack, Stranded } from './words-frame'

/** What those who have a story open are told. */
export type Heard =
  /** New words; without the update itself where it was too long to be said: then it is fetched. */
  | { kind: 'words'; sequence: number; update?: string }
  | { kind: 'presence'; presence: PresenceNotice }
  /** Words of these writers, by their numbers in the document, were taken away by somebody who had not seen them; the version with this number has them. */
  | { kind: 'stranded'; stranded: Stranded }
  /** Earlier words took the place of what everybody had on their screens. */
  | { kind: 'put-back'; putBack: PutBack }
  /** History tells more of the story. */
  | { kind: 'told' }
  /** Nobody knows what was said meanwhile. */
  | { kind: 'missed' }

type Ear = (heard: Heard) => void

/** The line is asked this often whether it is still there, and must answer within this. Milliseconds. */
const HEARTBEAT = { every: 2000, within: 3000 }
const TRY_AGAIN_AFTER = { first: 100, last: 2000 }

/** One line to the database for every ear of this process: Next bundles this file more than once. */
const LINE = Symbol.for('broadsheet: the line on which words are heard')
type Line = { ears: Map<number, Set<Ear>>; open: boolean }
const house = globalThis as typeof globalThis & { [LINE]?: Line }

/**
 * Hears what is written in a story on any server, and who is there, until the returned function is called. All ears of a process share one connection,
 * which is closed when the last one has gone.
 */
export function listenToStory(storyId: number, ear: Ear): () => void {
  const line = (house[LINE] ??= { ears: new Map(), open: false })
  const ears = line.ears.get(storyId) ?? new Set()
  line.ears.set(storyId, ears.add(ear))
  if (!line.open) {
    line.open = true
    void keepOpen(line)
  }
  return () => {
    ears.delete(ear)
    if (ears.size === 0 && line.ears.get(storyId) === ears) line.ears.delete(storyId)
  }
}

/** Listens for as long as there is an ear. Whenever it begins to hear (again), everybody is told that they may have missed something. */
async function keepOpen(line: Line) {
  let wait = TRY_AGAIN_AFTER.first
  while (line.ears.size > 0) {
    const connection = openConnection(line)
    try {
      await inTime(Promise.race([connection.sql`listen words`, connection.lost]))
      for (const storyId of line.ears.keys()) tell(line, storyId, { kind: 'missed' })
      wait = TRY_AGAIN_AFTER.first
      while (line.ears.size > 0) {
        await Promise.race([pause(HEARTBEAT.every), connection.lost])
        await inTime(Promise.race([connection.sql`select 1`, connection.lost]))
      }
    } catch {
      // A database that is away is asked again and again; those who listen are told when it is back.
      await pause(wait)
      wait = Math.min(wait * 2, TRY_AGAIN_AFTER.last)
    } finally {
      void connection.sql.end({ timeout: 0 }).catch(() => undefined)
    }
  }
  line.open = false
}

function openConnection(line: Line) {
  let lose: (why: Error) => void
  const lost = new Promise<never>((_resolve, reject) => (lose = reject))
  lost.catch(() => undefined)
  // An option of the package that its types leave out; its own `listen` gives up silently when it cannot connect again at once.
  const notified = { onnotify: (_channel: string, payload: string) => hear(line, payload) }
  const sql = connect(process.env.DATABASE_URL ?? '', {
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 3,
    prepare: false,
    onclose: () => lose(new Error('The connection was closed.')),
    connection: { application_name: 'broadsheet-words', statement_timeout: 5000 },
    ...notified,
  })
  return { sql, lost }
}

const notice = z.union([
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

function hear(line: Line, payload: string) {
  const read = readNotice(payload)
  if (read === null) return
  const { storyId, ...said } = read
  if ('presence' in said) tell(line, storyId, { kind: 'presence', ...said })
  else if ('stranded' in said) tell(line, storyId, { kind: 'stranded', ...said })
  else if ('putBack' in said) tell(line, storyId, { kind: 'put-back', ...said })
  else if ('told' in said) tell(line, storyId, { kind: 'told' })
  else tell(line, storyId, { kind: 'words', ...said })
}

function readNotice(payload: string): z.output<typeof notice> | null {
  try {
    return notice.parse(JSON.parse(payload))
  } catch {
    return null
  }
}

function tell(line: Line, storyId: number, heard: Heard) {
  for (const ear of line.ears.get(storyId) ?? []) ear(heard)
}

/** @throws Error when the database takes too long */
async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const late = new AbortController()
  try {
    return await Promise.race([
      work,
      pause(HEARTBEAT.within, undefined, { signal: late.signal }).then(() => {
        throw new Error('The database does not answer.')
      }),
    ])
  } finally {
    late.abort()
  }
}
