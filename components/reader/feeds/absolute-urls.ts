import { escapeXml } from './feed-html'

/** The attributes of HTML whose value is a URL (HTML, "Attributes"), and those that are lists of image candidates. */
const URL_ATTRIBUTES =
  / (href|src|poster|cite|data|action|formaction|background|longdesc|srcset|imagesrcset)="([^"]*)"/gu

/**
 * HTML of ours with every address made absolute (URL standard, "basic URL parser" with a base): a feed is read where there is no base. JSON Feed
 * has none at all, and readers ignore `xml:base` in Atom. Text cannot look like an attribute: its quotes are escaped.
 * @param base the address of the story
 */
export const withAbsoluteUrls = (html: string, base: string): string =>
  html.replace(URL_ATTRIBUTES, (_match, name: string, escaped: string) => {
    const value = unescapeXml(escaped)
    const absolute = name.endsWith('srcset') ? absoluteSrcset(value, base) : absoluteUrl(value, base)
    return ` ${name}="${escapeXml(absolute)}"`
  })

const absoluteUrl = (url: string, base: string) => (URL.canParse(url, base) ? new URL(url, base).href : url)

/**
 * HTML, "parse a srcset attribute": a URL ends at a space, so that it may contain commas; a comma at its end separates candidates, and otherwise
 * the one after its descriptors does.
 */
function absoluteSrcset(list: string, base: string): string {
  const candidates: string[][] = []
  let isOpen = false
  for (const token of list.split(/\s+/u)) {
    const comma: number = isOpen ? token.indexOf(',') : -1
    if (isOpen) candidates.at(-1)?.push(comma === -1 ? token : token.slice(0, comma))
    if (isOpen && comma === -1) continue
    const url: string = token.slice(comma + 1).replace(/^,+|(?<!,),+$/gu, '')
    isOpen = url !== '' && !token.endsWith(',')
    if (url !== '') candidates.push([absoluteUrl(url, base)])
  }
  return candidates.map((parts) => parts.filter((part) => part !== '').join(' ')).join(', ')
}

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#x27;', "'"],
  ['&amp;', '&'],
])

const unescapeXml = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => entities.get(entity) ?? entity)
