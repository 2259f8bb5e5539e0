import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { WIDTHS } from '@/domain/picture/renditions'
import { Decoder } from '../decoding/decoder'
import { decoderProgram } from '../decoder.test-support'
import { sampleValues } from './sample-values.test-support'
import { sample, samplesFolder } from '../pictures.test-support'

/** Real pictures with the values that were read by others, told apart by name. Never part of this repository. */
const samples = describe.skipIf(samplesFolder === undefined)

let decoder: Decoder
const folder = mkdtempSync(path.join(os.tmpdir(), 'broadsheet-samples-'))
beforeAll(async () => {
  decoder = new Decoder({ program: await decoderProgram(), log: () => undefined })
})
afterAll(async () => {
  await decoder.close()
  rmSync(folder, { recursive: true, force: true })
})

async function read(name: string) {
  const file = sample(name)
  const inspection = await decoder.inspect(file)
  const { width, asItCame } = inspection
  const {
    credit = null,
    copyright = null,
    creators = [],
    altText: alt = null,
    digitalSourceType = null,
  } = asItCame.told
  const { files } = await decoder.render({
    file,
    size: inspection,
    ratio: 'whole',
    point: { focusX: 0.5, focusY: 0.5 },
    labels: { credit, copyright, creators, alt, digitalSourceType },
    widths: WIDTHS.some((one) => one <= width) ? WIDTHS : [width],
    formats: ['webp'],
    folder,
    withPlaceholder: true,
  })
  return { ...inspection, files: files.map((one) => readFileSync(path.join(folder, `${String(one.width)}.webp`))) }
}

samples('the values of the samples', () => {
  test.each(Object.entries(sampleValues))('%s', async (name, expected) => {
    const { asItCame } = await read(name)
    expect(asItCame.told).toMatchObject(expected)
    for (const value of Object.values(asItCame.told))
      expect(value === '' || (Array.isArray(value) && value.length === 0)).toBe(false)
  })

  test('what blocks of lower rank say stays visible', async () => {
    const { asItCame } = await read('charset/iptc-xmp-conflict.jpg')
    expect(asItCame.blocks.iptc).toMatchObject({ caption: 'Old caption from IPTC', credit: 'Old Credit' })
    expect((await read('iptc/pa.jpg')).asItCame.blocks.exif?.caption).not.toBe(
      (await read('iptc/pa.jpg')).asItCame.told.caption,
    )
  })

  const sizes: Record<string, [number, number]> = {
    'colour/cmyk-no-profile.jpg': [500, 333],
    'colour/grey-no-profile.jpg': [5, 4],
    'colour/display-p3.png': [8, 8],
    'colour/grey16-alpha.png': [109, 96],
    'formats/phone-12mp.jpg': [4048, 3036],
    'formats/flowers.jpeg': [1920, 1080],
    'formats/animated.gif': [370, 285],
    'formats/animated.webp': [370, 285],
    'formats/alpha.webp': [300, 300],
    'formats/alpha.png': [256, 192],
    'formats/exif-xmp-icc.avif': [403, 302],
    'formats/4096x800.avif': [4096, 800],
    'orientation/orientation-6.webp': [240, 320],
    'orientation/orientation-6.png': [240, 320],
    'orientation/orientation-invalid-0.jpg': [320, 240],
    'orientation/orientation-invalid-9.jpg': [320, 240],
    'hostile/png-named.jpg': [320, 240],
    'privacy/png-exif-gps-after-idat.png': [1, 1],
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8].map((one) => [`orientation/Landscape_${String(one)}.jpg`, [600, 450]]),
    ),
  }
  test.each(Object.entries(sizes))('%s', async (name, [width, height]) => {
    const { files, ...inspection } = await read(name)
    expect(inspection).toMatchObject({ width, height })
    for (const file of files) {
      const kept = await sharp(file).metadata()
      expect([kept.exif, kept.icc, kept.orientation, kept.space]).toEqual([undefined, undefined, undefined, 'srgb'])
      expect(kept.width).toBeLessThanOrEqual(Math.min(width, 1900))
    }
  })

  test('all eight orientations look the same', async () => {
    const small = async (name: string) => {
      const { files } = await read(name)
      return sharp(files.at(-1)).resize(30, 20, { fit: 'fill' }).greyscale().raw().toBuffer()
    }
    const upright = await small('orientation/Landscape_1.jpg')
    for (let one = 2; one <= 8; one += 1) {
      const turned = await small(`orientation/Landscape_${String(one)}.jpg`)
      const difference =
        upright.reduce((sum, value, at) => sum + Math.abs(value - (turned[at] ?? 0)), 0) / upright.length
      expect(difference, String(one)).toBeLessThan(4)
    }
  })

  test('CMYK is not inverted', async () => {
    const { files } = await read('colour/cmyk-plain.jpg')
    const { data, info } = await sharp(files.at(-1)).raw().toBuffer({ resolveWithObject: true })
    const at = (Math.floor(info.height * 0.73) * info.width + Math.floor(info.width * 0.74)) * info.channels
    const [red = 0, , blue = 0] = data.subarray(at, at + 3)
    expect(red).toBeGreaterThan(blue + 40)
  })
})

