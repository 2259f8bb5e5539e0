import { inflateSync } from 'node:zlib'
import ExifReader from 'exifreader'
import type { AsItCame, Told } from '@/domain/picture/as-it-came'
import type { OriginalFormat } from '@/domain/picture/ingested'
import { jpegSegments, pngChunks, webpChunks } from '../header'
import { readCredentials } from './credentials'
import { cameraOf, privateDetails, toldByExif, type ExifTags } from './exif'
import { toldByIptc, type IptcFields } from './iptc'
import { toldByXmp, xmpParser, type XmpProperties } from './xmp'

/** All metadata that is known here of a file. What cannot be read is left out: metadata never refuses a picture. */
export function readMetadata(bytes: Buffer, format: OriginalFormat): AsItCame {
  const { exif = {}, iptc = {}, xmp = {}, gps, Thumbnail } = load(withoutPixels(bytes, format))
  const blocks = {
    xmp: attempt(() => toldByXmp(xmp)),
    iptc: attempt(() => toldByIptc(iptc)),
    exif: attempt(() => toldByExif(exif)),
  }
  const present = Object.fromEntries(Object.entries(blocks).filter(([, told]) => Object.keys(told).length > 0))
  return {
    version: 1,
    told: { ...withoutCameraCaption(blocks.exif), ...blocks.iptc, ...withoutCameraCaption(blocks.xmp) },
    blocks: present,
    camera: cameraOf(exif),
    private: privateDetails(exif, xmp, gps, Thumbnail !== undefined),
    credentials: readCredentials(bytes, format),
  }
}

/** What cameras and programs write where nobody wrote a caption. */
const NO_CAPTION =
  /^(?:default|untitled|image|OLYMPUS DIGITAL CAMERA|SONY DSC|SAMSUNG|KODAK Digital Still Camera|Exif_JPEG_PICTURE|DCIM\W.*|Created with (?:The )?GIMP)$/iu

function withoutCameraCaption({ caption, ...told }: Told): Told {
  return caption === undefined || NO_CAPTION.test(caption) ? told : { ...told, caption }
}

type Tags = {
  exif?: ExifTags
  iptc?: IptcFields
  xmp?: XmpProperties
  gps?: { Latitude?: number; Longitude?: number; Altitude?: number }
  Thumbnail?: unknown
}

function load(bytes: Buffer): Tags {
  try {
    // Not `async`: compressed texts stay compressed.
    return ExifReader.load(bytes, {
      expanded: true,
      domParser: xmpParser as never,
      excludeTags: { mpf: true, icc: true, makerNotes: true },
    }) as unknown as Tags
  } catch {
    return {}
  }
}

function attempt(read: () => Told): Told {
  try {
    return read()
  } catch {
    return {}
  }
}

/** Only the parts with metadata, so that nothing else of a hostile file is looked at. */
function withoutPixels(bytes: Buffer, format: OriginalFormat): Buffer {
  if (format === 'jpeg') {
    const parts = [...jpegSegments(bytes)]
      // Application segments: EXIF and XMP (1), IPTC (13).
      .filter(({ marker }) => marker === 0xe1 || marker === 0xed)
      .flatMap(({ start, end }) => bytes.subarray(start - 4, end))
    return Buffer.concat([bytes.subarray(0, 2), ...parts, Buffer.from([0xff, 0xd9])])
  }
  if (format === 'png') {
    const parts = pngChunks(bytes).flatMap(({ type, start, end }) => {
      if (type === 'zTXt' || type === 'iTXt') return plainXmp(bytes.subarray(start, end), type === 'iTXt') ?? []
      return type === 'IHDR' || type === 'eXIf' ? bytes.subarray(start - 8, end + 4) : []
    })
    return Buffer.concat([bytes.subarray(0, 8), ...parts])
  }
  if (format === 'webp') {
    const parts = webpChunks(bytes)
      .filter(({ type }) => type === 'VP8X' || type === 'EXIF' || type === 'XMP ')
      .map(({ start, end }) => bytes.subarray(start - 8, end + ((end - start) % 2)))
    const riff = Buffer.concat([bytes.subarray(0, 12), ...parts])
    riff.writeUInt32LE(riff.length - 8, 4)
    return riff
  }
  return bytes
}

const XMP_KEYWORD = Buffer.from('XML:com.adobe.xmp\0', 'latin1')

/** Longer than the packet of any program. Bytes. */
const MAX_PACKET = 2 * 1024 * 1024

/** The chunk of PNG with an XMP packet, not compressed; null for other texts, which are not looked at. */
function plainXmp(content: Buffer, isInternational: boolean): Buffer | null {
  if (!content.subarray(0, XMP_KEYWORD.length).equals(XMP_KEYWORD)) return null
  // `zTXt` has the method here, `iTXt` a flag, the method, and two texts that end with NUL.
  const rest = content.subarray(XMP_KEYWORD.length)
  const packetStart = isInternational ? rest.indexOf(0, rest.indexOf(0, 2) + 1) + 1 : 1
  const isCompressed = isInternational ? rest[0] === 1 : true
  const packet = rest.subarray(packetStart)
  const plain = isCompressed ? inflated(packet) : packet
  if (plain === null) return null
  const data = Buffer.concat([XMP_KEYWORD, Buffer.alloc(4), plain])
  const head = Buffer.from('\0\0\0\0iTXt', 'latin1')
  head.writeUInt32BE(data.length)
  return Buffer.concat([head, data, Buffer.alloc(4)])
}

function inflated(bytes: Buffer): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_PACKET })
  } catch {
    return null
  }
}
