import { escapeXml } from './feed-html'

/** The attributes of HTML that are URLs, and `srcset`, which is a list of them. */
const URL_ATTRIBUTES = / (href|src|poster|cite|srcset)="([^"]*)"/gu

/**
 * HTML of ours with every address made absolute (URL standard, "basic URL parser" with a base): a feed is read where there is no base. JSON Feed
 * has none at all, and readers ignore `xml:base` in Atom. Text cannot look like an attribute: its quotes are escaped.
 * @param base the address of the story
 */
export const withAbsoluteUrls = (html: string, base: string): string =>
  html.replace(URL_ATTRIBUTES, (_match, name: string, escaped: string) => {
    const value = unescapeXml(escaped)
    const absolute = name === 'srcset' ? absoluteSrcset(value, base) : absoluteUrl(value, base)
    return ` ${name}="${escapeXml(absolute)}"`
  })

const absoluteUrl = (url: string, base: string) => (URL.canParse(url, base) ? new URL(url, base).href : url)

/** Candidates are separated by a comma and a space; a comma in an address has none behind it. */
const absoluteSrcset = (candidates: string, base: string) =>
  candidates
    .split(/,\s/u)
    .map((candidate) => {
      const [url = '', ...descriptors] = candidate.trim().split(/\s+/u)
      return [absoluteUrl(url, base), ...descriptors].join(' ')
    })
    .join(', ')

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#x27;', "'"],
  ['&amp;', '&'],
])

const unescapeXml = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => entities.get(entity) ?? entity)
