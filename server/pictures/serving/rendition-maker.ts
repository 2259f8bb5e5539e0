import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readLook } from '@/domain/picture/look'
import { cropOf, originalStorageKey, renditionStorageKey, widthsFor, type Format } from '@/domain/picture/renditions'
import type { PictureStorage, ServedPicture } from '../contract'
import type { Decoder } from '../decoding/decoder'

type Options = {
  storage: PictureStorage
  decoder: Pick<Decoder, 'render' | 'waiting'>
  /** Where files are while they are worked on. */
  folder: string
}

/** Tasks before it in the queue; more than that, and whoever asks comes back later. */
const MAX_WAITING = 20

/** Too much is being made already. */
export class TooBusy extends Error {}

export const contentTypes: Record<Format, string> = { webp: 'image/webp', avif: 'image/avif', jpg: 'image/jpeg' }

/** Makes renditions that are missing: of a crop that was chosen a moment ago, or of a former one that was never asked for. */
export class RenditionMaker {
  private readonly making = new Map<string, Promise<void>>()

  constructor(private readonly options: Options) {}

  /**
   * Makes all widths of a look in one format; whoever asks for the same one meanwhile waits for the same.
   * @throws TooBusy, or Unreadable
   */
  make(picture: ServedPicture, look: string, format: Format): Promise<void> {
    const name = `${picture.key}/${look}.${format}`
    const running = this.making.get(name)
    if (running) return running
    if (this.options.decoder.waiting >= MAX_WAITING) return Promise.reject(new TooBusy())
    const making = this.makeAll(picture, look, format).finally(() => this.making.delete(name))
    this.making.set(name, making)
    return making
  }

  private async makeAll(picture: ServedPicture, look: string, format: Format) {
    const { storage, decoder } = this.options
    const read = readLook(look, picture.sha256)
    if (read === null) throw new Error('This look is not one of the picture.')
    const original = await storage.get(originalStorageKey(picture.sha256))
    if (original === null) throw new Error(`The original ${picture.sha256} is missing.`)
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 })
    const folder = await mkdtemp(path.join(this.options.folder, 'making-'))
    try {
      const file = path.join(folder, 'original')
      await pipeline(original.stream, createWriteStream(file))
      const { width, height, labels, key } = picture
      const size = { width, height }
      const widths = widthsFor(cropOf(size, read.ratio, read).width)
      const task = { file, size, ratio: read.ratio, point: read, labels, widths, formats: [format], folder }
      const { files } = await decoder.render({ ...task, withPlaceholder: false })
      await Promise.all(
        files.map((one) =>
          storage.put(
            renditionStorageKey({ key, look, ...one }),
            path.join(folder, `${String(one.width)}.${one.format}`),
            contentTypes[one.format],
          ),
        ),
      )
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
