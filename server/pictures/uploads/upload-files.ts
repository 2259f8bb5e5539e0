import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const outcomeSchema = z.union([
  z.object({
    state: z.literal('ready'),
    picture: z.object({ id: z.number(), key: z.string(), existing: z.boolean() }),
    warnings: z.array(z.string()),
  }),
  z.object({ state: z.literal('refused'), sentence: z.string() }),
])

const uploadSchema = z.object({
  userId: z.number(),
  length: z.number(),
  sha256: z.string().nullable(),
  fileName: z.string().nullable(),
  createdAt: z.number(),
  outcome: outcomeSchema.nullable(),
})

export type Outcome = z.output<typeof outcomeSchema>
/** A file that is being sent. `offset`: how many bytes are here. */
export type Upload = z.output<typeof uploadSchema> & { id: string; offset: number }

const ID = /^[\w-]{22}$/u

/** What must stay free of the disk on which the database may be as well. Bytes. */
const FREE_RESERVE = 256 * 1024 * 1024

/** Uploads on this server's disk: for each a file with its bytes and one with what is known of it. Both survive a restart. */
export class UploadFiles {
  constructor(private readonly folder: string) {}

  async create(upload: Omit<Upload, 'id' | 'offset' | 'createdAt'>): Promise<Upload> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const id = randomBytes(16).toString('base64url')
    const created = { ...upload, id, offset: 0, createdAt: Date.now() }
    await writeFile(this.bytesFile(id), '', { mode: 0o600 })
    await this.write(created)
    return created
  }

  async find(id: string): Promise<Upload | null> {
    if (!ID.test(id)) return null
    const text = await readFile(this.detailsFile(id), 'utf8').catch(() => null)
    const read = text === null ? null : uploadSchema.safeParse(jsonOf(text))
    if (!read?.success) return null
    const offset = read.data.outcome ? read.data.length : await sizeOf(this.bytesFile(id))
    return offset === null ? null : { ...read.data, id, offset }
  }

  async all(): Promise<Upload[]> {
    const names = await readdir(this.folder).catch(() => [])
    const ids = names.flatMap((name) => (name.endsWith('.json') ? name.slice(0, -5) : []))
    return (await Promise.all(ids.map((id) => this.find(id)))).filter((upload) => upload !== null)
  }

  /** Whether so many bytes more fit on the disk. */
  async hasSpaceFor(bytes: number): Promise<boolean> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(this.folder)
    return bavail * bsize > bytes + FREE_RESERVE
  }

  /** Appends what arrives, chunk by chunk; what has arrived stays, however it ends. Returns how many bytes are here then. */
  async append(id: string, chunks: AsyncIterable<Buffer>): Promise<number> {
    const file = await open(this.bytesFile(id), 'r+')
    try {
      let { size } = await file.stat()
      for await (const chunk of chunks) {
        for (let at = 0; at < chunk.length;) {
          const { bytesWritten } = await file.write(chunk, at, chunk.length - at, size)
          at += bytesWritten
          size += bytesWritten
        }
      }
      await file.datasync()
      return size
    } finally {
      await file.close()
    }
  }

  /** Keeps what became of it; its bytes are not needed any more. */
  async settle(upload: Upload, outcome: Outcome) {
    await this.write({ ...upload, outcome })
    await this.removeBytes(upload.id)
  }

  async remove(id: string) {
    if (!ID.test(id)) return
    await rm(this.detailsFile(id), { force: true })
    await this.removeBytes(id)
  }

  /** Removes what nobody will go on with, files without details included. */
  async removeBefore(time: number) {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const file = path.join(this.folder, name)
      const modified = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      )
      if (modified < time) await rm(file, { recursive: true, force: true })
    }
  }

  bytesFile = (id: string) => path.join(this.folder, `${id}.part`)
  /** Where its renditions are made. */
  workFolder = (id: string) => path.join(this.folder, `${id}.work`)
  private detailsFile = (id: string) => path.join(this.folder, `${id}.json`)

  private async removeBytes(id: string) {
    await rm(this.bytesFile(id), { force: true })
    await rm(this.workFolder(id), { recursive: true, force: true })
  }

  private async write({ id, offset: _offset, ...details }: Upload) {
    const file = this.detailsFile(id)
    await writeFile(`${file}.new`, JSON.stringify(details), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
}

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => null,
  )

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
