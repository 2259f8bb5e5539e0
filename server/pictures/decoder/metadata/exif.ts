import type { AsItCame, PrivateDetails, Told } from '@/domain/picture/as-it-came'
import { cleanDate, cleanLine, cleanList, cleanText } from '../text'
import { withoutAbsent } from './iptc'

type Tag = { value?: unknown; description?: unknown }
export type ExifTags = Record<string, Tag | undefined>

const textOf = (tag: Tag | undefined): string => {
  const value = Array.isArray(tag?.value) ? tag.value[0] : tag?.value
  return typeof value === 'string' ? value : ''
}

export function toldByExif(tags: ExifTags): Told {
  const text = (name: string) => textOf(tags[name])
  return withoutAbsent({
    caption: cleanText(text('ImageDescription')),
    creators: cleanList(text('Artist').split(/;\s*/u)),
    // The editor's copyright may follow the photographer's, after a NUL.
    copyright: cleanLine(text('Copyright').replaceAll('\u0000', ' ')),
    takenAt: cleanDate(text('DateTimeOriginal'), '', text('OffsetTimeOriginal')) ?? cleanDate(text('DateTimeOriginal')),
  })
}

export function cameraOf(tags: ExifTags): AsItCame['camera'] {
  const text = (name: string) => cleanLine(textOf(tags[name]))
  const exposure = tags.ExposureTime?.description
  const iso = tags.ISOSpeedRatings?.value
  return withoutAbsent({
    make: text('Make'),
    model: text('Model'),
    lens: text('LensModel'),
    software: text('Software'),
    exposure: typeof exposure === 'string' ? cleanLine(exposure) : undefined,
    iso: typeof iso === 'number' ? iso : undefined,
  })
}

/** Fields with which a camera, a lens or a person can be recognised, in EXIF or XMP. */
const SERIAL_NUMBERS = [
  'BodySerialNumber',
  'LensSerialNumber',
  'CameraSerialNumber',
  'SerialNumber',
  'InternalSerialNumber',
]
const OWNERS = ['CameraOwnerName', 'OwnerName']

export function privateDetails(
  tags: ExifTags,
  xmp: Record<string, unknown>,
  gps: { Latitude?: number; Longitude?: number; Altitude?: number } | undefined,
  hasThumbnail: boolean,
): PrivateDetails {
  const found = (names: readonly string[]) =>
    names.flatMap((name) => [textOf(tags[name]), textOf(xmp[name] as Tag | undefined)])
  const { Latitude: latitude, Longitude: longitude, Altitude: altitude } = gps ?? {}
  const isPlace = Number.isFinite(latitude) && Number.isFinite(longitude)
  return withoutAbsent({
    gps: isPlace
      ? { latitude: latitude ?? 0, longitude: longitude ?? 0, ...(Number.isFinite(altitude) && { altitude }) }
      : undefined,
    serialNumbers: cleanList(found(SERIAL_NUMBERS)),
    owner: cleanList(found(OWNERS))?.[0],
    hasThumbnail: hasThumbnail ? (true as const) : undefined,
  })
}
