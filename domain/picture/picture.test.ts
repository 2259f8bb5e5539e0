import { expect, test } from 'vitest'
import { blankCopy } from '../copy/copy'
import {
  creditLine,
  deskFieldsOf,
  labelsOf,
  leasesAsTheyCame,
  pictureName,
  proposedRights,
  textsAsTheyCame,
  textsOf,
} from './picture'

const none = deskFieldsOf(textsAsTheyCame({}), {})

test('what came is what holds until the desk says something else, and only that is the desk’s', () => {
  const told = { caption: 'Boats', creators: ['Ada Ey'], city: 'Lower Quibble', country: 'Overley', altText: 'A pier' }
  const texts = textsOf(none, told)
  expect(texts).toMatchObject({ caption: 'Boats', byline: ['Ada Ey'], takenWhere: 'Lower Quibble, Overley' })
  expect(deskFieldsOf({ ...texts, caption: '' }, told)).toEqual({ ...none, caption: '' })
  expect(textsOf({ ...none, caption: '' }, told).caption).toBe('')
  expect(textsOf({ ...none, decorative: true }, told).alt).toBe('')
})

test('terms of use stand with the instructions, and only known source types count', () => {
  const { instructions, sourceType } = textsAsTheyCame({
    instructions: 'NO SALES',
    usageTerms: 'For consideration only',
    digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  })
  expect([instructions, sourceType]).toEqual(['NO SALES\nFor consideration only', 'trainedAlgorithmicMedia'])
  expect(textsAsTheyCame({ digitalSourceType: 'constructor' }).sourceType).toBe('')
  expect(labelsOf(textsOf({ ...none, sourceType }, {})).digitalSourceType).toBe(
    'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  )
})

test.each([
  [['Ada Ey'], 'Harbour', 'Pier', 'Ada Ey / Harbour / Pier'],
  // Once, however it is spelt: case, accents, invisible characters.
  [['ZERO Width'], 'Ze\u200bro W\u202eidth', 'zéro width', 'ZERO Width'],
  [['Julie Doe'], 'Mugwum Press', 'Julie Doe / Mugwum Press', 'Julie Doe / Mugwum Press'],
  [['Ann'], 'Annual Press', '', 'Ann / Annual Press'],
  [[], '\u200b', '', ''],
])('of %j, %j and %j the line under a picture names each once', (byline, credit, source, line) => {
  expect(creditLine({ byline, credit, source })).toBe(line)
})

test('a picture is called by its caption, else by its file, else by its number', () => {
  const picture = { id: 7, fileName: 'pier.jpg', texts: { caption: '\n Boats at the pier\nin fog' } }
  expect(pictureName(picture)).toBe('“Boats at the pier”')
  expect(pictureName({ ...picture, texts: { caption: 'Boats '.repeat(30) } })).toHaveLength(62)
  expect(pictureName({ ...picture, texts: { caption: '\u200b' } })).toBe('“pier.jpg”')
  expect(pictureName({ id: 7, fileName: null, texts: { caption: '' } })).toBe('picture 7')
})

test('a file proposes rights, and clears nothing', () => {
  expect(proposedRights({ webStatement: 'http://creativecommons.org/licenses/by-sa/4.0' })).toEqual({
    category: 'creative-commons',
    licence: 'CC BY-SA 4.0',
  })
  expect(proposedRights({ marked: false })?.category).toBe('public-domain')
  expect(proposedRights({ copyright: 'publicDomain' })?.category).toBe('public-domain')
  expect(proposedRights({ usageTerms: 'For consideration only', copyright: '© Big Newspaper' })).toBeNull()
  expect(proposedRights({ webStatement: 'https://creativecommons.org.example/licenses/by/4.0/' })).toBeNull()
})

test('the times of a file outside which it may not be used are denials, days being whole', () => {
  const deny = { kind: 'deny', note: 'So it came in the file.' }
  expect(leasesAsTheyCame({})).toEqual([])
  expect(leasesAsTheyCame({ expirationDate: '2021-12-31', licenseEndDate: '2022-06-30T12:00:00+02:00' })).toEqual([
    { ...deny, from: new Date('2022-01-01T00:00:00Z'), until: null },
  ])
  expect(leasesAsTheyCame({ releaseDate: '2020-01-01', licenseStartDate: '2020-02-01T10:00:00' })).toEqual([
    { ...deny, from: null, until: new Date('2020-02-01T10:00:00Z') },
  ])
  expect(blankCopy().picture).toBeNull()
})
