import { readFile, stat } from 'node:fs/promises'
import sharp from 'sharp'
import type { AsItCame } from '@/domain/picture/as-it-came'
import type { OriginalFormat } from '@/domain/picture/ingested'
import type { Size } from '@/domain/picture/renditions'
import { LIMITS } from '../limits'
import { Unreadable, sentenceOfError } from '../unreadable'
import { typeOf } from './file-type'
import { readHeader, type Header } from './header'
import { readMetadata } from './metadata/read-metadata'

export type Inspection = Size & {
  format: OriginalFormat
  frames: number
  hasAlpha: boolean
  asItCame: AsItCame
}

/**
 * What a file is and says, without decoding its pixels. Width and height are those of the upright picture.
 * @throws Unreadable
 */
export async function inspect(file: string): Promise<Inspection> {
  const { size } = await stat(file)
  if (size > LIMITS.bytes) throw new Unreadable(tooManyBytes(size))
  const bytes = await readFile(file)
  const type = typeOf(bytes)
  if ('sentence' in type) throw new Unreadable(type.sentence)
  const header = readHeader(bytes, type.format)
  if (header === null) throw new Unreadable('The beginning of the file is damaged, so its size is not known.')
  assertSize(header)
  const metadata = await sharp(file, { limitInputPixels: LIMITS.pixels, failOn: 'truncated' })
    .metadata()
    .catch((error: unknown) => {
      throw new Unreadable(sentenceOfError(error))
    })
  assertSize({ ...metadata, frames: header.frames })
  const { width, height } = metadata.autoOrient
  const hasAlpha = metadata.hasAlpha ?? false
  return {
    format: type.format,
    width,
    height,
    frames: header.frames,
    hasAlpha,
    asItCame: readMetadata(bytes, type.format),
  }
}

const number = (value: number) => String(value)
const inMillions = (value: number) => String(Math.round(value / 1_000_000))

export const tooManyBytes = (bytes: number) =>
  `The file has ${inMillions(bytes)} MB; a picture can have ${inMillions(LIMITS.bytes)} MB.`

function assertSize({ width, height, frames }: Header) {
  const size = `${number(width)}×${number(height)}`
  if (width < 1 || height < 1)
    throw new Unreadable(`The file says that it is ${size} pixels, so there is nothing to show.`)
  if (width * height > LIMITS.pixels)
    throw new Unreadable(
      `The picture is ${size}, ${inMillions(width * height)} megapixels; it can have ${inMillions(LIMITS.pixels)}.`,
    )
  if (Math.max(width, height) > LIMITS.side)
    throw new Unreadable(`The picture is ${size}; neither side can have more than ${number(LIMITS.side)} pixels.`)
  if (width * height * frames > LIMITS.framePixels && frames > 1)
    throw new Unreadable(
      `The animation has ${number(frames)} frames of ${size}, which is too much. Send a still picture of it.`,
    )
}
