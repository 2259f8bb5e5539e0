import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { Courier } from '@/components/admin/writing/courier'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { documentWith, parts } from '@/domain/writing/story-document'
import { fromBase64, inEdition, type WordsAnswer } from '@/domain/writing/words-frame'
import { HOST } from './front-door/door.test-support'
import { until } from './newspaper.test-support'

/** Asked again while the newsroom is not there, as a browser does. */
export async function opened(address: string) {
  const ask = () => fetch(inEdition(address))
  let response = await ask()
  await until(async () => {
    if (response.status === 503) response = await ask()
    return response.status !== 503
  })
  const answer = (await response.json()) as WordsAnswer
  return { answer, document: documentWith(fromBase64(answer.missing)) }
}

/** A tab in which somebody writes: a document of its own, and the very courier that browsers have. */
export async function aTab(address: string, name: string, userId: number) {
  const { answer, document } = await opened(address)
  const troubles: string[] = []
  const courier: Courier = new Courier(
    { document, address, userId, onNews: () => noteTrouble(), setAside: () => undefined },
    answer.lineage,
  )
  function noteTrouble() {
    const { trouble } = courier.news()
    // Also when the newsroom lacks what it had acknowledged: `something did not arrive`.
    if (trouble && trouble.kind !== 'offline') troubles.push(trouble.why)
  }
  courier.learn(answer)
  document.on('update', (update: Uint8Array, _origin: unknown, _document: Y.Doc, { local }: Y.Transaction) => {
    if (local) courier.wrote(update)
  })
  const typed: string[] = []
  const acknowledged: string[] = []
  return {
    name,
    typed,
    acknowledged,
    troubles,
    /** Adds the next word. */
    type: () => {
      const word = `<${name}.${typed.length + 1}>`
      const line = lineOf(document)
      line.insert(line.length, word)
      typed.push(word)
      return word
    },
    /** @returns whether every word is acknowledged now */
    carry: async () => {
      const until = typed.length
      const { ok } = await courier.flush()
      if (ok) acknowledged.push(...typed.slice(acknowledged.length, until))
      return ok
    },
    words: () => wordsIn(lineOf(document).toString()),
    close: () => courier.close(),
  }
}

export type Tab = Awaited<ReturnType<typeof aTab>>

export function lineOf(document: Y.Doc): Y.XmlText {
  const [paragraph] = parts.body(document).toArray()
  const [line] = paragraph instanceof Y.XmlElement ? paragraph.toArray() : []
  if (!(line instanceof Y.XmlText)) throw new Error('There is no line to write in.')
  return line
}

export const wordsIn = (text: string) => text.match(/<\w+\.\d+>/gu) ?? []

/** What stands in the draft, read where it is kept. */
export async function storedWords(storyId: number): Promise<string[]> {
  const [draft] = await database().select({ body: drafts.body }).from(drafts).where(eq(drafts.storyId, storyId))
  return wordsIn(JSON.stringify(draft?.body ?? null))
}

/** Everything typed stands there once, and in the order in which it was typed. */
export function expectEveryWordOnce(stored: string[], tabs: Tab[]) {
  for (const { name, typed } of tabs) expect(stored.filter((word) => word.startsWith(`<${name}.`))).toEqual(typed)
  expect(stored).toHaveLength(tabs.flatMap(({ typed }) => typed).length)
}

/** Types on and on, whether or not the newsroom can be reached. */
export function startWriting(tabs: Tab[]) {
  let writing = true
  async function writeOn(tab: Tab) {
    while (writing) {
      tab.type()
      await tab.carry()
      await pause(50 + Math.random() * 50)
    }
    await until(tab.carry)
  }
  const writers = tabs.map(writeOn)
  return async () => {
    writing = false
    await Promise.all(writers)
  }
}

/** Asks until the database is back. */
export async function readAgain<Value>(ask: () => Promise<Value>): Promise<Value> {
  const answers: Value[] = []
  await until(async () => answers.push(await ask()) > 0)
  const [answer] = answers
  if (answer === undefined) throw new Error('Nothing was read.')
  return answer
}

/** Hears a story's stream, and nothing else, on top of what stood there when it began to hear. */
export async function anEar(address: string, headers: Record<string, string>) {
  const heard = new Y.Doc()
  let said = ''
  const request = http.get(inEdition(`${address}/stream`), { headers: { host: HOST, ...headers } }, (stream) => {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const events = said.split('\n\n')
      said = events.pop() ?? ''
      for (const event of events) hear(event)
    })
    stream.on('error', () => undefined)
  })
  request.on('error', () => undefined)
  let hears = false
  function hear(event: string) {
    if (event.startsWith('event: missed')) hears = true
    const data = /^event: words\ndata: (.*)$/u.exec(event)?.[1]
    const { update } = JSON.parse(data ?? '{}') as { update?: string }
    if (update !== undefined) Y.applyUpdate(heard, fromBase64(update))
  }
  await until(async () => hears)
  Y.applyUpdate(heard, fromBase64((await opened(address)).answer.missing))
  return { heard: (word: string) => lineOf(heard).toString().includes(word), close: () => request.destroy() }
}

/** A tab's stream: what it answered, what was said on it, and whether it has come to its end. */
export async function aLine(address: string, tab: string, headers: Record<string, string>) {
  const line = { status: 0, said: '', ended: false, close: () => request.destroy() }
  const at = inEdition(`${address}/stream?tab=${tab}`)
  const request = http.get(at, { headers: { ...headers, host: HOST } }, (stream) => {
    line.status = stream.statusCode ?? 0
    stream.on('data', (chunk: Buffer) => (line.said += chunk.toString()))
    stream.on('close', () => (line.ended = true))
    stream.on('error', () => undefined)
  })
  request.on('error', () => undefined)
  await until(async () => line.said !== '')
  return line
}
