import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { PictureStorage } from '../contract'

const outcomeSchema = z.union([
  z.object({
    state: z.literal('ready'),
    picture: z.object({ id: z.number(), key: z.string(), existing: z.boolean() }),
    warnings: z.array(z.string()),
  }),
  z.object({ state: z.literal('refused'), sentence: z.string() }),
])

const detailsSchema = z.object({
  userId: z.number(),
  length: z.number(),
  sha256: z.string().nullable(),
  fileName: z.string().nullable(),
  createdAt: z.number(),
  outcome: outcomeSchema.nullable(),
})

export type Outcome = z.output<typeof outcomeSchema>
/** A file that is being sent. `offset`: how many bytes are here. */
export type Upload = z.output<typeof detailsSchema> & { id: string; offset: number }

const ID = /^[\w-]{22}$/u

/** Of one part in the storage: what a server that is killed loses at most. Bytes. */
const PART_SIZE = 2 * 1024 * 1024

/** What must stay free of the disk on which the database may be as well. Bytes. */
const FREE_RESERVE = 256 * 1024 * 1024

type Part = { key: string; start: number; length: number }

/**
 * Uploads: of each, what is known and the parts that have arrived, in the storage, so that it goes on at any server and after any restart. A part may
 * overlap with another where a client went on elsewhere; they are of the same file.
 */
export class UploadFiles {
  /** @param folder on this server's disk, for what is being worked on */
  constructor(
    private readonly storage: PictureStorage,
    private readonly folder: string,
  ) {}

  async create(upload: Omit<Upload, 'id' | 'offset' | 'createdAt'>): Promise<Upload> {
    const created = { ...upload, id: randomBytes(16).toString('base64url'), offset: 0, createdAt: Date.now() }
    await this.write(created)
    return created
  }

  async find(id: string): Promise<Upload | null> {
    const stored = ID.test(id) ? await this.storage.get(detailsKey(id)) : null
    if (stored === null) return null
    const details = detailsSchema.parse(JSON.parse(await text(stored.stream)))
    const offset = details.outcome ? details.length : endOf(await this.partsOf(id))
    return { ...details, id, offset }
  }

  /** Those of which a part has arrived, and nothing has become yet. */
  async unfinished(): Promise<string[]> {
    const ids = new Set<string>()
    for await (const { key } of this.storage.list('uploads/')) if (partIn(key)) ids.add(key.split('/')[1] ?? '')
    return [...ids]
  }

  /** Whether so many bytes more fit on the disk of this server. */
  async hasSpaceFor(bytes: number): Promise<boolean> {
    await this.makeFolder()
    const { bavail, bsize } = await statfs(this.folder)
    return bavail * bsize > bytes + FREE_RESERVE
  }

  /** Stores what arrives, part by part; what has arrived stays, however it ends. Returns how many bytes are here then. */
  async append({ id, offset }: Upload, chunks: AsyncIterable<Buffer>): Promise<number> {
    await this.makeFolder()
    const temporary = path.join(this.folder, `${id}-${randomBytes(6).toString('hex')}.part`)
    let [start, size] = [offset, 0]
    const store = async () => {
      if (size > 0) await this.storage.put(partKey(id, start, size), temporary, 'application/octet-stream')
      start += size
      size = 0
    }
    const file = await open(temporary, 'w', 0o600)
    try {
      try {
        for await (const chunk of chunks) {
          for (let at = 0; at < chunk.length;) {
            const { bytesWritten } = await file.write(chunk, at, chunk.length - at, size)
            at += bytesWritten
            size += bytesWritten
          }
          if (size < PART_SIZE) continue
          await store()
          await file.truncate(0)
        }
      } finally {
        await store()
      }
      return start
    } finally {
      await file.close()
      await rm(temporary, { force: true })
    }
  }

  /** All parts in one file on this server's disk. */
  async assemble(id: string): Promise<string> {
    await mkdir(this.workFolder(id), { recursive: true, mode: 0o700 })
    const file = path.join(this.workFolder(id), 'original')
    let end = 0
    await writeFile(file, '', { mode: 0o600 })
    for (const { key, start, length } of await this.partsOf(id)) {
      if (start > end || start + length <= end) continue
      const part = await this.storage.get(key)
      if (part === null) throw new Error(`${key} is missing.`)
      await pipeline(part.stream, createWriteStream(file, { flags: 'r+', start }))
      end = start + length
    }
    return file
  }

  /** Keeps what became of it; its bytes are not needed any more. */
  async settle(upload: Upload, outcome: Outcome) {
    await this.write({ ...upload, outcome })
    for (const { key } of await this.partsOf(upload.id)) await this.storage.delete(key)
  }

  async remove(id: string) {
    if (!ID.test(id)) return
    await this.storage.delete(detailsKey(id))
    for (const { key } of await this.partsOf(id)) await this.storage.delete(key)
  }

  /** Removes what nobody will go on with, here and in the storage. */
  async removeBefore(time: number) {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const file = path.join(this.folder, name)
      const modified = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      )
      if (modified < time) await rm(file, { recursive: true, force: true })
    }
    for await (const { key, modified } of this.storage.list('uploads/'))
      if (modified.getTime() < time) await this.storage.delete(key)
  }

  /** Where a picture is put together and its renditions are made. */
  workFolder = (id: string) => path.join(this.folder, `${id}.work`)

  removeWork = (id: string) => rm(this.workFolder(id), { recursive: true, force: true })

  /** In their order; of those that begin at one place the longest first. */
  private async partsOf(id: string): Promise<Part[]> {
    const parts: Part[] = []
    for await (const { key } of this.storage.list(`uploads/${id}/`)) {
      const part = partIn(key)
      if (part) parts.push(part)
    }
    return parts.sort((one, other) => one.start - other.start || other.length - one.length)
  }

  private async write({ id, offset: _offset, ...details }: Upload) {
    await this.makeFolder()
    const temporary = path.join(this.folder, `${id}-${randomBytes(6).toString('hex')}.json`)
    try {
      await writeFile(temporary, JSON.stringify(details), { mode: 0o600 })
      await this.storage.put(detailsKey(id), temporary, 'application/json')
    } finally {
      await rm(temporary, { force: true })
    }
  }

  private makeFolder = () => mkdir(this.folder, { recursive: true, mode: 0o700 })
}

const detailsKey = (id: string) => `uploads/${id}/details.json`
const partKey = (id: string, start: number, length: number) => `uploads/${id}/${String(start)}-${String(length)}`

function partIn(key: string): Part | null {
  const [, start, length] = /\/(\d+)-(\d+)$/u.exec(key) ?? []
  return start === undefined ? null : { key, start: Number(start), length: Number(length) }
}

/** How many bytes are there without a gap. */
function endOf(parts: readonly Part[]): number {
  return parts.reduce((end, { start, length }) => (start <= end ? Math.max(end, start + length) : end), 0)
}
