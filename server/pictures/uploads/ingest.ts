import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { lookOf } from '@/domain/picture/look'
import { labelsOf, textsAsTheyCame } from '@/domain/picture/picture'
import { CENTRE, originalStorageKey, renditionStorageKey, widthsFor } from '@/domain/picture/renditions'
import { Backoff } from '@/lib/backoff'
import { type PictureRecords, type PictureStorage } from '../contract'
import type { Inspection } from '../decoder/inspect'
import type { Decoder } from '../decoding/decoder'
import { isOutOfSpace, OutOfSpace, Unreadable } from '../unreadable'
import type { Outcome, Upload, UploadFiles } from './upload-files'

type Options = {
  files: UploadFiles
  decoder: Pick<Decoder, 'inspect' | 'render'>
  storage: PictureStorage
  records: Pick<PictureRecords, 'findBySha256' | 'add'>
  /** AVIF is made later; nobody waits for it. */
  makeAvif: (key: string, look: string) => void
  log: (line: string) => void
}

/** Files that are read at a time; the decoder has processes for fewer. */
const MAX_RUNNING = 4

/** Milliseconds. */
const RETRY_DELAY = { first: 1000, last: 60_000 }

/** Makes pictures of files that have arrived. While the storage or the database is away, they wait on the disk. */
export class Ingest {
  private readonly queue: string[] = []
  private readonly entries = new Map<string, { promise: Promise<void>; resolve: () => void; backoff: Backoff }>()
  private running = 0
  private isStopped = false
  /** Why files wait; null where they do not. */
  waitingFor: string | null = null

  constructor(private readonly options: Options) {}

  /** Takes up what this server or another has left: files that have arrived whole a while ago. */
  async resume(before = Infinity) {
    for (const id of await this.options.files.unfinished()) {
      const upload = this.entries.has(id) ? null : await this.options.files.find(id)
      if (upload?.outcome === null && upload.offset >= upload.length && upload.createdAt < before) this.add(id)
    }
  }

  add(id: string) {
    if (this.entries.has(id)) return
    let resolve = () => undefined as void
    const promise = new Promise<void>((settle) => (resolve = settle))
    this.entries.set(id, { promise, resolve, backoff: new Backoff(RETRY_DELAY) })
    this.queue.push(id)
    this.next()
  }

  /** Resolves when the upload is settled; null where this server does not do that. */
  settled(id: string): Promise<void> | null {
    return this.entries.get(id)?.promise ?? null
  }

  stop() {
    this.isStopped = true
  }

  private next() {
    while (this.running < MAX_RUNNING && !this.isStopped) {
      const id = this.queue.shift()
      if (id === undefined) return
      this.running += 1
      void this.attempt(id).finally(() => {
        this.running -= 1
        this.next()
      })
    }
  }

  private async attempt(id: string) {
    const entry = this.entries.get(id)
    try {
      const upload = await this.options.files.find(id)
      if (upload?.outcome === null) await this.options.files.settle(upload, await this.outcomeOf(upload))
      await this.options.files.removeWork(id)
      this.waitingFor = null
      this.entries.delete(id)
      entry?.resolve()
    } catch (error) {
      if (this.isStopped) return
      this.waitingFor = error instanceof OutOfSpace || isOutOfSpace(error) ? STORAGE_FULL : STORAGE_AWAY
      this.options.log(`A picture waits: ${String(error)}`)
      // Others go on meanwhile.
      setTimeout(() => {
        this.queue.push(id)
        this.next()
      }, entry?.backoff.next()).unref()
    }
  }

  /** @throws what passes by itself: the storage or the database is away, or full */
  private async outcomeOf(upload: Upload): Promise<Outcome> {
    const { files, records, decoder } = this.options
    const file = await files.assemble(upload.id)
    const sha256 = await sha256Of(file)
    if (upload.sha256 !== null && upload.sha256 !== sha256) return refused(DAMAGED)
    const existing = await records.findBySha256(sha256)
    if (existing) return { state: 'ready', picture: { ...existing, existing: true }, warnings: [] }
    try {
      const inspection = await decoder.inspect(file)
      return await this.store(upload, file, sha256, inspection)
    } catch (error) {
      if (error instanceof Unreadable) return refused(error.sentence)
      throw error
    }
  }

  private async store(upload: Upload, file: string, sha256: string, inspection: Inspection): Promise<Outcome> {
    const { files, storage, records, decoder, makeAvif } = this.options
    const { format, width, height, frames, hasAlpha, asItCame } = inspection
    const folder = files.workFolder(upload.id)
    const labels = labelsOf(textsAsTheyCame(asItCame.told))
    const rendered = await decoder.render({
      file,
      size: { width, height },
      ratio: 'whole',
      point: CENTRE,
      labels,
      widths: widthsFor(width),
      formats: ['webp'],
      folder,
      withPlaceholder: true,
    })
    const key = randomBytes(12).toString('base64url')
    const look = lookOf({ sha256, ratio: 'whole', ...CENTRE, labels })
    const stored = rendered.files.map((one) => renditionStorageKey({ key, look, ...one }))
    await storage.put(originalStorageKey(sha256), file, `image/${format}`)
    await Promise.all(
      rendered.files.map((one, at) =>
        storage.put(stored[at] ?? '', path.join(folder, `${String(one.width)}.${one.format}`), 'image/webp'),
      ),
    )
    const { thumbhash, colour } = rendered.placeholder ?? { thumbhash: '', colour: '#808080' }
    const warnings = frames > 1 ? [`Of the ${String(frames)} frames of this animation the first is shown.`] : []
    const added = await records.add(upload.userId, {
      ...{ key, sha256, bytes: upload.length, format, width, height, frames, hasAlpha, thumbhash, colour },
      ...{ fileName: upload.fileName, asItCame, warnings },
    })
    if (!added.ok || added.existing) await Promise.all(stored.map((one) => storage.delete(one)))
    if (!added.ok) return refused(added.sentence)
    if (!added.existing) makeAvif(key, look)
    const { id, existing } = added
    return { state: 'ready', picture: { id, key: added.key, existing }, warnings: existing ? [] : warnings }
  }
}

const refused = (sentence: string): Outcome => ({ state: 'refused', sentence })

const DAMAGED = 'The file did not arrive as it was sent. Send it again.'
export const STORAGE_FULL =
  'The server has no room left for pictures. What was sent is kept, and is taken as soon as there is room.'
const STORAGE_AWAY = 'Pictures cannot be stored at the moment. What was sent is kept, and is taken as soon as they can.'

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
