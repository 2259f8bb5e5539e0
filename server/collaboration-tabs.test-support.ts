import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { SyncClient } from '@/components/admin/collaboration/sync/sync-client'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { documentFromState } from '@/domain/collaboration/document/story-document'
import { fromWire, withProtocolVersion, type SyncResponse } from '@/domain/collaboration/protocol'
import { firstLine } from '@/domain/collaboration/document/documents.test-support'
import { HOST } from './front-door/front-door.test-support'
import { until } from './supervisor/server-process.test-support'

/** Retries while the server is unavailable, as a browser does. */
export async function openDocument(address: string) {
  const request = () => fetch(withProtocolVersion(address))
  let response = await request()
  await until(async () => {
    if (response.status === 503) response = await request()
    return response.status !== 503
  })
  const opened = fromWire(await response.json()) as SyncResponse
  return { opened, document: documentFromState(fromBase64(opened.missing)) }
}

/** A tab in which somebody writes: a document of its own, with the sync client of the browser. */
export async function aTab(address: string, name: string, userId: number) {
  const { opened, document } = await openDocument(address)
  const errors: string[] = []
  const client: SyncClient = new SyncClient(
    { document, address, userId, onChange: () => recordError(), saveUnsent: () => undefined },
    opened.lineage,
  )
  function recordError() {
    const { error } = client.state()
    // Also “something did not arrive”: the server lacks what it had acknowledged.
    if (error && error.kind !== 'offline') errors.push(error.message)
  }
  client.applyResponse(opened)
  document.on('update', (update: Uint8Array, _origin: unknown, _document: Y.Doc, { local }: Y.Transaction) => {
    if (local) client.queueUpdate(update)
  })
  const typed: string[] = []
  const acknowledged: string[] = []
  return {
    name,
    typed,
    acknowledged,
    errors,
    /** Adds the next word. */
    type: () => {
      const word = `<${name}.${typed.length + 1}>`
      const line = firstLine(document)
      line.insert(line.length, word)
      typed.push(word)
      return word
    },
    /** @returns whether every word is acknowledged now */
    push: async () => {
      const until = typed.length
      const { ok } = await client.flush()
      if (ok) acknowledged.push(...typed.slice(acknowledged.length, until))
      return ok
    },
    words: () => wordsIn(firstLine(document).toString()),
    close: () => client.close(),
  }
}

export type Tab = Awaited<ReturnType<typeof aTab>>

export const wordsIn = (text: string) => text.match(/<\w+\.\d+>/gu) ?? []

/** Read from the database. */
export async function storedWords(storyId: number): Promise<string[]> {
  const [draft] = await database().select({ body: drafts.body }).from(drafts).where(eq(drafts.storyId, storyId))
  return wordsIn(JSON.stringify(draft?.body ?? null))
}

/** All that was typed is stored once, in order. */
export function expectEveryWordOnce(stored: string[], tabs: Tab[]) {
  for (const { name, typed } of tabs) expect(stored.filter((word) => word.startsWith(`<${name}.`))).toEqual(typed)
  expect(stored).toHaveLength(tabs.flatMap(({ typed }) => typed).length)
}

/** Types until it is stopped, whether or not the server is available. */
export function startWriting(tabs: Tab[]) {
  let writing = true
  async function writeOn(tab: Tab) {
    while (writing) {
      tab.type()
      await tab.push()
      await pause(50 + Math.random() * 50)
    }
    await until(tab.push)
  }
  const writers = tabs.map(writeOn)
  return async () => {
    writing = false
    await Promise.all(writers)
  }
}

/** The event stream of a tab: its status, its text, and whether it has ended. */
export async function anEventStream(address: string, tab: string, headers: Record<string, string>) {
  const connection = { status: 0, text: '', ended: false, close: () => request.destroy() }
  const at = withProtocolVersion(`${address}/stream?tab=${tab}`)
  const request = http.get(at, { headers: { ...headers, host: HOST } }, (stream) => {
    connection.status = stream.statusCode ?? 0
    stream.on('data', (chunk: Buffer) => (connection.text += chunk.toString()))
    stream.on('close', () => (connection.ended = true))
    stream.on('error', () => undefined)
  })
  request.on('error', () => undefined)
  await until(async () => connection.text !== '')
  return connection
}

/** A document that only applies the updates of an event stream, after its state when the stream was connected. */
export async function aSubscriber(address: string, headers: Record<string, string>) {
  const stream = await anEventStream(address, 'a-tab-that-reads', headers)
  await until(async () => stream.text.includes('event: missed'))
  const { document } = await openDocument(address)
  return {
    hasReceived: (word: string) => {
      for (const [, data = ''] of stream.text.matchAll(/^event: words\ndata: (.*)\n\n/gmu)) {
        const { update } = JSON.parse(data) as { update?: string }
        if (update !== undefined) Y.applyUpdate(document, fromBase64(update))
      }
      return firstLine(document).toString().includes(word)
    },
    close: stream.close,
  }
}
