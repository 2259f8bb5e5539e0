import fc from 'fast-check'
import { expect, test } from 'vitest'
import { embedFrame, frameSources, isEmbeddable } from './embed'

const tube = 'https://www.youtube-nocookie.com/embed/abcdefghijk'

test.each([
  ['https://www.youtube.com/watch?v=abcdefghijk&list=x', tube],
  ['https://youtu.be/abcdefghijk?t=1m30s', `${tube}?start=90`],
  ['https://m.youtube.com/watch?v=abcdefghijk&t=75', `${tube}?start=75`],
  ['https://www.youtube.com/shorts/abcdefghijk', tube],
  ['https://vimeo.com/123456789', 'https://player.vimeo.com/video/123456789?dnt=1'],
  ['https://vimeo.com/123456789/abcdef0123', 'https://player.vimeo.com/video/123456789?dnt=1&h=abcdef0123'],
  ['https://www.dailymotion.com/video/x8abcde', 'https://geo.dailymotion.com/player.html?video=x8abcde'],
  [
    'https://open.spotify.com/intl-de/track/0123456789abcdefABCDEF?si=x',
    'https://open.spotify.com/embed/track/0123456789abcdefABCDEF',
  ],
  [
    'https://soundcloud.com/quay-choir/ferry-song',
    'https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fquay-choir%2Fferry-song',
  ],
])('%s is framed as %s', (href, frame) => {
  expect(embedFrame(href)?.frame).toBe(frame)
})

test('the frame of a map is centred on its coordinates and keeps the marker', () => {
  const frame = embedFrame('https://www.openstreetmap.org/?mlat=10.5&mlon=20.5#map=10/10.5/20.5')?.frame ?? ''
  const { searchParams } = new URL(frame)
  const [west = 0, south = 0, east = 0, north = 0] = (searchParams.get('bbox') ?? '').split(',').map(Number)
  expect([(west + east) / 2, (south + north) / 2].map((degrees) => degrees.toFixed(4))).toEqual(['20.5000', '10.5000'])
  expect(searchParams.get('marker')).toBe('10.5,20.5')
})

test.each([
  'https://harbour.example/watch?v=abcdefghijk',
  'https://youtube.com.harbour.example/watch?v=abcdefghijk',
  'https://www.youtube.com/watch?v=abc',
  'https://www.youtube.com/@quaychoir',
  'https://vimeo.com/quaychoir',
  'https://open.spotify.com/user/quay',
  'https://www.openstreetmap.org/about',
  'https://www.openstreetmap.org/#map=10/99/0',
])('%s is a card with a link', (href) => {
  expect(isEmbeddable(href)).toBe(true)
  expect(embedFrame(href)).toBe(null)
})

test.each(['javascript:alert(1)', '/europe', 'mailto:a@b.example', 'https://', 'https://a b', 'data:text/html,x'])(
  '%s cannot be embedded',
  (href) => {
    expect(isEmbeddable(href)).toBe(false)
  },
)

test('for any address the frame comes from a known provider and contains nothing unescaped', () => {
  const host = fc.constantFrom('youtube.com', 'youtu.be', 'vimeo.com', 'dai.ly', 'open.spotify.com', 'soundcloud.com')
  fc.assert(
    fc.property(host, fc.string(), fc.webQueryParameters(), (host, path, query) => {
      const framed = embedFrame(`https://${host}/${path}?${query}`)
      if (framed === null) return
      expect(frameSources).toContain(new URL(framed.frame).origin)
      expect(framed.frame).toMatch(/^[\w:/.?&=%-]+$/u)
    }),
  )
})

test.each(Object.getOwnPropertyNames(Object.prototype))('an embed of the host %s is a card with a link', (name) => {
  expect(embedFrame(`https://${name}/`)).toBeNull()
  expect(embedFrame(`https://www.${name}/a/b`)).toBeNull()
})
