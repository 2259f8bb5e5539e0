import { renditionStorageKey } from '@/domain/picture/renditions'
import { readLook } from '@/domain/picture/look'
import { cropOf, widthsFor } from '@/domain/picture/renditions'
import type { PictureRecords, PictureStorage } from '../contract'
import type { RenditionMaker } from './rendition-maker'

type Options = {
  records: Pick<PictureRecords, 'forServing'>
  storage: Pick<PictureStorage, 'get'>
  /** With a decoder of low priority. */
  maker: Pick<RenditionMaker, 'make'>
  log: (line: string) => void
}

/** Looks that wait; others are asked for again by the next reader. */
const MAX_QUEUED = 500

/** One that failed is not tried again before. Milliseconds. */
const RETRY_AFTER = 10 * 60_000

/** Makes AVIF one look after the other, in the background. */
export class AvifQueue {
  private readonly queue = new Map<string, { key: string; look: string }>()
  private readonly failedAt = new Map<string, number>()
  private working: Promise<void> | null = null
  private isStopped = false

  constructor(private readonly options: Options) {}

  add = (key: string, look: string) => {
    const name = `${key}/${look}`
    const hasFailed = Date.now() - (this.failedAt.get(name) ?? -Infinity) < RETRY_AFTER
    if (this.isStopped || hasFailed || this.queue.size >= MAX_QUEUED) return
    this.queue.set(name, { key, look })
    this.working ??= this.work().finally(() => (this.working = null))
  }

  /** Resolves when nothing is left to do. */
  idle = async () => {
    while (this.working) await this.working
  }

  stop() {
    this.isStopped = true
    this.queue.clear()
  }

  private async work() {
    for (const [name, { key, look }] of this.queue) {
      try {
        await this.make(key, look)
        this.failedAt.delete(name)
      } catch (error) {
        if (this.isStopped) return
        if (this.failedAt.size > MAX_QUEUED) this.failedAt.clear()
        this.failedAt.set(name, Date.now())
        this.options.log(`AVIF of a picture could not be made: ${String(error)}`)
      }
      this.queue.delete(name)
    }
  }

  /** Does nothing where it is there already, made by another server for example. */
  async make(key: string, look: string) {
    const picture = await this.options.records.forServing(key)
    const read = picture && readLook(look, picture.sha256)
    if (!read) return
    const [width = 0] = widthsFor(cropOf(picture, read.ratio, read).width).slice(-1)
    const existing = await this.options.storage.get(renditionStorageKey({ key, look, width, format: 'avif' }))
    if (existing) return void existing.stream.destroy()
    await this.options.maker.make(picture, look, 'avif')
  }
}
