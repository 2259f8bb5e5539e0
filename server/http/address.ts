/** An address as it was asked for: its path, in the one spelling under which we know it, and its question as it came. */
export type Address = { path: string; query: string; isCanonical: boolean }

const UNRESERVED = /[\w.~-]/u

/** Reads what stands in a request's first line; null when it cannot be read (bad percent-encoding, control characters, no path). */
export function readAddress(target: string): Address | null {
  if (!target.startsWith('/') || /[^\u0021-\u007e]/u.test(target)) return null
  const queryStart = target.indexOf('?')
  const path = queryStart === -1 ? target : target.slice(0, queryStart)
  const query = queryStart === -1 ? '' : target.slice(queryStart + 1)
  const decoded = decodedOrNull(path)
  if (decoded === null || /[\u0000-\u001f]/u.test(decoded)) return null
  const canonical = canonicalPath(path)
  return { path: canonical, query, isCanonical: canonical === path }
}

/**
 * One spelling for each path, so that a page is remembered once and a lock on `/admin` holds for `//admin`, `/x/../admin` and `/%61dmin`:
 * no dot segments, single slashes, none at the end, no needless percent-encoding.
 */
function canonicalPath(path: string): string {
  const normalized = path.replace(/%([\da-f]{2})/giu, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return UNRESERVED.test(character) ? character : encoded.toUpperCase()
  })
  // A slash before it keeps `//host/path` a path, where a URL would read a host.
  const { pathname } = new URL(`http://here/${normalized}`)
  return `/${removeDotSegments(pathname.split('/')).join('/')}`
}

/** RFC 3986, 5.2.4, and no empty segments. Node 20's own reader of addresses overlooks `..` at the end where a name before it begins with a dot. */
function removeDotSegments(segments: string[]): string[] {
  const result: string[] = []
  for (const segment of segments) {
    if (segment === '..') result.pop()
    else if (segment !== '.' && segment !== '') result.push(segment)
  }
  return result
}

/** A part of an address without its percent-encoding, or null when that means nothing. */
export function decodedOrNull(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** Pages that only people of the house see, or those with a link of theirs: passed through, never remembered. */
export function isNewsroomPath(path: string): boolean {
  return /^\/(?:admin|sign-in|sign-out|setup|welcome|preview|api(?!\/v\d+\/))(?:\/|$)/u.test(path)
}

/** Pages of whoever has signed in, at addresses that are no secrets. */
export function isAdminPath(path: string): boolean {
  return /^\/admin(?:[/?]|$)/u.test(path)
}

/** An address that is itself the key, on a page that links to elsewhere: no other site may learn it. */
export function isSecretPath(path: string): boolean {
  return /^\/preview\//u.test(path)
}

/** What the server says about itself: never a page, and so never remembered as one that is not there. */
export function isOpsPath(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics'
}

/** Files of this very build: the newsroom's scripts and what lies in public/. They cannot change while this process lives. */
export function isFilePath(path: string): boolean {
  return path.startsWith('/_next/static/') || /^\/[^/]+\.(?:js|css|svg|ico|png|jpg|webp|woff2|webmanifest)$/u.test(path)
}
