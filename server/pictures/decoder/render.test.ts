import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { WIDTHS, type Format, type Ratio } from '@/domain/picture/renditions'
import { aFolder, decoderProgram } from '../decoder.test-support'
import { Decoder } from '../decoding/decoder'
import { base, fileOf, iptcSegment, picture, withSegments } from '../pictures.test-support'
import type { RenderTask } from './render'

const none = { credit: null, copyright: null, creators: [], alt: null, digitalSourceType: null }

let decoder: Decoder
beforeAll(async () => {
  decoder = new Decoder({ program: await decoderProgram(), log: (line) => process.stderr.write(line) })
})
afterAll(() => decoder.close())

/** The renditions of a file, as they would be served. */
async function rendered(bytes: Buffer, over: Partial<RenderTask> = {}) {
  const file = fileOf(bytes)
  const inspection = await decoder.inspect(file)
  const task: RenderTask = {
    file,
    size: inspection,
    ratio: 'whole',
    point: { focusX: 0.5, focusY: 0.5 },
    labels: none,
    widths: WIDTHS.some((width) => width <= inspection.width) ? WIDTHS : [inspection.width],
    formats: ['webp'],
    folder: aFolder(),
    withPlaceholder: true,
    ...over,
  }
  const { files, placeholder } = await decoder.render(task)
  const read = (width: number, format: Format) => readFileSync(path.join(task.folder, `${width}.${format}`))
  return { inspection, placeholder, files: files.map((one) => ({ ...one, content: read(one.width, one.format) })) }
}

/** The colour at a place of a picture, from 0 to 1. */
async function colourAt(bytes: Buffer, x: number, y: number): Promise<'red' | 'green' | 'blue' | number[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
  const others = [red, green, blue].sort((one, other) => one - other)
  if ((others[1] ?? 0) > 90 || (others[2] ?? 0) < 160) return [red, green, blue]
  return red === others[2] ? 'red' : green === others[2] ? 'green' : 'blue'
}
const corners = async (bytes: Buffer) =>
  Promise.all([
    colourAt(bytes, 0.2, 0.2),
    colourAt(bytes, 0.8, 0.2),
    colourAt(bytes, 0.2, 0.8),
    colourAt(bytes, 0.8, 0.8),
  ])

test('the listed widths, never wider than the picture; a small one in its own width', async () => {
  const widths = async (width: number) =>
    (await rendered(await picture({ width, height: 100 }))).files.map((one) => one.width)
  expect(await widths(2000)).toEqual([...WIDTHS])
  expect(await widths(1000)).toEqual([160, 320, 480, 640, 960])
  expect(await widths(159)).toEqual([159])
  const [file] = (await rendered(await picture({ width: 1000, height: 500 }))).files
  expect(await sharp(file?.content).metadata()).toMatchObject({ width: 160, height: 80, format: 'webp' })
})

test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('a %s is read', async (format) => {
  const { inspection, files } = await rendered(await picture({ format }))
  expect(inspection).toMatchObject({ format, width: 320, height: 240, frames: 1 })
  for (const { content } of files) expect(await corners(content)).toEqual(['red', 'green', 'blue', 'blue'])
})

/** EXIF orientation: which corner of the stored picture is at the top left, and so on. */
const orientations: Record<number, string[]> = {
  1: ['red', 'green', 'blue', 'blue'],
  2: ['green', 'red', 'blue', 'blue'],
  3: ['blue', 'blue', 'green', 'red'],
  4: ['blue', 'blue', 'red', 'green'],
  5: ['red', 'blue', 'green', 'blue'],
  6: ['blue', 'red', 'blue', 'green'],
  7: ['blue', 'green', 'blue', 'red'],
  8: ['green', 'blue', 'red', 'blue'],
}

test.each(Object.entries(orientations))(
  'orientation %s is turned upright, without a tag',
  async (orientation, expected) => {
    for (const format of ['jpeg', 'webp', 'png'] as const) {
      const stored = await base(320, 240)
        .withMetadata({ orientation: Number(orientation) })
        .toFormat(format)
        .toBuffer()
      const { inspection, files } = await rendered(stored)
      const isTurned = Number(orientation) > 4
      expect(inspection).toMatchObject(isTurned ? { width: 240, height: 320 } : { width: 320, height: 240 })
      const [file] = files
      expect(await corners(file?.content ?? Buffer.alloc(0)), format).toEqual(expected)
      expect((await sharp(file?.content).metadata()).orientation).toBeUndefined()
    }
  },
)

test('an orientation that does not exist is none', async () => {
  for (const value of [0, 9, 300]) {
    const tiff = Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0', 'latin1')
    tiff.writeUInt16LE(value, 24)
    const { inspection } = await rendered(withSegments(await picture(), [0xe1, tiff]))
    expect(inspection).toMatchObject({ width: 320, height: 240 })
  }
})

