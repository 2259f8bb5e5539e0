import { newsroomAddresses, newsroomPattern, opsAddresses, pictureAddresses } from '@/lib/addresses'

/** `path`: in its canonical spelling; `query`: as it was sent; `isCanonical`: whether the path was sent so. */
export type Address = { path: string; query: string; isCanonical: boolean }

const UNRESERVED = /[\w.~-]/u

/** Reads a request target (RFC 9112, 3.2); null where it is malformed: bad percent-encoding, control characters, no path. */
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
 * One spelling for each path, so that a page is cached once and a rule for `/admin` holds for `//admin`, `/x/../admin` and `/%61dmin`:
 * no dot segments, single slashes, none at the end, no percent-encoding of unreserved characters.
 */
function canonicalPath(path: string): string {
  const normalized = path.replace(/%([\da-f]{2})/giu, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return UNRESERVED.test(character) ? character : encoded.toUpperCase()
  })
  // The slash keeps `//host/path` a path.
  const { pathname } = new URL(`http://here/${normalized}`)
  return `/${removeDotSegments(pathname.split('/')).join('/')}`
}

/** RFC 3986, 5.2.4, without empty segments. `URL` of Node 20 misses a final `..` after a segment that begins with a dot. */
function removeDotSegments(segments: string[]): string[] {
  const result: string[] = []
  for (const segment of segments) {
    if (segment === '..') result.pop()
    else if (segment !== '.' && segment !== '') result.push(segment)
  }
  return result
}

/** Percent-decoded, or null where it is malformed. */
export function decodedOrNull(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

const NEWSROOM = new RegExp(`^${newsroomPattern(() => true)}(?:/|$)`, 'u')
const ADMIN = new RegExp(`^${newsroomPattern(({ signedIn }) => signedIn ?? false)}(?:[/?]|$)`, 'u')
const LASTING_TOKEN = new RegExp(`^${newsroomPattern(({ token }) => token === 'lasting')}/`, 'u')
const ANY_TOKEN = new RegExp(`^${newsroomPattern(({ token }) => token !== undefined)}(?=/)`, 'u')

/** Whether the page is for the newsroom, or for someone with a link from it: proxied, never cached. */
export const isNewsroomPath = (path: string) => NEWSROOM.test(path)

/** Whether the page needs a session. The path may have a query. */
export const isAdminPath = (path: string) => ADMIN.test(path)

/** Whether the path has a token that stays valid, on a page with links to other sites: those must not receive it as a referrer. */
export const isSecretPath = (path: string) => LASTING_TOKEN.test(path)

/** The path without the token that follows, or null where it has none. */
export const prefixOfToken = (path: string): string | null => ANY_TOKEN.exec(path)?.[0] ?? null

/** Whether the server responds itself, without a page. */
export const isOpsPath = (path: string) => (opsAddresses as readonly string[]).includes(path)

const UPLOAD = new RegExp(`^${pictureAddresses.uploads}(?:/[^/]+)?$`, 'u')
const RENDITION = new RegExp(`^${pictureAddresses.renditions}/[^/]+/[^/]+/[^/]+$`, 'u')

const PREVIEW = new RegExp(
  `^${newsroomAddresses.preview.path}/([^/]+)(${pictureAddresses.renditions}/[^/]+/[^/]+/[^/]+)$`,
  'u',
)

/** A picture on the page of a preview link: the link's token and the path of the rendition. Null for other paths. */
export function readPreviewPicture(path: string): { token: string; rendition: string } | null {
  const [, token, rendition] = PREVIEW.exec(path) ?? []
  return token === undefined || rendition === undefined ? null : { token, rendition }
}

const ORIGINAL = new RegExp(`^${pictureAddresses.originals}/[^/]+$`, 'u')

/** Whether a picture is there as it came. */
export const isOriginalPath = (path: string) => ORIGINAL.test(path)

/** Whether a picture is sent there in parts. */
export const isUploadPath = (path: string) => UPLOAD.test(path)

/** Whether the server takes or sends a picture there itself. */
export const isPicturePath = (path: string) =>
  RENDITION.test(path) || UPLOAD.test(path) || ORIGINAL.test(path) || PREVIEW.test(path)

/** Whether it is a file of the build, which does not change while the process runs. */
export function isFilePath(path: string): boolean {
  return path.startsWith('/_next/static/') || /^\/[^/]+\.(?:js|css|svg|ico|png|jpg|webp|woff2|webmanifest)$/u.test(path)
}
