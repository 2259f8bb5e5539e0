import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pictureAddresses } from '@/lib/addresses'
import { withDeadline } from '@/lib/deadline'
import { emptyPolicy } from '../../http/headers'
import type { ActorOf, PictureRecords, SignedIn } from '../contract'
import { LIMITS } from '../limits'
import { isOutOfSpace } from '../unreadable'
import type { Ingest } from './ingest'
import type { Upload, UploadFiles } from './upload-files'

type Options = {
  files: UploadFiles
  ingest: Pick<Ingest, 'add' | 'settled' | 'waitingFor'>
  records: Pick<PictureRecords, 'findBySha256'>
  actorOf: ActorOf
  /** The headers of every response, names and values alternating. */
  common: readonly string[]
  log: (line: string) => void
}

/** Bytes must arrive within this, or the connection is cut; what has arrived stays. Milliseconds. */
const IDLE_TIMEOUT = 30_000

/** Milliseconds. */
const LOOK_INTERVAL = 500

/** How long a client may wait for an upload to be settled. Seconds. */
const MAX_WAIT = 25

/** Of everybody. */
const MAX_UNFINISHED = 500

const PROTOCOL = '1.0.0'

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string,
  ) {
    super(sentence)
  }
}

/**
 * Uploads that can be resumed, by the core of the tus protocol 1.0 and its extensions creation and termination: POST creates one, HEAD says how much
 * has arrived, PATCH appends. `GET` tells what became of it.
 */
export class UploadRequests {
  /** Requests that are writing now, by upload. */
  private readonly writers = new Map<string, { request: IncomingMessage; done: Promise<unknown> }>()

  constructor(private readonly options: Options) {}

  /** @param id of the upload; null at the address of all */
  async handle(request: IncomingMessage, response: ServerResponse, id: string | null, query: string) {
    try {
      const actor = await this.options.actorOf(request)
      if (actor === null)
        throw new Refusal(401, 'You are not signed in any more. What was sent is kept: sign in and go on.')
      const version = request.headers['tus-resumable']
      if (version !== undefined && version !== PROTOCOL) throw new Refusal(412, `This server speaks tus ${PROTOCOL}.`)
      const { method } = request
      if (id === null) {
        if (method !== 'POST') throw new Refusal(405, 'That cannot be done here.')
        return await this.create(request, response, actor)
      }
      if (method !== 'GET' && this.writers.has(id)) await this.takeOver(await this.find(id, actor))
      const upload = await this.find(id, actor)
      if (method === 'GET') return await this.tell(response, upload, query)
      if (method === 'HEAD') return this.send(response, 200, upload)
      if (method === 'PATCH') return await this.append(request, response, upload)
      if (method !== 'DELETE') throw new Refusal(405, 'That cannot be done here.')
      await this.options.files.remove(id)
      this.send(response, 204, null)
    } catch (error) {
      this.refuse(request, response, error)
    }
  }

  private async create(request: IncomingMessage, response: ServerResponse, { id: userId }: SignedIn) {
    const { files, records } = this.options
    const length = wholeNumber(request.headers['upload-length'])
    if (length === null) throw new Refusal(400, 'The request does not say how long the file is.')
    if (length === 0) throw new Refusal(422, 'The file is empty.')
    if (length > LIMITS.bytes) throw new Refusal(413, tooLong(length))
    const { filename = '', sha256 = '' } = metadataOf(request)
    const expected = /^[0-9a-f]{64}$/u.test(sha256) ? sha256 : null
    const details = { userId, length, sha256: expected, fileName: cleanName(filename), outcome: null }
    // Without the database it is sent all the same, and waits here.
    const existing = expected === null ? null : await records.findBySha256(expected).catch(() => null)
    if (existing) {
      const upload = await files.create(details)
      const outcome = { state: 'ready' as const, picture: { ...existing, existing: true }, warnings: [] }
      await files.settle(upload, outcome)
      return this.send(response, 201, { ...upload, outcome, offset: length }, ['Location', addressOf(upload)])
    }
    if (!(await files.hasSpaceFor(length))) throw new Refusal(507, DISK_FULL)
    if ((await files.unfinished()).length >= MAX_UNFINISHED) throw new Refusal(429, TOO_MANY)
    const upload = await files.create(details)
    this.send(response, 201, upload, ['Location', addressOf(upload)])
  }

  private async append(request: IncomingMessage, response: ServerResponse, upload: Upload) {
    const { files, ingest } = this.options
    if (request.headers['content-type'] !== 'application/offset+octet-stream')
      throw new Refusal(415, 'The part of a file must be sent as application/offset+octet-stream.')
    if (wholeNumber(request.headers['upload-offset']) !== upload.offset)
      throw new Refusal(409, `So far ${String(upload.offset)} bytes have arrived: go on from there.`)
    const left = upload.length - upload.offset
    if ((wholeNumber(request.headers['content-length']) ?? 0) > left) throw new Refusal(413, MORE_THAN_SAID)
    const appending = files.append(upload, upTo(left, request))
    this.writers.set(upload.id, { request, done: appending.catch(() => undefined) })
    request.setTimeout(IDLE_TIMEOUT, () => request.destroy())
    try {
      const offset = await appending
      if (offset === upload.length) ingest.add(upload.id)
      this.send(response, 204, { ...upload, offset })
    } finally {
      request.setTimeout(0)
      this.writers.delete(upload.id)
    }
  }