test('other colour spaces become sRGB: CMYK, grey, 16 bit and Display P3', async () => {
  const cmyk = await base(320, 240).toColourspace('cmyk').jpeg().toBuffer()
  expect((await sharp(cmyk).metadata()).channels).toBe(4)
  const [first] = (await rendered(cmyk)).files
  const [red] = await corners(first?.content ?? Buffer.alloc(0))
  // Not inverted: red is not cyan.
  expect(red === 'red' || (Array.isArray(red) && (red[0] ?? 0) > 150 && (red[2] ?? 0) < 110)).toBe(true)

  const grey = await base(320, 240).greyscale().toColourspace('b-w').png().toBuffer()
  expect((await sharp((await rendered(grey)).files[0]?.content).metadata()).space).toBe('srgb')
  const deep = await base(320, 240).toColourspace('rgb16').png().toBuffer()
  expect(await corners((await rendered(deep)).files[0]?.content ?? Buffer.alloc(0))).toEqual([
    'red',
    'green',
    'blue',
    'blue',
  ])

  // The same numbers are a stronger red in P3 than in sRGB.
  const muted = sharp({ create: { width: 200, height: 200, channels: 3, background: { r: 200, g: 60, b: 60 } } })
  const p3 = await muted.withIccProfile('p3', { attach: true }).png().toBuffer()
  const content = (await rendered(p3)).files[0]?.content
  expect((await sharp(content).metadata()).icc).toBeUndefined()
  const [r = 0, g = 0] = (await sharp(content).raw().toBuffer()).subarray(0, 2)
  expect(Math.abs(r - 200)).toBeLessThan(8)
  expect(Math.abs(g - 60)).toBeLessThan(8)
})

test('transparency stays in WebP and AVIF, and is white in JPEG', async () => {
  const clear = await sharp({
    create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const { inspection, files } = await rendered(clear, { formats: ['webp', 'avif', 'jpg'] })
  expect(inspection.hasAlpha).toBe(true)
  for (const { format, content } of files) expect((await sharp(content).metadata()).hasAlpha).toBe(format !== 'jpg')
  const jpg = files.find(({ format }) => format === 'jpg')?.content
  expect([...(await sharp(jpg).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255])
})

test('nothing of the original is in a rendition but its labels, which are in every one', async () => {
  const thumbnail = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#ffff00' } })
    .jpeg()
    .toBuffer()
  const exif = {
    IFD0: { Artist: 'ARTIST-SECRET', ImageDescription: 'DESCRIPTION-SECRET', Make: 'MAKE-SECRET' },
    IFD2: { BodySerialNumber: 'SERIAL-SECRET', CameraOwnerName: 'OWNER-SECRET' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 15/1 0/1' },
  }
  const stored = withSegments(
    await base(400, 300)
      .withExif(exif)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>XMP-SECRET</a></x:xmpmeta>')
      .jpeg()
      .toBuffer(),
    iptcSegment([0x0278, 'CAPTION-SECRET']),
    [0xe2, Buffer.concat([Buffer.from('MPF\0THUMB-SECRET'), thumbnail])],
    [0xfe, Buffer.from('COMMENT-SECRET')],
  )
  expect(stored.includes('SERIAL-SECRET') && stored.includes('THUMB-SECRET')).toBe(true)
  const labels = {
    credit: 'Harbour & <Press>',
    copyright: '© Zoë Šimek',
    creators: ['Ada Ey', 'Bo "B" Bee'],
    alt: 'A red boat',
    digitalSourceType: 'digitalCapture',
  }
  const { files } = await rendered(stored, { labels, formats: ['webp', 'avif', 'jpg'] })
  expect(files).toHaveLength(6)
  for (const { content, format, width } of files) {
    expect(content.toString('latin1'), format).not.toMatch(/SECRET|GPS/u)
    const { exif: kept, iptc, icc, xmpAsString = '', ...metadata } = await sharp(content).metadata()
    expect({ kept, iptc, icc, width: metadata.width }).toEqual({
      kept: undefined,
      iptc: undefined,
      icc: undefined,
      width,
    })
    for (const text of [
      'Harbour &amp; &lt;Press&gt;',
      '© Zoë Šimek',
      '<rdf:li>Ada Ey</rdf:li>',
      'Bo &quot;B&quot; Bee',
      'A red boat',
      'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture',
    ])
      expect(xmpAsString, `${format} ${width}`).toContain(text)
  }
})

test('a crop has its ratio and keeps the focal point', async () => {
  const stored = await picture({ width: 800, height: 600 })
  const crop = async (ratio: Ratio, focusX: number, focusY: number) => {
    const { files } = await rendered(stored, { ratio, point: { focusX, focusY }, widths: [320] })
    return files[0]?.content ?? Buffer.alloc(0)
  }
  const left = await crop('1:1', 0, 0.5)
  expect(await sharp(left).metadata()).toMatchObject({ width: 320, height: 320 })
  expect(await colourAt(left, 0.1, 0.2)).toBe('red')
  expect(await colourAt(await crop('1:1', 1, 0.5), 0.1, 0.2)).toBe('red')
  expect(await colourAt(await crop('4:5', 1, 0.5), 0.3, 0.2)).toBe('green')
  expect(await colourAt(await crop('16:9', 0.5, 1), 0.2, 0.9)).toBe('blue')
})

test('the placeholder: a thumbhash and the colour', async () => {
  const { placeholder } = await rendered(await picture())
  expect(placeholder?.colour).toMatch(/^#[0-9a-f]{6}$/u)
  expect(Buffer.from(placeholder?.thumbhash ?? '', 'base64').length).toBeGreaterThan(10)
})

test('of an animation the first frame is shown', async () => {
  const frames = ['#ff0000', '#00ff00', '#0000ff'].map((background) => ({
    create: { width: 200, height: 200, channels: 3 as const, background },
  }))
  const stills = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()))
  for (const format of ['gif', 'webp'] as const) {
    const animation = await sharp(stills, { join: { animated: true } })
      .toFormat(format)
      .toBuffer()
    const { inspection, files } = await rendered(animation)
    expect(inspection).toMatchObject({ frames: 3, width: 200, height: 200 })
    expect(await colourAt(files[0]?.content ?? Buffer.alloc(0), 0.5, 0.5)).toBe('red')
    expect((await sharp(files[0]?.content).metadata()).pages).toBeUndefined()
  }
})
