import type { OriginalFormat } from '@/domain/picture/ingested'
import type { Size } from '@/domain/picture/renditions'
import { boxesOf, findBox } from './iso-boxes'

/** What the header claims, read without decoding anything. Not turned upright yet. */
export type Header = Size & { frames: number }

/** Null where the header is broken. */
export function readHeader(bytes: Buffer, format: OriginalFormat): Header | null {
  try {
    return readers[format](bytes)
  } catch (error) {
    // Read past the end.
    if (error instanceof RangeError) return null
    throw error
  }
}

const readers: Record<OriginalFormat, (bytes: Buffer) => Header | null> = {
  jpeg: readJpeg,
  png: readPng,
  gif: readGif,
  webp: readWebp,
  avif: readAvif,
}

/** Start of frame, whatever the coding. */
const isFrameMarker = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function readJpeg(bytes: Buffer): Header | null {
  for (const { marker, start } of jpegSegments(bytes))
    if (isFrameMarker(marker))
      return { height: bytes.readUInt16BE(start + 1), width: bytes.readUInt16BE(start + 3), frames: 1 }
  return null
}

export type Segment = { marker: number; start: number; end: number }

/** The segments before the pixels; `start` and `end` are those of their content. */
export function* jpegSegments(bytes: Buffer): Iterable<Segment> {
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return
    const marker = bytes[at + 1] ?? 0
    // Fill bytes.
    if (marker === 0xff) {
      at += 1
      continue
    }
    // End of picture, start of scan.
    if (marker === 0xd9 || marker === 0xda) return
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    yield { marker, start: at + 4, end: Math.min(end, bytes.length) }
    at = end
  }
}

function readPng(bytes: Buffer): Header | null {
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  const frames = pngChunks(bytes).find(({ type }) => type === 'acTL')
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    frames: frames === undefined ? 1 : Math.max(1, bytes.readUInt32BE(frames.start)),
  }
}

export type Chunk = { type: string; start: number; end: number }

/** More than a file that was made by a camera or a program has. */
const MAX_CHUNKS = 20_000

export function pngChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= bytes.length && chunks.length < MAX_CHUNKS;) {
    const start = at + 8
    const end = start + bytes.readUInt32BE(at)
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), start, end: Math.min(end, bytes.length) })
    at = end + 4
  }
  return chunks
}

function readGif(bytes: Buffer): Header | null {
  const frames = framesOfGif(bytes)
  const largest = (claimed: number, of: 'width' | 'height') =>
    frames.reduce((most, one) => Math.max(most, one[of]), claimed)
  return {
    width: largest(bytes.readUInt16LE(6), 'width'),
    height: largest(bytes.readUInt16LE(8), 'height'),
    frames: Math.max(1, frames.length),
  }
}

/** The sizes in the image descriptors. */
function framesOfGif(bytes: Buffer): Size[] {
  const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const afterSubBlocks = (from: number) => {
    let at = from
    while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] ?? 0) + 1
    return at + 1
  }
  const frames: Size[] = []
  let at = 13 + tableSize(bytes[10] ?? 0)
  while (at < bytes.length) {
    const introducer = bytes[at]
    if (introducer === 0x21) at = afterSubBlocks(at + 2)
    else if (introducer === 0x2c) {
      if (at + 10 > bytes.length) break
      frames.push({ width: bytes.readUInt16LE(at + 5), height: bytes.readUInt16LE(at + 7) })
      at = afterSubBlocks(at + 10 + tableSize(bytes[at + 9] ?? 0) + 1)
    } else break
  }
  return frames
}

export function webpChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = 12; at + 8 <= bytes.length && chunks.length < MAX_CHUNKS;) {
    const start = at + 8
    const end = start + bytes.readUInt32LE(at + 4)
    chunks.push({ type: bytes.toString('latin1', at, at + 4), start, end: Math.min(end, bytes.length) })
    at = end + (end % 2)
  }
  return chunks
}

function readWebp(bytes: Buffer): Header | null {
  const chunks = webpChunks(bytes)
  const frames = Math.max(1, chunks.filter(({ type }) => type === 'ANMF').length)
  for (const { type, start } of chunks) {
    if (type === 'VP8X')
      return { width: bytes.readUIntLE(start + 4, 3) + 1, height: bytes.readUIntLE(start + 7, 3) + 1, frames }
    if (type === 'VP8 ')
      return {
        width: bytes.readUInt16LE(start + 6) & 0x3fff,
        height: bytes.readUInt16LE(start + 8) & 0x3fff,
        frames,
      }
    if (type === 'VP8L') {
      const bits = bytes.readUInt32LE(start + 1)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, frames }
    }
  }
  return null
}

/** The largest of the sizes that its items have. */
function readAvif(bytes: Buffer): Header | null {
  const meta = findBox(bytes, { start: 0, end: bytes.length }, ['meta'])
  const properties = meta && findBox(bytes, { start: meta.start + 4, end: meta.end }, ['iprp', 'ipco'])
  if (!properties) return null
  let largest: Header | null = null
  for (const { type, start } of boxesOf(bytes, properties)) {
    if (type !== 'ispe') continue
    const size = { width: bytes.readUInt32BE(start + 4), height: bytes.readUInt32BE(start + 8) }
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = { ...size, frames: 1 }
  }
  return largest
}