  /** The connection of a line that broke may still be open: whoever comes now goes on. */
  private async takeOver({ id }: Upload) {
    const writer = this.writers.get(id)
    if (!writer) return
    writer.request.destroy()
    await writer.done
  }

  /** Somebody else's is as one that does not exist. */
  private async find(id: string, { id: userId }: SignedIn): Promise<Upload> {
    const upload = await this.options.files.find(id)
    if (upload?.userId !== userId)
      throw new Refusal(404, 'This upload is not known here any more. Send the file again from its beginning.')
    return upload
  }

  private async tell(response: ServerResponse, upload: Upload, query: string) {
    const { ingest, files } = this.options
    const seconds = Math.min(MAX_WAIT, wholeNumber(new URLSearchParams(query).get('wait') ?? undefined) ?? 0)
    let latest: Upload | null = upload
    for (const end = Date.now() + 1000 * seconds; latest?.outcome === null && latest.offset === latest.length;) {
      const left = end - Date.now()
      if (left <= 0) break
      // Another server may be reading it.
      await withDeadline(left, ingest.settled(upload.id) ?? pause(Math.min(left, LOOK_INTERVAL)), () => undefined)
      latest = await files.find(upload.id)
    }
    this.send(response, 200, latest ?? upload)
  }

  private send(response: ServerResponse, status: number, upload: Upload | null, more: string[] = []) {
    const body = upload === null || status === 204 ? '' : JSON.stringify(this.stateOf(upload))
    const headers = [...this.options.common, 'Content-Security-Policy', emptyPolicy, 'Cache-Control', 'no-store']
    headers.push('Tus-Resumable', PROTOCOL, ...more)
    if (upload) headers.push('Upload-Offset', String(upload.offset), 'Upload-Length', String(upload.length))
    if (status !== 204)
      headers.push('Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(body)))
    response.writeHead(status, headers).end(body)
  }

  private stateOf({ outcome, offset, length }: Upload) {
    if (outcome) return { offset, length, ...outcome }
    if (offset < length) return { offset, length, state: 'receiving' }
    const { waitingFor } = this.options.ingest
    return waitingFor === null
      ? { offset, length, state: 'reading' }
      : { offset, length, state: 'waiting', sentence: waitingFor }
  }

  private refuse(request: IncomingMessage, response: ServerResponse, error: unknown) {
    if (response.headersSent || response.destroyed || request.destroyed) return void response.destroy()
    const refusal = error instanceof Refusal ? error : isOutOfSpace(error) ? new Refusal(507, DISK_FULL) : null
    const { status, sentence } =
      refusal ?? new Refusal(503, 'Pictures cannot be taken at the moment. What was sent is kept: try again soon.')
    // What still arrives is not read.
    response.shouldKeepAlive = false
    const body = JSON.stringify({ sentence })
    const headers = [...this.options.common, 'Content-Security-Policy', emptyPolicy, 'Cache-Control', 'no-store']
    headers.push('Tus-Resumable', PROTOCOL, 'Content-Type', 'application/json')
    headers.push('Content-Length', String(Buffer.byteLength(body)))
    if (status === 503) headers.push('Retry-After', '5')
    response.writeHead(status, headers).end(body)
    request.resume()
    if (refusal === null) this.options.log(`An upload failed: ${String(error)}`)
  }
}

const addressOf = ({ id }: Upload) => `${pictureAddresses.uploads}/${id}`

const DISK_FULL = 'The disk of the server is full. What was sent is kept: try again when there is room.'
const TOO_MANY = 'Too many uploads are not finished. Finish or cancel some of them first.'
const MORE_THAN_SAID = 'More was sent than the file was said to have. Send it again from its beginning.'
const tooLong = (bytes: number) =>
  `The file has ${String(Math.round(bytes / 1_000_000))} MB; a picture can have ${String(Math.round(LIMITS.bytes / 1_000_000))} MB.`

/** @throws Refusal after so many bytes */
async function* upTo(limit: number, chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let left = limit
  for await (const chunk of chunks) {
    if (chunk.length > left) {
      yield chunk.subarray(0, left)
      throw new Refusal(413, MORE_THAN_SAID)
    }
    left -= chunk.length
    yield chunk
  }
}

function wholeNumber(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/u.test(header) ? Number(header) : null
}

/** `Upload-Metadata`: names, each with a value in base64. */
function metadataOf(request: IncomingMessage): Record<string, string> {
  const pairs = String(request.headers['upload-metadata'] ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '))
  return Object.fromEntries(
    pairs.flatMap(([name, value = '']) => (name ? [[name, Buffer.from(value, 'base64').toString('utf8')]] : [])),
  )
}

/** The name alone, for the desk to see: nothing is stored under it. */
function cleanName(name: string): string | null {
  const last = path.posix
    .basename(name.replaceAll('\\', '/'))
    .replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '')
    .trim()
  return last === '' || last === '.' || last === '..' ? null : [...last].slice(0, 200).join('')
}
