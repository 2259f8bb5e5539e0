import { describe, expect, test } from 'vitest'
import { picture, withSegments } from '../../pictures.test-support'
import { decodeCbor } from './cbor'
import { readCredentials } from './credentials'

const box = (type: string, ...contents: Buffer[]) => {
  const content = Buffer.concat(contents)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}
const superBox = (label: string, ...contents: Buffer[]) =>
  box('jumb', box('jumd', Buffer.alloc(16), Buffer.from([3]), Buffer.from(`${label}\0`)), ...contents)

/** As CBOR, for what the tests need. */
function cbor(value: unknown): Buffer {
  const head = (major: number, length: number) =>
    length < 24 ? Buffer.from([(major << 5) | length]) : Buffer.from([(major << 5) | 25, length >> 8, length & 0xff])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  const pairs = Object.entries(value as object)
  return Buffer.concat([head(5, pairs.length), ...pairs.flatMap(([name, one]) => [cbor(name), cbor(one)])])
}

const manifest = (label: string, ...assertions: Buffer[]) =>
  superBox(
    label,
    superBox('c2pa.assertions', ...assertions),
    superBox('c2pa.claim.v2', box('cbor', cbor({ claim_generator_info: { name: 'Tin camera' } }))),
    superBox('c2pa.signature', box('cbor', Buffer.from([0xff]))),
  )
const actions = superBox(
  'c2pa.actions.v2',
  box(
    'cbor',
    cbor({ actions: [{ action: 'c2pa.created', digitalSourceType: 'digitalCapture' }, { action: 'c2pa.cropped' }] }),
  ),
)
const work = superBox('stds.schema-org.CreativeWork', box('json', Buffer.from('{"author":[{"name":"Ada Ey"}]}')))
const store = superBox('c2pa', manifest('urn:c2pa:older'), manifest('urn:c2pa:active', actions, work))

/** In segments of that many bytes, each but the first with the header of the box again. */
function segments(bytes: Buffer, size: number): [number, Buffer][] {
  const parts: [number, Buffer][] = []
  for (let at = 0; at < bytes.length; at += size) {
    const head = Buffer.alloc(8)
    head.write('JP', 'latin1')
    head.writeUInt16BE(1, 2)
    head.writeUInt32BE(parts.length + 1, 4)
    parts.push([
      0xeb,
      Buffer.concat([head, ...(at === 0 ? [] : [bytes.subarray(0, 8)]), bytes.subarray(at, at + size)]),
    ])
  }
  return parts
}

const expected = {
  verified: false,
  manifest: 'urn:c2pa:active',
  generator: 'Tin camera',
  authors: ['Ada Ey'],
  actions: ['c2pa.created', 'c2pa.cropped'],
  digitalSourceTypes: ['digitalCapture'],
  manifests: 2,
  // Its signature is no CBOR.
  damaged: true,
}

describe('a C2PA manifest', () => {
  test('of a JPEG, in one segment and in many', async () => {
    for (const size of [60_000, 100])
      expect(readCredentials(withSegments(await picture(), ...segments(store, size)), 'jpeg')).toEqual(expected)
  })

  test('of a PNG and a WebP', async () => {
    const png = await picture({ format: 'png' })
    const chunk = Buffer.concat([box('caBX', store), Buffer.alloc(4)])
    chunk.writeUInt32BE(store.length)
    expect(readCredentials(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]), 'png')).toEqual(expected)
    const webp = await picture({ format: 'webp' })
    const riff = box('C2PA', store)
    riff.writeUInt32LE(store.length, 4)
    riff.write('C2PA', 0, 'latin1')
    expect(readCredentials(Buffer.concat([webp, riff]), 'webp')).toEqual(expected)
  })

  test('there is none, or it is cut anywhere: nothing is claimed, and nothing fails', async () => {
    expect(readCredentials(await picture(), 'jpeg')).toBeNull()
    for (let end = 0; end < store.length; end += 7) {
      const read = readCredentials(withSegments(await picture(), ...segments(store.subarray(0, end), 60_000)), 'jpeg')
      expect(read === null || !read.verified).toBe(true)
    }
  })
})

test('CBOR that is deep, or claims to be long, is refused', () => {
  expect(() => decodeCbor(Buffer.alloc(1000, 0x81))).toThrow()
  expect(() => decodeCbor(Buffer.from([0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))).toThrow()
  expect(() => decodeCbor(Buffer.from([0x9b, 0, 0, 0, 0xff, 0, 0, 0, 0]))).toThrow()
  expect(decodeCbor(Buffer.from([0xa1, 0x61, 0x61, 0x9f, 1, 0x20, 0xf5, 0xff]))).toEqual({ a: [1, -1, true] })
})
