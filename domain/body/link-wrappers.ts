import { isSafeLink } from './inline'

/** A service that puts its own address before the target of a link: mail programs, search pages, networks. */
type Wrapper = { host: RegExp; path?: RegExp; target: (address: URL) => string | null }

/** @returns the first of these parameters, decoded once */
const parameter =
  (...names: string[]) =>
  ({ searchParams }: URL): string | null =>
    names.map((name) => searchParams.get(name)).find((value) => value !== null && value !== '') ?? null

const fromBase64 = (text: string | null | undefined): string | null => {
  try {
    return text ? atob(text.replace(/-/gu, '+').replace(/_/gu, '/')) : null
  } catch {
    return null
  }
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const wrappers: Wrapper[] = [
  {
    host: /(?:^|\.)safelinks\.protection\.(?:outlook\.com|office365\.us|partner\.outlook\.cn)$/u,
    target: parameter('url'),
  },
  { host: /(?:^|\.)teams\.cdn\.office\.net$/u, path: /safelinks/iu, target: parameter('url') },
  { host: /(?:^|\.)safelink\.emails\.azure\.net$/u, target: parameter('destination') },
  {
    host: /^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/u,
    path: /^\/(?:url|imgres)$/u,
    target: parameter('q', 'url', 'imgrefurl'),
  },
  {
    host: /(?:^|\.)(?:facebook|instagram|messenger|threads|workplace)\.(?:com|net)$/u,
    path: /^\/(?:l\.php|flx\/warn\/?)?$/u,
    target: parameter('u'),
  },
  { host: /(?:^|\.)linkedin\.com$/u, path: /^\/(?:redir\/redirect|safety\/go|slink)/u, target: parameter('url') },
  { host: /(?:^|\.)youtube\.com$/u, path: /^\/redirect$/u, target: parameter('q') },
  { host: /(?:^|\.)duckduckgo\.com$/u, path: /^\/l\/?$/u, target: parameter('uddg') },
  {
    host: /(?:^|\.)bing\.com$/u,
    path: /^\/ck\/a$/u,
    target: (address) => fromBase64(parameter('u')(address)?.replace(/^a1/u, '')),
  },
  { host: /^r\.search\.yahoo\.com$/u, target: ({ pathname }) => decoded(/\/RU=([^/]+)/u.exec(pathname)?.[1] ?? '') },
  { host: /(?:^|\.)slack-redir\.net$/u, target: parameter('url') },
  { host: /^out\.reddit\.com$/u, target: parameter('url') },
  { host: /^(?:m\.)?vk\.com$/u, path: /^\/away(?:\.php)?$/u, target: parameter('to') },
  { host: /^steamcommunity\.com$/u, path: /^\/linkfilter/u, target: parameter('u', 'url') },
  { host: /^(?:www\.)?deref-(?:gmx|web|mail)\.[a-z]+$/u, target: parameter('redirectUrl') },
  { host: /^linkprotect\.cudasvc\.com$/u, target: parameter('a') },
  { host: /(?:^|\.)(?:clicktime\.symantec|protect2?\.fireeye|urlsand\.esvalabs)\.com$/u, target: parameter('u') },
  { host: /(?:^|\.)trendmicro\.com$/u, path: /clicktime/u, target: parameter('url') },
  { host: /(?:^|\.)protection\.sophos\.com$/u, target: (address) => fromBase64(parameter('u')(address)) },
  {
    host: /^secure-web\.cisco\.com$/u,
    target: ({ pathname }) => decoded(/\/(https?%3A.+)$/iu.exec(pathname)?.[1] ?? ''),
  },
  {
    host: /^url(?:\.[a-z]+)?\.avanan\.click$/u,
    target: ({ href }) => /\/v2\/(?:r\d+\/)?_{3}(.+?)_{3}/u.exec(href)?.[1] ?? null,
  },
  { host: /^urldefense\.(?:proofpoint\.com|com|us)$/u, target: proofpointTarget },
]

/** Proofpoint: v1 encodes, v2 writes - for % and _ for /, v3 replaces signs by * and lists them in base64 behind. */
function proofpointTarget(address: URL): string | null {
  const { pathname, href } = address
  const coded = parameter('u')(address)
  if (pathname.startsWith('/v1/')) return coded
  if (pathname.startsWith('/v2/')) return coded === null ? null : decoded(coded.replace(/-/gu, '%').replace(/_/gu, '/'))
  const [, masked, list = ''] = /\/v3\/__(.+?)__;([\w-]*=*)!/u.exec(href) ?? []
  if (masked === undefined) return null
  const signs = [...(utf8(fromBase64(list)) ?? '')]
  // Two asterisks and a letter stand for as many signs as the letter's place says, from two on.
  return masked
    .replace(/\*(?:\*([A-Za-z0-9_-]))?/gu, (_, count?: string) =>
      signs.splice(0, count === undefined ? 1 : RUN.indexOf(count) + 2).join(''),
    )
    .replace(/^(https?):\/(?!\/)/iu, '$1://')
}

const RUN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function utf8(bytes: string | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}

/** Parameters by which a sender knows who received or shared a link. */
const PERSONAL =
  /^(?:mc_eid|mkt_tok|_hsenc|_hsmi|__hs\w+|hsctatracking|vero_(?:id|conv)|ml_subscriber(?:_hash)?|oly_(?:enc|anon)_id|wickedid|rb_clickid|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|yclid|ttclid|igshid?|li_fat_id|_openstat|__s|bbeml|trk_(?:contact|msg|module|sid)|sc_(?:customer|eh|uid)|subscriber_?(?:id|hash)?|recipient_?(?:id)?|ck_subscriber_id|_kx|_bhlid|ss_email_id|elq(?:track)?(?:id)?|elqtrackid|mbid_hash|nlid|user_?email|e?mail_?(?:hash|id|address)?|contact_?id|si|share_id|sharer\w*)$/iu

const hasMailAddress = (text: string): boolean =>
  text.split(/[\s=&/?#:|,;<>"'()]/u).some((part) => {
    const at = part.lastIndexOf('@')
    return at > 0 && part.indexOf('.', at + 2) > 0 && !part.endsWith('.')
  })

/** How many services may have wrapped one link. */
const MOST_WRAPPERS = 10

/**
 * The target of a link that a mail program or a page wrapped, without the parameters that name who received it. A link of another kind stays as it is.
 * @param href any text
 */
export function unwrapLink(href: string): string {
  let address = href
  for (let count = 0; count < MOST_WRAPPERS; count += 1) {
    const target = wrappedTarget(address)
    if (target === null) break
    address = target
  }
  return withoutPersonalParameters(address)
}

/** Addresses in a text, without the punctuation of the sentence behind them. */
const WRITTEN = /https?:\/\/[^\s<>"“”„‘’«»‹›]+/giu

/** Unwraps the addresses that stand in a text as words. */
export function unwrapAddresses(text: string): string {
  if (!text.includes('://')) return text
  return text.replace(WRITTEN, (found) => {
    let end = found.length
    while (end > 0 && /[.,:;!?)\]}'*_…]/u.test(found.charAt(end - 1))) end -= 1
    return unwrapLink(found.slice(0, end)) + found.slice(end)
  })
}

function wrappedTarget(href: string): string | null {
  if (!/^https?:/iu.test(href) || !URL.canParse(href)) return null
  const address = new URL(href)
  const host = address.hostname
  const wrapper = wrappers.find((one) => one.host.test(host) && (one.path?.test(address.pathname) ?? true))
  const target = wrapper ? wrapper.target(address) : wrappedBesidePerson(address)
  if (target === null) return null
  const whole = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/u.test(target) ? `https://${target}` : target
  const safe = whole.trim().replace(/[\u0000-\u0020\u007f]/gu, (sign) => encodeURIComponent(sign))
  return /^https?:/iu.test(safe) && isSafeLink(safe) && safe !== href ? safe : null
}

/** An unknown service that has both a target and somebody's mail address in its parameters. */
function wrappedBesidePerson({ searchParams }: URL): string | null {
  const values = [...searchParams.values()]
  const targets = values.filter((value) => /^https?:\/\/[^/]/iu.test(value))
  const [target] = targets
  return targets.length === 1 && values.some((value) => value !== target && hasMailAddress(value))
    ? (target ?? null)
    : null
}

function withoutPersonalParameters(href: string): string {
  if (!/^https?:/iu.test(href)) return href
  const hash = href.indexOf('#')
  const end = hash === -1 ? '' : href.slice(hash)
  const [start = '', ...rest] = href.slice(0, href.length - end.length).split('?')
  if (rest.length === 0) return href
  const query = rest.join('?')
  const all = query.split('&')
  const kept = all.filter((part) => !isPersonal(part, start))
  if (kept.length === all.length) return href
  return `${start}${kept.length > 0 ? '?' : ''}${kept.join('&')}${end}`
}

/** `si` and `e` name who shared on some pages and mean something else on others, so they are told by the value. */
function isPersonal(part: string, address: string): boolean {
  const at = part.indexOf('=')
  const name = at === -1 ? part : part.slice(0, at)
  const value = at === -1 ? '' : (decoded(part.slice(at + 1)) ?? part.slice(at + 1))
  if (name.toLowerCase() === 'si')
    return /^https?:\/\/(?:[\w.-]+\.)?(?:youtube\.com|youtu\.be|spotify\.com)\//iu.test(address)
  if (/^(?:e?mail|recipient|subscriber)$/iu.test(name)) return hasMailAddress(value) || /^[\da-f]{32,}$/iu.test(value)
  return PERSONAL.test(name)
}

/** Services whose links do not say their target. */
const OPAQUE =
  /(?:^|\.)(?:list-manage\.com|mandrillapp\.com|sendgrid\.net|mimecast\.com|mimecastprotect\.com|hubspotlinks\.com|hs-sales-engage\.com|createsend\d*\.com|cmail\d+\.com|mailchi\.mp|mjt\.lu|rs6\.net|klclick\d*\.com|inky\.com|exacttarget\.com|pstmrk\.it|substack\.com)$/u

/** Whether a link may still tell who received it: the writer is shown it. @param href as `unwrapLink` returns it */
export function mayNamePerson(href: string): boolean {
  if (!/^https?:/iu.test(href) || !URL.canParse(href)) return false
  const address = new URL(href)
  const { hostname, pathname, username } = address
  if (username !== '' || hasMailAddress(decoded(address.search + address.hash) ?? '')) return true
  if (wrappers.some((one) => one.host.test(hostname) && one.path === undefined)) return true
  if (hostname.endsWith('substack.com')) return pathname.startsWith('/redirect/')
  return OPAQUE.test(hostname) && pathname.length > 1
}
