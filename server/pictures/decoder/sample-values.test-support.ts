import { expect } from 'vitest'
import type { AsItCame } from '@/domain/picture/as-it-came'

type Told = AsItCame['told']
const starting = (text: string) =>
  expect.stringMatching(new RegExp(`^${text.replaceAll(/[()?.]/gu, '\\$&')}`, 'u')) as string
const containing = (text: string) => expect.stringContaining(text) as string

const SOURCE_TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

/** What a correct reader gets out of the samples, by name. */
export const sampleValues: Record<string, Told> = {
  'iptc/iptc-agency.jpg': {
    headline: 'Lincoln Memorial',
    creators: ['Julie Doe'],
    credit: 'Mugwum Press',
    source: 'Julie Doe / Mugwum Press',
    copyright: '©2009 Julie Doe / Mugwum Press, all rights reserved',
    caption: starting('This statue of the 16th President'),
    takenAt: '2009-06-24',
    city: 'Washington',
    instructions: 'Newsmagazines Out',
    urgency: '1',
    webStatement: 'http://www.riecks.com/copyright.html',
    licensors: [{ name: 'Mugwum Press', url: 'http://www.mugwum.com' }],
  },
  'iptc/iptc-staff.jpg': {
    creators: ['John Doe'],
    credit: 'Big Newspaper',
    title: '01661gdx',
    people: ['Jim Moore'],
    copyright: '©2010 Big Newspaper, all rights reserved',
    usageTerms: 'For consideration only, no reproduction without prior permission',
    caption:
      'After digging the furrows another ten yards with the tractor, Jim Moore hops off to hand-set more leeks and onions.',
  },
  'iptc/iptc-reference-2017.jpg': {
    headline: 'The Headline (ref2017.1)',
    caption: 'The description aka caption (ref2017.1)',
    creators: ['Creator1 (ref2017.1)', 'Creator2 (ref2017.1)'],
    credit: 'Credit Line (ref2017.1)',
    keywords: ['Keyword1ref2017.1', 'Keyword2ref2017.1', 'Keyword3ref2017.1'],
    digitalSourceType: `${SOURCE_TYPES}softwareImage`,
    people: ['Person Shown 1 (ref2017.1)', 'Person Shown 2 (ref2017.1)'],
    takenAt: '2017-07-13T17:01:00Z',
    province: 'Province/State (Core) (ref2017.1)',
    licensors: [
      { name: 'Licensor Name 1 (ref2017.1)', url: 'Licensor URL 1 (ref2017.1)' },
      { name: 'Licensor Name 2 (ref2017.1)', url: 'Licensor URL 2 (ref2017.1)' },
    ],
  },
  'iptc/getty-afp.jpg': {
    creators: ['CHRISTOF STACHE'],
    credit: 'AFP/Getty Images',
    copyright: 'CHRISTOF STACHE',
    caption: starting("Austria's Matthias Mayer attends the men's downhill training"),
    headline: "Austria's Matthias Mayer attends the men",
    city: 'KITZBUEHEL',
    country: 'AUSTRIA',
  },
  'iptc/pa.jpg': {
    creators: ['Martin Rickett'],
    credit: 'PA',
    copyright: 'PA Wire',
    instructions: starting('FILE PHOTO Use subject to restrictions. Editorial use only. No commercial use'),
    caption: containing('Moeen Ali'),
  },
  'iptc/corbis.jpg': { credit: '© Mike Cardew/ZUMA Press/Corbis', creators: ['Mike Cardew'] },
  'iptc/ap-2003.jpg': {
    credit: 'AP',
    creators: ['DUANE A. LAVERTY'],
    caption: starting('President Bush, along with first lady, Laura Bush'),
    city: 'WACO',
    captionWriter: 'BMC CLC DAL',
  },
  'iptc/museum-scan.jpg': {
    caption: containing('(Sais-tu ta leçon?: Costumes tailleur de fantaisie de Jeanne Lanvin)'),
    copyright: 'publicDomain',
    marked: false,
  },
  'charset/utf8-with-marker-europapress.jpg': {
    credit: 'Óscar Cañas/EUROPA PRESS/dpa',
    instructions: starting('SPAIN OUT, PEDRO SÁNCHEZ PÉREZ-CASTEJÓN;'),
    city: 'Madrid',
    takenAt: starting('2020-07-23'),
  },
  // Twice a space as it came; a line shows one.
  'charset/utf8-no-marker-corbis.jpg': { copyright: '© Corbis. All Rights Reserved.' },
  'charset/latin1-marker-ESC-A.jpg': { headline: "l'Affiche présentait étaient" },
  'charset/iptc-latin1-no-marker.jpg': {
    caption: 'Zürich: façade of the old café, © señor Ångström',
    creators: ['Björk Guðmundsdóttir'],
  },
  'charset/iptc-cp1252-no-marker.jpg': { caption: '“Quoted” – price €12, it’s naïve', creators: ['Zoë Šimek'] },
  'charset/iptc-utf8-with-marker.jpg': { caption: 'Łódź, Šibenik, 世界 and العربية', creators: ['Łukasz Żółw'] },
  'charset/iptc-utf8-no-marker.jpg': { caption: 'Łódź, Šibenik, 世界 and العربية', creators: ['Łukasz Żółw'] },
  'charset/iptc-xmp-conflict.jpg': { caption: 'Newer caption from XMP', credit: 'New Credit', creators: ['Anna New'] },
  'charset/html-in-caption.jpg': {
    caption: '<script>alert(1)</script><img src=x onerror=alert(2)> Fish & "chips"',
  },
  'charset/bidi-and-newline.jpg': { caption: containing('\n'), credit: 'ZeroWidth' },
  'privacy/ai-generated-source-type.jpg': {
    digitalSourceType: `${SOURCE_TYPES}trainedAlgorithmicMedia`,
    altText: 'A red disc on a blue ground',
    credit: 'Machine Desk',
  },
  'privacy/rights-window-expired.jpg': {
    releaseDate: starting('2020-01-01'),
    expirationDate: '2021-12-31T23:59:59Z',
    licenseEndDate: '2021-12-31',
    instructions: 'NO SALES. MANDATORY CREDIT',
    webStatement: 'https://example.invalid/licence',
    licensors: [{ url: 'https://example.invalid/buy' }],
  },
  'colour/cmyk-getty-metadata.jpg': {
    creators: ['Christopher Furlong'],
    credit: 'Getty Images',
    takenAt: '2015-09-17T04:49:00Z',
  },
  'formats/progressive-long-xmp.jpg': { credit: starting('Lorem ipsum') },
}
