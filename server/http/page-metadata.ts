/** What a rendered page says about itself in metas, which are for us and not for readers. */
export type PageMetadata = {
  tags: string[]
  status: number
  location: string | null
  until: Date | null
  ends: Date | null
}

const META = /<meta name="page-(tags|status|location|until|ends)" content="([^"]*)"\s*\/?>/gu

/** Next's own scripts, their preloads and the data they would read: a page of news hydrates nothing. */
const FRAMEWORK_SCRIPTS =
  /<script\b[^>]*\bsrc="\/_next\/[^"]*"[^>]*><\/script>|<script(?: id="_R_"| nonce="[^"]*")*>(?:(?!<\/script>)[\s\S])*?(?:TURBOPACK|__next_f|__next_r|\$R[CTXSB]\b)[\s\S]*?<\/script>|<link\b[^>]*\bhref="\/_next\/static\/[^"]*\.js[^"]*"[^>]*\/?>/gu

/** What React leaves between two texts for its own script to find. */
const REACT_MARKERS = /<div hidden=""><!--\$--><!--\/\$--><\/div>|<!--(?: |\/?[$&])-->/gu

/** Reads the page's notes and takes them out of the document. */
export function extractMetadata(html: string): { html: string; metadata: PageMetadata } {
  const metadata = emptyMetadata()
  const stripped = html.replace(META, (_meta, name: string, escaped: string) => {
    setMetadata(metadata, name, unescapeHtml(escaped))
    return ''
  })
  return { html: stripped, metadata }
}

/** The document as readers get it: without the framework's scripts and seams. */
export function stripFramework(html: string): string {
  return html.replace(FRAMEWORK_SCRIPTS, '').replace(REACT_MARKERS, '')
}

export function emptyMetadata(): PageMetadata {
  return { tags: [], status: 200, location: null, until: null, ends: null }
}

/** Writes one note down; what makes no sense is left out. */
export function setMetadata(metadata: PageMetadata, name: string, content: string) {
  if (name === 'tags') metadata.tags.push(...content.split(' ').filter((tag) => tag !== ''))
  else if (name === 'status' && /^[2-5]\d\d$/u.test(content)) metadata.status = Number(content)
  else if (name === 'location') metadata.location = content
  else if ((name === 'until' || name === 'ends') && !Number.isNaN(Date.parse(content)))
    metadata[name] = new Date(content)
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }

/** Text as it was before React escaped it. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => entities[entity] ?? entity)
}
