/** The providers whose content is shown in a frame, loaded by a click. */
export type Provider = 'YouTube' | 'Vimeo' | 'Dailymotion' | 'Spotify' | 'SoundCloud' | 'OpenStreetMap'

type EmbedFrame = { provider: Provider; frame: string; shape: Shape }
type Shape = 'film' | 'tall' | 'map' | 'player' | 'low'

/** Characters. */
const MAX_URL_LENGTH = 2000
export const MAX_TITLE_LENGTH = 200

/** The origins of the frames: readers' pages allow these only. */
export const frameSources = [
  'https://www.youtube-nocookie.com',
  'https://player.vimeo.com',
  'https://geo.dailymotion.com',
  'https://open.spotify.com',
  'https://w.soundcloud.com',
  'https://www.openstreetmap.org',
] as const

/** Absolute http and https addresses can be embedded. */
export function isEmbeddable(href: string): boolean {
  return href.length <= MAX_URL_LENGTH && /^https?:\/\/[^/\s]+/iu.test(href) && !/\s/u.test(href) && URL.canParse(href)
}

/** The host of an address, without `www.`. */
export function hostOf(href: string): string {
  return URL.canParse(href) ? new URL(href).hostname.replace(/^www\./u, '') : href
}

/**
 * The frame of a known provider, built from ids that are parsed from the address, never from the address itself.
 * @returns null when the embed is a card with a link
 */
export function embedFrame(href: string): EmbedFrame | null {
  if (!isEmbeddable(href)) return null
  const address = new URL(href)
  const host = hostOf(href).replace(/^m\./u, '')
  const parse = parsers.get(host)
  return parse ? parse(address, address.pathname.split('/').filter(Boolean)) : null
}

type UrlParser = (address: URL, path: string[]) => EmbedFrame | null

const youTube: UrlParser = ({ searchParams, hostname }, [first = '', second = '']) => {
  const isShort = first === 'shorts'
  const id = hostname.endsWith('youtu.be')
    ? first
    : ['shorts', 'embed', 'live'].includes(first)
      ? second
      : (searchParams.get('v') ?? '')
  if (!/^[\w-]{11}$/u.test(id)) return null
  const from = parseSeconds(searchParams.get('t') ?? searchParams.get('start') ?? '')
  const frame = `https://www.youtube-nocookie.com/embed/${id}${from > 0 ? `?start=${from}` : ''}`
  return { provider: 'YouTube', frame, shape: isShort ? 'tall' : 'film' }
}

const vimeo: UrlParser = (_address, path) => {
  const [id = '', hash = ''] = path[0] === 'video' ? path.slice(1) : path
  if (!/^\d{1,12}$/u.test(id)) return null
  const secret = /^[\da-f]{6,20}$/u.test(hash) ? `&h=${hash}` : ''
  return { provider: 'Vimeo', frame: `https://player.vimeo.com/video/${id}?dnt=1${secret}`, shape: 'film' }
}

const dailymotion: UrlParser = ({ hostname }, path) => {
  const id = (hostname.endsWith('dai.ly') ? path[0] : path[0] === 'video' ? path[1] : '') ?? ''
  if (!/^[a-z\d]{4,20}$/iu.test(id)) return null
  return { provider: 'Dailymotion', frame: `https://geo.dailymotion.com/player.html?video=${id}`, shape: 'film' }
}

const spotify: UrlParser = (_address, path) => {
  const [kind = '', id = ''] = path[0]?.startsWith('intl-') ? path.slice(1) : path
  if (!['track', 'album', 'playlist', 'artist', 'episode', 'show'].includes(kind) || !/^[a-z\d]{22}$/iu.test(id))
    return null
  const shape = kind === 'track' || kind === 'episode' ? 'low' : 'player'
  return { provider: 'Spotify', frame: `https://open.spotify.com/embed/${kind}/${id}`, shape }
}

const soundCloud: UrlParser = (_address, path) => {
  if (path.length < 2 || path.length > 3 || !path.every((part) => /^[\w-]{1,255}$/u.test(part))) return null
  const url = encodeURIComponent(`https://soundcloud.com/${path.join('/')}`)
  return { provider: 'SoundCloud', frame: `https://w.soundcloud.com/player/?url=${url}`, shape: 'low' }
}

/** The map around the address's coordinates, two tiles to either side at its zoom level. */
const openStreetMap: UrlParser = ({ hash, searchParams }) => {
  const [, zoom, latitude, longitude] =
    /^#map=(\d{1,2})(?:\.\d+)?\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)/u.exec(hash) ?? []
  if (zoom === undefined) return null
  const [lat, lon] = [Number(latitude), Number(longitude)]
  if (Math.abs(lat) > 85 || Math.abs(lon) > 180) return null
  const width = (360 / 2 ** Number(zoom)) * 2
  const height = width * Math.cos((lat * Math.PI) / 180) * 0.6
  const box = [lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2].map((edge) => edge.toFixed(6))
  const pin = [searchParams.get('mlat'), searchParams.get('mlon')]
  const marker = pin.every((part) => part !== null && /^-?\d{1,3}(?:\.\d+)?$/u.test(part))
    ? `&marker=${pin.join('%2C')}`
    : ''
  const frame = `https://www.openstreetmap.org/export/embed.html?bbox=${box.join('%2C')}&layer=mapnik${marker}`
  return { provider: 'OpenStreetMap', frame, shape: 'map' }
}

/** A map: the host is anything, also the name of a property of every object. */
const parsers = new Map<string, UrlParser>([
  ['youtube.com', youTube],
  ['youtube-nocookie.com', youTube],
  ['youtu.be', youTube],
  ['vimeo.com', vimeo],
  ['player.vimeo.com', vimeo],
  ['dailymotion.com', dailymotion],
  ['dai.ly', dailymotion],
  ['open.spotify.com', spotify],
  ['soundcloud.com', soundCloud],
  ['openstreetmap.org', openStreetMap],
])

/** "90", "90s", "1m30s" and "1h2m3s"; 0 for anything else. */
function parseSeconds(time: string): number {
  const [match, hours = 0, minutes = 0, seconds = 0] =
    /^(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/u.exec(time) ?? []
  return match === undefined ? 0 : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}
