import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { webAddress } from '@/domain/picture/as-it-came'
import { iptcSegment, picture, withSegments, xmpSegment } from '../../pictures.test-support'
import { readMetadata } from './read-metadata'

const utf8Marker: [number, string] = [0x015a, '\u001B%G']
const caption = (bytes: Buffer | string): [number, Buffer | string] => [0x0278, bytes]
const cp1252 = (text: string, bytes: Record<string, number>) =>
  Buffer.from([...text].map((character) => bytes[character] ?? character.codePointAt(0) ?? 0))

const told = async (...segments: [number, Buffer][]) =>
  readMetadata(withSegments(await picture(), ...segments), 'jpeg').told

const alt = (name: string, text: string) =>
  `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></${name}>`

describe('IPTC in any encoding', () => {
  const text = 'Łódź, Šibenik, 世界 and العربية'
  test('UTF-8, with its marker and without', async () => {
    expect(await told(iptcSegment(utf8Marker, caption(text)))).toEqual({ caption: text })
    expect(await told(iptcSegment(caption(text)))).toEqual({ caption: text })
  })

  test('Latin-1 and CP-1252 without marker, and Latin-1 with its marker', async () => {
    const latin = 'Zürich: façade of the old café, © señor Ångström'
    expect(await told(iptcSegment(caption(Buffer.from(latin, 'latin1'))))).toEqual({ caption: latin })
    const quoted = '“Quoted” – price €12, it’s naïve'
    const bytes = cp1252(quoted, { '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80, '’': 0x92 })
    expect(await told(iptcSegment(caption(bytes)))).toEqual({ caption: quoted })
    // These bytes would be valid UTF-8.
    expect(await told(iptcSegment([0x015a, '\u001B-A'], caption(Buffer.from('Ã©', 'latin1'))))).toEqual({
      caption: 'Ã©',
    })
  })

  test('a marker that is wrong', async () => {
    expect(await told(iptcSegment(utf8Marker, caption(Buffer.from('façade', 'latin1'))))).toEqual({ caption: 'façade' })
  })

  test('a text that was cut within a character, at the limit of its field', async () => {
    const province = Buffer.from('Zürich–Ångström ä').subarray(0, -1)
    expect(await told(iptcSegment([0x025f, province]))).toEqual({ province: 'Zürich–Ångström' })
  })

  test('several creators, keywords, and fields that are empty', async () => {
    const fields = iptcSegment([0x0250, 'Ada Ey'], [0x0250, 'Bo Bee'], [0x0219, 'sea'], [0x0219, 'sea'], [0x025a, '  '])
    expect(await told(fields)).toEqual({ creators: ['Ada Ey', 'Bo Bee'], keywords: ['sea'] })
  })

  test('dates: with a time, without, and broken', async () => {
    expect(await told(iptcSegment([0x0237, '20090624'], [0x023c, '094107+0200']))).toEqual({
      takenAt: '2009-06-24T09:41:07+02:00',
    })
    expect(await told(iptcSegment([0x0225, '20211231'], [0x0226, '235959+0000'], [0x021e, '20200101']))).toEqual({
      releaseDate: '2020-01-01',
      expirationDate: '2021-12-31T23:59:59Z',
    })
    for (const date of ['2015-09-', '20150230', '00000000', 'yesterday', '2015091'])
      expect(await told(iptcSegment([0x0237, date]))).toEqual({})
  })
})

describe('XMP', () => {
  test('comes before IPTC, field by field, and both stay visible', async () => {
    const segments = [
      xmpSegment(alt('dc:description', 'Newer') + '<photoshop:Credit>New Credit</photoshop:Credit>'),
      iptcSegment(caption('Older'), [0x026e, 'Old Credit'], [0x0273, 'Old Source']),
    ]
    const { told, blocks } = readMetadata(withSegments(await picture(), ...segments), 'jpeg')
    expect(told).toEqual({ caption: 'Newer', credit: 'New Credit', source: 'Old Source' })
    expect(blocks.iptc).toEqual({ caption: 'Older', credit: 'Old Credit', source: 'Old Source' })
    expect(blocks.xmp).toEqual({ caption: 'Newer', credit: 'New Credit' })
  })

  test('rights, people, alt text and source type', async () => {
    const read = await told(
      xmpSegment(
        '<dc:creator><rdf:Seq><rdf:li>Ada Ey</rdf:li><rdf:li>Bo Bee</rdf:li></rdf:Seq></dc:creator>' +
          alt('dc:rights', '© Harbour &amp; Sons') +
          alt('xmpRights:UsageTerms', 'Not after May') +
          '<xmpRights:Marked>False</xmpRights:Marked><xmpRights:WebStatement>https://a.invalid/l</xmpRights:WebStatement>' +
          '<plus:LicenseEndDate>2021-12-31</plus:LicenseEndDate><plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>L</plus:LicensorName><plus:LicensorURL>https://a.invalid/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>' +
          '<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Cy See</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>' +
          '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>' +
          '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="de">Eine Scheibe</rdf:li><rdf:li xml:lang="x-default">A disc</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>',
      ),
    )
    expect(read).toEqual({
      creators: ['Ada Ey', 'Bo Bee'],
      copyright: '© Harbour & Sons',
      usageTerms: 'Not after May',
      marked: false,
      webStatement: 'https://a.invalid/l',
      licenseEndDate: '2021-12-31',
      licensors: [{ name: 'L', url: 'https://a.invalid/buy' }],
      people: ['Cy See'],
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
      altText: 'A disc',
    })
  })

  test('a packet that defines entities is not read, and neither is one without end', async () => {
    const entities = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    expect(await told(xmpSegment(alt('dc:description', '&b;'), entities))).toEqual({})
    expect(await told(xmpSegment('<dc:description><rdf:Alt>'))).toEqual({})
    expect(await told(xmpSegment('<a>'.repeat(5000) + '</a>'.repeat(5000)))).toEqual({})
  })

  test('in PNG, WebP and AVIF', async () => {
    const [, segment] = xmpSegment(alt('dc:description', 'Łódź'))
    const xmp = segment.subarray(29).toString()
    for (const format of ['png', 'webp', 'avif'] as const) {
      const bytes = await sharp(await picture())
        .withXmp(xmp)
        .toFormat(format)
        .toBuffer()
      expect(readMetadata(bytes, format).told, format).toEqual({ caption: 'Łódź' })
    }
  })
})

test('a compressed text of PNG that expands without end is left out', async () => {
  const head = Buffer.from('\0\0\0\0zTXt', 'latin1')
  const content = Buffer.concat([
    Buffer.from('XML:com.adobe.xmp\0\0', 'latin1'),
    deflateSync(Buffer.alloc(50_000_000, 0x20)),
  ])
  head.writeUInt32BE(content.length)
  const png = await picture({ format: 'png' })
  const bytes = Buffer.concat([png.subarray(0, 33), head, content, Buffer.alloc(4), png.subarray(33)])
  expect(readMetadata(bytes, 'png').told).toEqual({})
})

test('EXIF: creators, place, serial numbers and owner, of which the last three are private', async () => {
  const exif = {
    IFD0: { Artist: 'Ada Ey', Copyright: '(C) Ada', ImageDescription: 'OLYMPUS DIGITAL CAMERA', Make: 'Acme' },
    IFD2: {
      DateTimeOriginal: '2018:07:25 16:34:23',
      BodySerialNumber: 'SN-1',
      LensSerialNumber: 'LN-2',
      CameraOwnerName: 'Erika M',
    },
    IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 15/1 0/1' },
  }
  const bytes = await sharp(await picture())
    .withExif(exif)
    .jpeg()
    .toBuffer()
  const read = readMetadata(bytes, 'jpeg')
  expect(read.told).toEqual({ creators: ['Ada Ey'], copyright: '(C) Ada', takenAt: '2018-07-25T16:34:23' })
  expect(read.camera.make).toBe('Acme')
  expect(read.private).toEqual({
    gps: { latitude: -52.5, longitude: 13.25 },
    serialNumbers: ['SN-1', 'LN-2'],
    owner: 'Erika M',
  })
})

test('texts are cleaned of characters that leak out of them', async () => {
  const text = 'First\r\nSecond \u202Egnp.exe\u202C\u0000end'
  expect(await told(iptcSegment(caption(text), [0x026e, 'Zero\u200BWidth']))).toEqual({
    caption: 'First\nSecond gnp.exeend',
    credit: 'ZeroWidth',
  })
  const markup = '<script>alert(1)</script> Fish & "chips"'
  expect(await told(iptcSegment(caption(markup)))).toEqual({ caption: markup })
})

test('a text that is too long is cut, not refused', async () => {
  const { caption: read = '' } = await told(iptcSegment(caption('a'.repeat(30_000))))
  expect(read).toHaveLength(20_000)
})

test('only addresses of the web become links', () => {
  expect(webAddress('https://a.invalid/licence')).toBe('https://a.invalid/licence')
  for (const text of ['javascript:alert(1)', 'Licensor URL 1', 'http://', undefined])
    expect(webAddress(text)).toBeNull()
})