samples('privacy', () => {
  const secrets = {
    'privacy/gps-serial-owner-thumbnail.jpg': ['SN-4711-SECRET', 'LENS-0815', 'Erika', 'Mustermann', 'example.invalid'],
    'privacy/drone-gps-serial.jpg': ['0K8TFBK0020618', 'Hasselblad'],
    'privacy/png-exif-gps-after-idat.png': ['PowerShot', 'Huggel'],
    'formats/phone-12mp.jpg': ['Pixel', 'HDR+'],
  }
  test.each(Object.entries(secrets))('%s', async (name, texts) => {
    const { files, asItCame } = await read(name)
    expect(asItCame.private.gps ?? asItCame.private.owner).toBeDefined()
    for (const file of files) for (const text of texts) expect(file.includes(text), text).toBe(false)
  })

  test('the labels stay', async () => {
    const { files } = await read('privacy/gps-serial-owner-thumbnail.jpg')
    for (const file of files)
      for (const text of ['Keep This Credit', 'Keep This Copyright', 'Keep This Name'])
        expect(file.includes(text), text).toBe(true)
  })
})

samples('content credentials', () => {
  test('are shown as claims, and never as verified', async () => {
    const { asItCame } = await read('c2pa/C-valid.jpg')
    expect(asItCame.credentials).toMatchObject({
      verified: false,
      manifest: 'contentauth:urn:uuid:4d971750-1db4-4492-a87c-5c3e7ed33efc',
      authors: ['Adobe make_test'],
      actions: ['c2pa.created', 'c2pa.drawing'],
      signer: 'C2PA Test Signing Cert',
    })
    const altered = await read('c2pa/E-sig-CA-bad-signature.jpg')
    expect(altered.asItCame.credentials?.verified).toBe(false)
    expect(altered.files.length).toBeGreaterThan(0)
  })
})

samples('the hostile files', () => {
  const sentences: Record<string, RegExp | string> = {
    'corrupt-header.jpg': /damaged/u,
    'truncated.jpg': /^The file ends early/u,
    'truncated.png': /^The file ends early/u,
    'truncated-progressive.jpg': /^The file ends early/u,
    'zero-bytes.jpg': 'The file is empty.',
    'ten-bytes.gif': /^The file ends early/u,
    'height-zero.jpg': /200×0/u,
    'giant-20000x14000.jpg': /20000×14000/u,
    '65536x65536.png': /65536×65536/u,
    'bomb-20000x20000-1bit.png': /20000×20000/u,
    'jpeg-claims-65500x65500.jpg': /65500×65500/u,
    'gif-claims-65535x65535.gif': /65535×65535/u,
    'gif-5000-frames-2000x2000.gif': /5000 frames of 2000×2000/u,
    'svg-script-xxe.svg': /SVG/u,
    'html-named.jpg': /web page/u,
    'heic-overflow.heic': /HEIC/u,
    'heic-infe-128mb.heif': /HEIC/u,
    '../formats/cheers.heic': /HEIC/u,
  }
  const taken = ['bomb-ztxt-50mb.png', 'xmp-entity-bomb.jpg', 'polyglot-gif-js.gif', 'png-named.jpg', 'bad-crc.png']

  test('every one is in this table', () => {
    const known = [...Object.keys(sentences), ...taken]
    const present = samplesFolder ? readdirSync(sample('hostile')) : []
    expect(present.filter((name) => !known.includes(name))).toEqual([])
  })

  test.each(Object.entries(sentences))('%s is refused in a sentence', async (name, sentence) => {
    await expect(read(`hostile/${name}`)).rejects.toThrow(sentence)
  })

  test.each(taken)('%s is taken, re-encoded, without its texts', async (name) => {
    const { files, asItCame } = await read(`hostile/${name}`)
    expect(asItCame.told).toEqual({})
    for (const file of files) expect(file.subarray(8, 12).toString()).toBe('WEBP')
  })

  test('take little memory', async () => {
    const own = new Decoder({ program: await decoderProgram(), log: () => undefined, memory: 300 * 1024 * 1024 })
    const sizes = await Promise.all(
      readdirSync(sample('hostile')).map((name) =>
        own.inspect(sample(`hostile/${name}`)).catch((error: Error) => error.message),
      ),
    )
    await own.close()
    expect(sizes.filter((one) => typeof one === 'string' && one.includes('memory'))).toEqual([])
  })
})
