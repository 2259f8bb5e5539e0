import { parseIdRanges, type IdRanges } from '@/domain/story/id-ranges'

/** The metadata of a rendered page: in meta tags, or in headers where it is not HTML (components/reader/page/page-metadata.tsx). Never sent to readers. */
export type PageMetadata = {
  tags: string[]
  /** The stories that are on the page. */
  stories: IdRanges
  status: number
  location: string | null
  /** Seconds until a form that was refused may be sent again. */
  retryAfter: number | null
  staleAt: Date | null
  neverServeAfter: Date | null
}

/** By the name of the meta tag. Invalid content changes nothing. */
const fields = {
  tags: (content, { tags }) => ({ tags: [...tags, ...content.split(' ').filter((tag) => tag !== '')] }),
  stories: (content) => ({ stories: parseIdRanges(content) }),
  status: (content, { status }) => ({ status: /^[2-5]\d\d$/u.test(content) ? Number(content) : status }),
  location: (location) => ({ location }),
  'retry-after': (content, { retryAfter }) => ({
    retryAfter: /^\d{1,6}$/u.test(content) ? Number(content) : retryAfter,
  }),
  'stale-at': (content, { staleAt }) => ({ staleAt: dateOrNull(content) ?? staleAt }),
  'never-serve-after': (content, { neverServeAfter }) => ({ neverServeAfter: dateOrNull(content) ?? neverServeAfter }),
} satisfies Record<string, (content: string, metadata: PageMetadata) => Partial<PageMetadata>>

type MetadataName = keyof typeof fields
export const metadataNames = Object.keys(fields) as MetadataName[]

const META = new RegExp(`<meta name="page-(${metadataNames.join('|')})" content="([^"]*)"\\s*/?>`, 'gu')

/** Next's own scripts, their preloads and their data: a reader page does not hydrate. */
const FRAMEWORK_SCRIPTS =
  /<script\b[^>]*\bsrc="\/_next\/[^"]*"[^>]*><\/script>|<script(?: id="_R_"| nonce="[^"]*")*>(?:(?!<\/script>)[\s\S])*?(?:TURBOPACK|__next_f|__next_r|\$R[CTXSB]\b)[\s\S]*?<\/script>|<link\b[^>]*\bhref="\/_next\/static\/[^"]*\.js[^"]*"[^>]*\/?>/gu

/** Markers that React leaves between text nodes for hydration. */
const REACT_MARKERS = /<div hidden=""><!--\$--><!--\/\$--><\/div>|<!--(?: |\/?[$&])-->/gu

/** Reads the metadata and removes it from the document. */
export function extractMetadata(html: string): { html: string; metadata: PageMetadata } {
  const metadata = emptyMetadata()
  const stripped = html.replace(META, (_meta, name: MetadataName, escaped: string) => {
    setMetadata(metadata, name, unescapeHtml(escaped))
    return ''
  })
  return { html: stripped, metadata }
}

/** The document without the framework's scripts and markers. */
export function stripFramework(html: string): string {
  return html.replace(FRAMEWORK_SCRIPTS, '').replace(REACT_MARKERS, '')
}

export function emptyMetadata(): PageMetadata {
  return { tags: [], stories: [], status: 200, location: null, retryAfter: null, staleAt: null, neverServeAfter: null }
}

/** Sets one field; invalid content is ignored. */
export function setMetadata(metadata: PageMetadata, name: MetadataName, content: string) {
  Object.assign(metadata, fields[name](content, metadata))
}

const dateOrNull = (text: string) => (Number.isNaN(Date.parse(text)) ? null : new Date(text))

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }

/** Reverses React's escaping. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => entities[entity] ?? entity)
}
