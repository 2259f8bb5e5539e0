/** What a rendered page says about itself in metas, which are for us and not for readers. */
export type PageNotes = {
  tags: string[]
  status: number
  location: string | null
  until: Date | null
  ends: Date | null
}

const NOTE = /<meta name="page-(tags|status|location|until|ends)" content="([^"]*)"\s*\/?>/gu

/** Next's own scripts, their preloads and the data they would read: a page of news hydrates nothing. */
const FRAMEWORK =
  /<script\b[^>]*\bsrc="\/_next\/[^"]*"[^>]*><\/script>|<script(?: id="_R_"| nonce="[^"]*")*>(?:(?!<\/script>)[\s\S])*?(?:TURBOPACK|__next_f|__next_r|\$R[CTXSB]\b)[\s\S]*?<\/script>|<link\b[^>]*\bhref="\/_next\/static\/[^"]*\.js[^"]*"[^>]*\/?>/gu

/** What React leaves between two texts for its own script to find. */
const SEAMS = /<div hidden=""><!--\$--><!--\/\$--><\/div>|<!--(?: |\/?[$&])-->/gu

/** Reads the page's notes and takes them out of the document. */
export function readDocument(html: string): { html: string; notes: PageNotes } {
  const notes = noNotes()
  const clean = html.replace(NOTE, (_meta, name: string, escaped: string) => {
    takeNote(notes, name, unescaped(escaped))
    return ''
  })
  return { html: clean, notes }
}

/** The document as readers get it: without the framework's scripts and seams. */
export function withoutFramework(html: string): string {
  return html.replace(FRAMEWORK, '').replace(SEAMS, '')
}

export function noNotes(): PageNotes {
  return { tags: [], status: 200, location: null, until: null, ends: null }
}

/** Writes one note down; what makes no sense is left out. */
export function takeNote(notes: PageNotes, name: string, content: string) {
  if (name === 'tags') notes.tags.push(...content.split(' ').filter((tag) => tag !== ''))
  else if (name === 'status' && /^[2-5]\d\d$/u.test(content)) notes.status = Number(content)
  else if (name === 'location') notes.location = content
  else if ((name === 'until' || name === 'ends') && !Number.isNaN(Date.parse(content))) notes[name] = new Date(content)
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }

/** Text as it was before React escaped it. */
export function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => entities[entity] ?? entity)
}
