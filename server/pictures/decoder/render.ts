import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import type { Labels } from '@/domain/picture/look'
import {
  cropOf,
  sizeOfRendition,
  type FocalPoint,
  type Format,
  type Ratio,
  type Size,
} from '@/domain/picture/renditions'
import { LIMITS } from '../limits'
import { xmpOf } from './labels'
import { isOutOfSpace, OutOfSpace, sentenceOfError, Unreadable } from '../unreadable'

export type RenderTask = {
  file: string
  /** Upright. */
  size: Size
  ratio: Ratio
  point: FocalPoint
  labels: Labels
  widths: readonly number[]
  formats: readonly Format[]
  /** Where the renditions are written, as `<width>.<format>`. */
  folder: string
  /** Whether a thumbhash and the colour are made as well. */
  withPlaceholder: boolean
}

export type Rendered = {
  files: { width: number; format: Format; bytes: number }[]
  placeholder: { thumbhash: string; colour: string } | null
}

/**
 * Decodes a picture once and writes its renditions: upright, in sRGB, with the labels and without any other metadata.
 * @throws Unreadable, or OutOfSpace
 */
export async function render(task: RenderTask): Promise<Rendered> {
  try {
    const crop = cropOf(task.size, task.ratio, task.point)
    const widest = Math.min(crop.width, Math.max(...task.widths))
    const base = await pixelsOf(task, crop, sizeOfRendition(crop, widest))
    const xmp = xmpOf(task.labels)
    const renditions = task.widths
      .filter((width) => width <= crop.width)
      .flatMap((width) => task.formats.map((format) => ({ width, format })))
    const files = await Promise.all(
      renditions.map(async ({ width, format }) => {
        const { height } = sizeOfRendition(crop, width)
        const resized = base().resize({ width, height, fit: 'fill' })
        const labelled = xmp === null ? resized : resized.withXmp(xmp)
        const target = path.join(task.folder, `${String(width)}.${format}`)
        const { size } = await encoders[format](labelled).toFile(target)
        return { width, format, bytes: size }
      }),
    )
    return { files, placeholder: task.withPlaceholder ? await placeholderOf(base()) : null }
  } catch (error) {
    throw isOutOfSpace(error) ? new OutOfSpace(String(error)) : new Unreadable(sentenceOfError(error))
  }
}

/** The decoded crop in the widest size, from which the others are made. */
async function pixelsOf(
  { file, ratio }: RenderTask,
  crop: ReturnType<typeof cropOf>,
  { width, height }: Size,
): Promise<() => Sharp> {
  const upright = sharp(file, {
    limitInputPixels: LIMITS.pixels,
    failOn: 'truncated',
    sequentialRead: true,
  }).autoOrient()
  // A JPEG that is not cut is decoded in a smaller size at once.
  const { data, info } = await (ratio === 'whole' ? upright : upright.extract(crop))
    .resize({ width, height, fit: 'fill', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

const encoders: Record<Format, (picture: Sharp) => Sharp> = {
  webp: (picture) => picture.webp({ quality: 80, alphaQuality: 80, effort: 3, smartSubsample: false }),
  avif: (picture) => picture.avif({ quality: 55, effort: 4, chromaSubsampling: '4:2:0' }),
  jpg: (picture) => picture.flatten({ background: '#ffffff' }).jpeg({ quality: 82, progressive: true }),
}

/** The longest side of what a thumbhash is made from. Pixels. */
const THUMB_SIDE = 100

async function placeholderOf(picture: Sharp): Promise<Rendered['placeholder']> {
  const { data, info } = await picture
    .resize({ width: THUMB_SIDE, height: THUMB_SIDE, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const thumbhash = Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
  const { dominant } = await sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
    .flatten({ background: '#ffffff' })
    .stats()
  const colour = '#' + [dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, '0')).join('')
  return { thumbhash, colour }
}
