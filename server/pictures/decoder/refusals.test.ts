import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cropOf } from '@/domain/picture/renditions'
import { Decoder } from '../decoding/decoder'
import { aFolder, decoderProgram } from '../decoder.test-support'
import { fileOf, picture, withSegments } from '../pictures.test-support'

let decoder: Decoder
beforeAll(async () => {
  decoder = new Decoder({ program: await decoderProgram(), log: () => undefined })
})
afterAll(() => decoder.close())

/** The sentence with which a file is refused; what it is, where it is taken. */
async function read(bytes: Buffer | string, name?: string): Promise<string> {
  const file = fileOf(bytes, name)
  try {
    const { format, width, height, ...size } = await decoder.inspect(file)
    await decoder.render({
      file,
      size: { width, height },
      ratio: 'whole',
      point: { focusX: 0.5, focusY: 0.5 },
      labels: { credit: null, copyright: null, creators: [], alt: null, digitalSourceType: null },
      widths: [Math.min(160, cropOf({ width, height }, 'whole').width)],
      formats: ['webp'],
      folder: aFolder(),
      withPlaceholder: true,
    })
    return `${format} ${String(width)}×${String(height)} ${String(size.frames)}`
  } catch (error) {
    return (error as Error).message
  }
}

const chunk = (type: string, content: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content, Buffer.alloc(4)])
}

/** A PNG of black pixels, of which only the header is right. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const start = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1')
  return Buffer.concat([
    start,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A GIF of so many frames, each as large as the whole. */
function gifOf(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  screen.writeUInt16LE(width, 6)
  screen.writeUInt16LE(height, 8)
  const frame = Buffer.from(',\0\0\0\0\0\0\0\0\0\x02\x02D\x01\0', 'latin1')
  frame.writeUInt16LE(width, 5)
  frame.writeUInt16LE(height, 7)
  return Buffer.concat([screen, ...Array.from({ length: frames }, () => frame), Buffer.from(';')])
}

test('more pixels than can be read, by the header alone, naming them', async () => {
  expect(await read(pngOf(20_000, 14_000))).toBe('The picture is 20000×14000, 280 megapixels; it can have 64.')
  expect(await read(pngOf(16_000, 16_000))).toBe('The picture is 16000×16000, 256 megapixels; it can have 64.')
  expect(await read(pngOf(60_000, 1))).toBe('The picture is 60000×1; neither side can have more than 16383 pixels.')
  expect(await read(gifOf(65_535, 65_535, 1))).toContain('The picture is 65535×65535, 4295 megapixels')
  const jpeg = await picture()
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(65_500, frame + 5)
  jpeg.writeUInt16BE(65_500, frame + 7)
  expect(await read(jpeg)).toContain('The picture is 65500×65500')
})

test('an animation of too many frames', async () => {
  expect(await read(gifOf(2000, 2000, 2000))).toBe(
    'The animation has 2000 frames of 2000×2000, which is too much. Send a still picture of it.',
  )
  expect(await read(gifOf(20, 10, 2000))).toBe('gif 20×10 2000')
})

test('a header without height, or none', async () => {
  const jpeg = await picture()
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(0, frame + 5)
  expect(await read(jpeg)).toBe('The file says that it is 320×0 pixels, so there is nothing to show.')
  expect(await read(Buffer.from([0xff, 0xd8, 0xff, 0xd9]))).toContain('The beginning of the file is damaged')
})

test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('a %s that ends early, wherever', async (format) => {
  const whole = await picture({ width: 600, height: 500, format })
  for (const part of [0.3, 0.6, 0.9]) {
    const sentence = await read(whole.subarray(0, Math.floor(whole.length * part)))
    expect(sentence, String(part)).toMatch(/^The file (?:ends early: it did not arrive whole|is damaged)/u)
  }
})

test('what is no picture, by its bytes and never by its name', async () => {
  const formats = 'Pictures can be JPEG, PNG, WebP, AVIF or GIF.'
  expect(await read('')).toBe('The file is empty.')
  expect(await read('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.png')).toContain(
    'This is an SVG drawing',
  )
  expect(
    await read('\uFEFF<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg/>', 'a.jpg'),
  ).toContain('SVG')
  expect(await read('<!DOCTYPE html><script>alert(1)</script>', 'a.jpg')).toBe(
    `This is a web page, not a picture. ${formats}`,
  )
  expect(await read('%PDF-1.7')).toContain('This is a PDF')
  expect(await read('MZ\x90\0')).toBe(`This is no picture. ${formats}`)
  expect(await read('II*\0\x08\0\0\0')).toContain('TIFF')
  expect(await read('\0\0\0\x18ftypheic\0\0\0\0mif1heic')).toContain('on an iPhone')
  expect(await read('\0\0\0\x18ftypisom\0\0\0\0isommp41')).toContain('a film or sound')
  expect(await read(await picture({ format: 'png' }), 'a.jpg')).toBe('png 320×240 1')
})

test('a picture with something behind or before its pixels is only ever re-encoded', async () => {
  const script = Buffer.from('*/=1;alert(1)//')
  expect(await read(Buffer.concat([await picture(), script]))).toBe('jpeg 320×240 1')
  expect(await read(withSegments(await picture(), [0xfe, script]))).toBe('jpeg 320×240 1')
})

test('bytes at random', async () => {
  const whole = await picture({ format: 'png' })
  for (let seed = 0; seed < 40; seed += 1) {
    const damaged = Buffer.from(whole)
    for (let at = 0; at < 20; at += 1)
      damaged[8 + ((seed * 7919 + at * 104_729) % (whole.length - 8))] = (seed * 31 + at) % 256
    expect(await read(damaged)).toMatch(/^(?:png |The )/u)
  }
})
