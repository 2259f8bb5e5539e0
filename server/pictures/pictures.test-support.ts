import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { aFolder } from './decoder.test-support'

/** Real files with expected values, which are never part of this repository. */
const folder = ['/work/shared/samples/pictures', path.resolve('../shared/samples/pictures')].find((one) =>
  existsSync(one),
)
export const samplesFolder = process.env.PICTURE_SAMPLES ?? folder
export const sample = (name: string) => path.join(samplesFolder ?? '', name)

type Made = { width?: number; height?: number; format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' }

/** A picture: red at the top left, green at the top right, blue below. */
export async function picture({ width = 320, height = 240, format = 'jpeg' }: Made = {}): Promise<Buffer> {
  return base(width, height).toFormat(format).toBuffer()
}

export function base(width: number, height: number) {
  const part = (background: string, left: number, top: number) => ({
    input: { create: { width: Math.ceil(width / 2), height: Math.ceil(height / 2), channels: 3 as const, background } },
    left,
    top,
  })
  const half = Math.floor(width / 2)
  return sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite(
    width < 2 || height < 2 ? [] : [part('#ff0000', 0, 0), part('#00ff00', half, 0)],
  )
}

/** Writes bytes into a file of the test. */
export function fileOf(bytes: Buffer | string, name = 'upload'): string {
  const file = path.join(aFolder(), name)
  writeFileSync(file, bytes)
  return file
}

/** A JPEG with these segments after its start: marker and content. */
export function withSegments(jpeg: Buffer, ...segments: [marker: number, content: Buffer][]): Buffer {
  const parts = segments.map(([marker, content]) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(content.length + 2, 2)
    return Buffer.concat([head, content])
  })
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)])
}

/** IPTC fields in a segment: record and dataset, and the bytes. */
export function iptcSegment(...fields: [id: number, value: Buffer | string][]): [number, Buffer] {
  const records = fields.map(([id, value]) => {
    const bytes = Buffer.from(value)
    const head = Buffer.from([0x1c, id >> 8, id & 0xff, bytes.length >> 8, bytes.length & 0xff])
    return Buffer.concat([head, bytes])
  })
  const data = Buffer.concat(records)
  const resource = Buffer.concat([
    Buffer.from('8BIM\x04\x04\0\0\0\0\0\0', 'latin1'),
    data,
    Buffer.alloc(data.length % 2),
  ])
  resource.writeUInt32BE(data.length, 8)
  return [0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource])]
}

/** An XMP packet with these properties, in a segment. */
export function xmpSegment(properties: string, prolog = ''): [number, Buffer] {
  const namespaces = Object.entries({
    dc: 'http://purl.org/dc/elements/1.1/',
    photoshop: 'http://ns.adobe.com/photoshop/1.0/',
    plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
    xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
    Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
    Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
    aux: 'http://ns.adobe.com/exif/1.0/aux/',
  }).map(([prefix, address]) => `xmlns:${prefix}="${address}"`)
  const packet = `${prolog}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${namespaces.join(' ')}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`
  return [0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`)]
}
