import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { isOriginalPath, isUploadPath, type Address } from '../http/address'
import { sendErrorPage } from '../http/error-page'
import { pictureAddresses } from '@/lib/addresses'
import type { ActorOf, PictureRecords, PictureStorage } from './contract'
import { Decoder } from './decoding/decoder'
import { AvifQueue } from './serving/avif-queue'
import { OriginalRequests } from './serving/original-requests'
import { PictureRequests } from './serving/picture-requests'
import { RenditionCache } from './serving/rendition-cache'
import { RenditionMaker } from './serving/rendition-maker'
import { Verdicts } from './serving/verdicts'
import { sweepPictures } from './sweep'
import { Ingest } from './uploads/ingest'
import { UploadFiles } from './uploads/upload-files'
import { UploadRequests } from './uploads/upload-requests'

export type PicturesOptions = {
  dataDir: string
  storage: PictureStorage
  records: PictureRecords
  actorOf: ActorOf
  /** Whether notices of changes arrive. */
  isConnected: () => boolean
  common: readonly string[]
  /** Of the renditions in memory. Bytes. */
  maxBytes: number
  log: (line: string) => void
  /** The bundled decoder. */
  program?: string
}

/** What a server that was killed has left is taken up by another after this. Milliseconds. */
const RESUME_INTERVAL = 2 * 60 * 1000

/** Milliseconds. */
const SWEEP_INTERVAL = 24 * 60 * 60 * 1000
const FIRST_SWEEP = 10 * 60 * 1000

/** The addresses of pictures: renditions for readers, and uploads of the newsroom. */
export class Pictures {
  readonly decoder: Decoder
  readonly avif: AvifQueue
  private readonly background: Decoder
  private readonly verdicts: Verdicts
  private readonly cache: RenditionCache
  private readonly uploads: UploadRequests
  private readonly requests: PictureRequests
  private readonly originals: OriginalRequests
  private readonly ingest: Ingest
  private readonly files: UploadFiles
  private readonly timers: NodeJS.Timeout[] = []

  constructor(private readonly options: PicturesOptions) {
    const { dataDir, storage, program } = options
    const decoders = { log: options.log, ...(program !== undefined && { program }) }
    this.decoder = new Decoder(decoders)
    this.background = new Decoder({ ...decoders, isBackground: true })
    this.files = new UploadFiles(storage, path.join(dataDir, 'uploads'))
    this.verdicts = new Verdicts(options)
    this.cache = new RenditionCache(storage, options.maxBytes)
    const folder = path.join(dataDir, 'uploads')
    this.avif = new AvifQueue({
      ...options,
      maker: new RenditionMaker({ storage, folder, decoder: this.background }),
    })
    const makeAvif = this.avif.add
    this.ingest = new Ingest({ ...options, files: this.files, decoder: this.decoder, makeAvif })
    this.uploads = new UploadRequests({ ...options, files: this.files, ingest: this.ingest })
    this.originals = new OriginalRequests(options)
    const maker = new RenditionMaker({ storage, folder, decoder: this.decoder })
    this.requests = new PictureRequests({ ...options, verdicts: this.verdicts, cache: this.cache, maker, makeAvif })
  }

  /** Takes up uploads of the last run, and begins to remove what belongs to nothing. */
  async start() {
    await this.ingest.resume()
    const resume = () =>
      void this.ingest.resume(Date.now() - RESUME_INTERVAL).catch((error: unknown) => this.options.log(String(error)))
    this.timers.push(setInterval(resume, RESUME_INTERVAL).unref())
    const sweep = () => {
      sweepPictures({ ...this.options, files: this.files }).catch((error: unknown) =>
        this.options.log(`Files of pictures could not be removed: ${String(error)}`),
      )
      this.timers.push(setTimeout(sweep, SWEEP_INTERVAL).unref())
    }
    this.timers.push(setTimeout(sweep, FIRST_SWEEP).unref())
  }

  /** At an address that `isPicturePath` has. Returns the outcome for the log. */
  handle = async (request: IncomingMessage, response: ServerResponse, { path, query }: Address) => {
    if (isUploadPath(path)) {
      await this.uploads.handle(request, response, path.slice(pictureAddresses.uploads.length + 1) || null, query)
      return 'newsroom' as const
    }
    try {
      if (isOriginalPath(path)) {
        await this.originals.handle(request, response, path)
        return 'newsroom' as const
      }
      return await this.requests.handle(request, response, path)
    } catch (error) {
      this.options.log(`A picture could not be served: ${String(error)}`)
      if (response.headersSent) response.destroy()
      else sendErrorPage(response, 503, this.options.common)
      return 'unavailable' as const
    }
  }

  invalidate = (tags: readonly string[]) => this.verdicts.invalidate(tags)

  /** Of the renditions in memory. */
  get bytes(): number {
    return this.cache.bytes
  }

  stop = async () => {
    for (const timer of this.timers) clearTimeout(timer)
    this.ingest.stop()
    this.avif.stop()
    await Promise.all([this.decoder.close(), this.background.close()])
  }
}
