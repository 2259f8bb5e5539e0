/**
 * Every address that a request can have, declared once. From it follow: what the front door does with a request, cache keys, robots.txt, what
 * the log leaves out, the slugs that no section may have, the fixed addresses of lib/routes.ts, and the tests that request every reader address.
 */

/** A page or file for readers: rendered once for all readers, and cached. */
type ReaderAddress = {
  /** `:name` stands for one segment. */
  path: `/${string}`
  /** The query parameters that the page reads. Others are dropped before it is rendered. */
  query?: readonly QueryParam[]
  /** The formats in which the list can be followed, each at `<path>/<format>`. */
  feeds?: readonly FeedFormat[]
  /** What of a live story stands there. The embargo tests look for it at every address. */
  shows: 'headline' | 'headline of a corrected story' | 'story address' | 'author address' | 'topic address' | 'nothing'
  /** Whether robots.txt forbids it to crawlers. */
  disallowed?: true
}

/** `before`: a place in a list; `q`: the text of a search. */
export type QueryParam = 'before' | 'q'

const feedFormats = ['feed.xml', 'atom.xml', 'feed.json'] as const
export type FeedFormat = (typeof feedFormats)[number]

export const readerAddresses = {
  frontPage: { path: '/', feeds: feedFormats, shows: 'headline' },
  latest: { path: '/latest', query: ['before'], shows: 'headline' },
  headlines: { path: '/headlines', query: ['before'], shows: 'headline' },
  search: { path: '/search', query: ['q'], shows: 'headline', disallowed: true },
  corrections: { path: '/corrections', query: ['before'], shows: 'headline of a corrected story' },
  correctionsFeed: { path: '/corrections/feed.xml', shows: 'headline of a corrected story' },
  section: { path: '/:section', query: ['before'], feeds: feedFormats, shows: 'headline' },
  story: { path: '/:section/:story', shows: 'headline' },
  author: { path: '/authors/:author', query: ['before'], feeds: feedFormats, shows: 'headline' },
  topic: { path: '/topics/:topic', query: ['before'], feeds: feedFormats, shows: 'headline' },
  robots: { path: '/robots.txt', shows: 'nothing' },
  sitemap: { path: '/sitemap.xml', shows: 'nothing' },
  sitemapFile: { path: '/sitemaps/:after.xml', shows: 'story address' },
  sitemapOfAuthors: { path: '/sitemaps/authors.xml', shows: 'author address' },
  sitemapOfTopics: { path: '/sitemaps/topics.xml', shows: 'topic address' },
} as const satisfies Record<string, ReaderAddress>

/** An address of the newsroom, with everything below it: passed to the renderer, never cached, and the only ones that accept POST. */
type NewsroomAddress = {
  path: `/${string}`
  /** Whether everything there needs a session. */
  signedIn?: true
  /** Whether the next segment is a secret that opens the page, once or for as long as the link lives. */
  token?: 'one-time' | 'lasting'
  /** A pattern of what is below and yet for readers. */
  except?: string
  disallowed?: true
}

export const newsroomAddresses = {
  desk: { path: '/admin', signedIn: true, disallowed: true },
  signIn: { path: '/sign-in', disallowed: true },
  signOut: { path: '/sign-out' },
  setup: { path: '/setup', token: 'one-time', disallowed: true },
  welcome: { path: '/welcome', token: 'one-time', disallowed: true },
  preview: { path: '/preview', token: 'lasting' },
  api: { path: '/api', except: '/v\\d+/' },
} as const satisfies Record<string, NewsroomAddress>

/** What the server responds to itself: never a page, and never cached as one that is not found. */
export const opsAddresses = ['/healthz', '/readyz', '/metrics'] as const

/** Where the server itself takes and sends pictures: never a page. */
export const pictureAddresses = {
  renditions: '/pictures',
  uploads: '/admin/pictures/uploads',
  originals: '/admin/pictures/originals',
} as const

/** First segments that no section may have, though nothing is there yet; `_next` is the framework's. */
const reservedForLater = ['archive', 'news-sitemap.xml', '_next']

const readers: readonly ReaderAddress[] = Object.values(readerAddresses)
const newsroom: readonly NewsroomAddress[] = Object.values(newsroomAddresses)

type ReaderPath = { path: string } & Pick<ReaderAddress, 'query' | 'shows'>

/** All reader addresses, those of the feeds included. */
export const readerPaths: readonly ReaderPath[] = readers.flatMap(
  ({ path, query, feeds = [], shows }): ReaderPath[] => [
    { path, query, shows },
    ...feeds.map((format) => ({ path: `${path === '/' ? '' : path}/${format}`, shows })),
  ],
)

/** First segments of addresses, which no section may have as its slug. */
export const reservedSegments: ReadonlySet<string> = new Set([
  ...[...readerPaths, ...newsroom]
    .map(({ path }) => firstSegment(path))
    .filter((segment) => !/^(?::|$)/u.test(segment)),
  ...opsAddresses.map(firstSegment),
  firstSegment(pictureAddresses.renditions),
  ...reservedForLater,
])

/** What robots.txt forbids, in its order. */
export const disallowedPaths = [
  ...newsroom.filter(({ disallowed }) => disallowed).map(({ path, token }) => (token ? `${path}/` : path)),
  ...readers.filter(({ disallowed }) => disallowed).map(({ path }) => path),
]

/** The path of a newsroom address as a pattern without anchors. */
export const newsroomPattern = (filter: (address: NewsroomAddress) => boolean) =>
  `(?:${newsroom
    .filter(filter)
    .map(({ path, except }) => (except ? `${path}(?!${except})` : path))
    .join('|')})`

/** Matches the whole path of a reader address. */
export const patternOf = (path: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/gu, '[^/.]+')}$`, 'u')

type FixedPaths<Addresses extends Record<string, { path: string }>> = {
  [
    Name in keyof Addresses as Addresses[Name]['path'] extends `${string}:${string}` ? never : Name
  ]: Addresses[Name]['path']
}

/** The reader addresses without parameters, by name. */
export const fixedPaths = Object.fromEntries(
  Object.entries(readerAddresses).flatMap(([name, { path }]) => (path.includes(':') ? [] : [[name, path]])),
) as FixedPaths<typeof readerAddresses>

function firstSegment(path: string): string {
  return path.split('/')[1] ?? ''
}
