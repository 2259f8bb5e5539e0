import { Worker } from 'node:worker_threads'
import { eq } from 'drizzle-orm'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments } from '@/db/schema/draft'

/**
 * Up to so many comparisons an update is merged without a check: each of its items with each other one and with each of the document. Yjs compares an
 * item with all that were inserted at the same place meanwhile (YATA): at worst with all. A few milliseconds.
 */
const HARMLESS_COMPARISONS = 10_000_000

/** What merging may take: linear in the number of items. Milliseconds. */
const allowedTime = (items: number) => 300 + 0.05 * items

/** For the start of the thread and the loading of the document. Milliseconds. */
const START_TIME = 4000

/** Checks that wait: each takes a core for seconds. */
const MAX_WAITING = 4

export type MergeCheck = 'fine' | 'too-much' | 'busy'

/**
 * Merges in a thread of its own, and says how long that took. It is ended from outside when it takes too long. Yjs is imported: the built server has
 * only its ES module.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
import('yjs').then((Y) => {
  const document = new Y.Doc()
  if (workerData.state) Y.applyUpdate(document, workerData.state)
  parentPort.postMessage('loaded')
  Y.applyUpdate(document, workerData.update)
  parentPort.postMessage('merged')
})
`

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * Whether an update can be merged into a story's document in bounded time. An update of 60 KB that conflicts with another took 4 s, in which the
 * server does nothing else: such an update is tried in another thread first.
 * @returns `busy` where too many checks wait: to be sent again
 */
export async function checkMerge(storyId: number, update: Uint8Array): Promise<MergeCheck> {
  const items = itemsIn(update)
  if (items === 0 || items ** 2 > HARMLESS_COMPARISONS)
    return items === 0 ? 'fine' : checkInTurn(storyId, update, items)
  const [row] = await database()
    .select({ state: draftDocuments.state })
    .from(draftDocuments)
    .where(eq(draftDocuments.storyId, storyId))
  const existing = row ? itemsIn(row.state) : 0
  return items * (items + existing) <= HARMLESS_COMPARISONS ? 'fine' : checkInTurn(storyId, update, items)
}

/** 0 for what cannot be read: it is refused where it is merged. */
function itemsIn(update: Uint8Array): number {
  try {
    return Y.decodeUpdate(update).structs.length
  } catch {
    return 0
  }
}

async function checkInTurn(storyId: number, update: Uint8Array, items: number): Promise<MergeCheck> {
  if (waiting >= MAX_WAITING) return 'busy'
  waiting += 1
  const check = last.then(async () => {
    const [row] = await database()
      .select({ state: draftDocuments.state })
      .from(draftDocuments)
      .where(eq(draftDocuments.storyId, storyId))
    return tryMerge(row?.state ?? null, update, allowedTime(items))
  })
  last = check.catch(() => undefined)
  try {
    return await check
  } finally {
    waiting -= 1
  }
}

function tryMerge(state: Uint8Array | null, update: Uint8Array, allowed: number): Promise<MergeCheck> {
  return new Promise((resolve, reject) => {
    // Without the modules that the renderer loads before Next: they watch the process's standard input, and a thread has none.
    const worker = new Worker(program, { eval: true, execArgv: [], workerData: { state, update } })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      void worker.terminate()
      settle()
    }
    const onTooLong = () => end(() => resolve('too-much'))
    let timer = setTimeout(onTooLong, START_TIME)
    worker.on('message', (message) => {
      if (message === 'merged') return end(() => resolve('fine'))
      clearTimeout(timer)
      timer = setTimeout(onTooLong, allowed)
    })
    worker.on('exit', (code) => end(() => reject(new Error(`The merge check ended with code ${code}.`))))
    // What cannot be read is refused where it is merged.
    worker.on('error', (error) =>
      end(() => (/Cannot find (?:module|package)/u.test(String(error)) ? reject(error) : resolve('fine'))),
    )
  })
}
