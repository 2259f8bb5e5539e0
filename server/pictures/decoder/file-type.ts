import type { OriginalFormat } from '@/domain/picture/ingested'

/** What a file is by its first bytes, never by its name; a sentence where it cannot be taken. */
export function typeOf(bytes: Buffer): { format: OriginalFormat } | { sentence: string } {
  const latin = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (bytes.length === 0) return { sentence: 'The file is empty.' }
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { format: 'jpeg' }
  if (latin(0, 8) === '\x89PNG\r\n\x1A\n') return { format: 'png' }
  if (/^GIF8[79]a/u.test(latin(0, 6))) return { format: 'gif' }
  if (latin(0, 4) === 'RIFF' && latin(8, 12) === 'WEBP') return { format: 'webp' }
  if (latin(4, 8) === 'ftyp') return isoType(bytes)
  return { sentence: `${nameOf(bytes)} ${FORMATS}` }
}

const FORMATS = 'Pictures can be JPEG, PNG, WebP, AVIF or GIF.'

export const HEIC_SENTENCE =
  'This is a HEIC picture, which cannot be read here. Send it as JPEG: on an iPhone, share it by mail or choose Settings, Camera, Formats, Most Compatible; on a Mac, export it from Preview as JPEG.'

/** By the brands of an ISO base media file. */
function isoType(bytes: Buffer): { format: OriginalFormat } | { sentence: string } {
  const end = Math.min(bytes.length, bytes.readUInt32BE(0), 256)
  const brands: string[] = []
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(bytes.toString('latin1', at, at + 4))
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return { format: 'avif' }
  if (brands.some((brand) => /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/u.test(brand))) return { sentence: HEIC_SENTENCE }
  return { sentence: `This is a film or sound, not a picture. ${FORMATS}` }
}

function nameOf(bytes: Buffer): string {
  const beginning = bytes.subarray(0, 1024).toString('latin1').toLowerCase()
  if (/<(?:\w+:)?svg[\s/>]/u.test(beginning))
    return 'This is an SVG drawing, which may contain scripts, so it is not taken.'
  if (/<(?:!doctype html|html|script|head|body)\b/u.test(beginning)) return 'This is a web page, not a picture.'
  if (beginning.startsWith('%pdf')) return 'This is a PDF, not a picture.'
  if (beginning.startsWith('ii*\0') || beginning.startsWith('mm\0*')) return 'This is a TIFF or raw camera file.'
  if (beginning.startsWith('8bps')) return 'This is a Photoshop file.'
  if (beginning.startsWith('bm')) return 'This is a BMP picture.'
  return 'This is no picture.'
}
