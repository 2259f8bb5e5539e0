import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { eq } from 'drizzle-orm'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { migrateDatabase } from '@/db/migrate'
import { startStory } from '@/domain/story/drafting'
import { sharedTypes } from '@/domain/collaboration/document/story-document'
import { syncDocument, openDocument } from '@/domain/collaboration/sync/syncing'
import { commandLineActor, type Actor } from '@/domain/user/user'
import { median, milliseconds, quantile, ratio, whole } from './support/figures'
import { createDatabase, startDatabase } from './support/servers'
import { progress, type Findings } from './support/report'
import { onDatabase } from './support/stories'
import { sampleText } from './support/sample-text'

const WORDS = 5000
const WORDS_PER_PARAGRAPH = 60
const EDITS = 10_000

/** What a writer types within the 0.6 s that a browser collects updates. */
const EDITS_PER_BATCH = 5

/** At the beginning and at the end. */
const SAMPLED_BATCHES = 200

/**
 * Storing updates: a story of 5,000 words, edited 10,000 times at pseudo-random places, three words inserted for each deleted. Alternately the
 * same body is written to the same table by a bare `update`, with which the last writer wins.
 */
export async function benchCollaboration(): Promise<Findings> {
  const databaseUrl = await createDatabase(await startDatabase(), 'words')
  await migrateDatabase(databaseUrl)
  return onDatabase(databaseUrl, async () => {
    const editor: Actor = { ...commandLineActor, role: 'admin' }
    const started = await startStory(editor, { headline: 'Moon ferry returns', sectionId: '' })
    if (!started.ok) throw new Error(JSON.stringify(started.refusal))
    const storyId = started.value.id
    const writer = await openWriter(editor, storyId)
    await writer.start()
    progress(`Storing updates: ${whole(EDITS)} edits`)
    const times: { ours: number; bare: number }[] = []
    for (let edit = 0; edit < EDITS; edit += EDITS_PER_BATCH) {
      for (let number = 0; number < EDITS_PER_BATCH; number += 1) writer.edit(edit + number)
      const ours = await timed(() => writer.send())
      const [draft] = await database().select({ body: drafts.body }).from(drafts).where(eq(drafts.storyId, storyId))
      const bare = await timed(() =>
        database().update(drafts).set({ body: draft?.body }).where(eq(drafts.storyId, storyId)),
      )
      times.push({ ours, bare })
    }
    const [stored] = await database().select().from(draftDocuments).where(eq(draftDocuments.storyId, storyId))
    const [draft] = await database().select({ body: drafts.body }).from(drafts).where(eq(drafts.storyId, storyId))
    const state = stored?.state ?? new Uint8Array()
    const json = JSON.stringify(draft?.body)
    const memory = { document: inMemory(() => documentOf(state)), json: inMemory(() => JSON.parse(json) as unknown) }
    return findings(times, { state: state.length, json: Buffer.byteLength(json), memory })
  })
}

async function openWriter(actor: Actor, storyId: number) {
  const opened = await openDocument(actor, { storyId })
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal))
  const { lineage, missing } = opened.value
  const document = documentOf(fromBase64(missing))
  let unsent: Uint8Array[] = []
  document.on('update', (update: Uint8Array) => void unsent.push(update))
  const send = async () => {
    const update = Y.mergeUpdates(unsent)
    const response = await syncDocument(actor, { storyId, lineage, vector: Y.encodeStateVector(document), update })
    if (!response.ok || 'lacksUpdates' in response.value) throw new Error('The update was not stored.')
    unsent = []
  }
  return {
    send,
    start: async () => {
      const paragraphs = Array.from({ length: Math.ceil(WORDS / WORDS_PER_PARAGRAPH) }, (_, at) => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(sampleText(at, WORDS_PER_PARAGRAPH))])
        return paragraph
      })
      sharedTypes.body(document).insert(0, paragraphs)
      await send()
    },
    edit: (number: number) => {
      const paragraph = sharedTypes.body(document).get((number * 7919) % Math.ceil(WORDS / WORDS_PER_PARAGRAPH))
      const line = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
      if (!(line instanceof Y.XmlText)) throw new Error('There is no text to edit.')
      const at = (number * 104_729) % Math.max(1, line.length - 8)
      if (number % 4 === 3) line.delete(at, 6)
      else line.insert(at, `${sampleText(number, 1)} `)
    },
  }
}

function documentOf(state: Uint8Array): Y.Doc {
  const document = new Y.Doc()
  Y.applyUpdate(document, state)
  return document
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Heap size in bytes, of twenty instances: one is lost in the noise. */
function inMemory(make: () => unknown): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().heapUsed
  const retained = Array.from({ length: 20 }, make)
  collect()
  return (process.memoryUsage().heapUsed - before) / retained.length
}

type Sizes = { state: number; json: number; memory: { document: number; json: number } }

function findings(times: { ours: number; bare: number }[], { state, json, memory }: Sizes): Findings {
  const row = (name: string, batches: typeof times) => {
    const [ours, bare] = [batches.map((batch) => batch.ours), batches.map((batch) => batch.bare)]
    const times = median(batches.map((batch) => batch.ours / batch.bare))
    return { name, ours: median(ours), p95: quantile(ours, 0.95), bare: median(bare), times }
  }
  const saves = [
    row('the first 1,000 edits', times.slice(0, SAMPLED_BATCHES)),
    row('the last 1,000 of 10,000', times.slice(-SAMPLED_BATCHES)),
  ]
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`
  return {
    tables: [
      {
        title: 'Storing updates: one batch of five edits, merged, validated and stored',
        head: ['', 'ours', 'p95', 'a bare update of the same body', 'ours / bare'],
        rows: saves.map(({ name, ours, p95, bare, times }) => [
          name,
          milliseconds(ours),
          milliseconds(p95),
          milliseconds(bare),
          ratio(times),
        ]),
        notes: ['With the bare update the last writer wins; the ratio is the median of the pairs’ ratios.'],
      },
      {
        title: 'A draft of 5,000 words after 10,000 edits',
        head: ['', 'the shared document', 'its body as JSON', 'ratio'],
        rows: [
          ['stored', kilobytes(state), kilobytes(json), ratio(state / json)],
          ['in memory', kilobytes(memory.document), kilobytes(memory.json), ratio(memory.document / memory.json)],
        ],
        notes: [],
      },
    ],
    figures: { saves, state, json, memory },
  }
}
