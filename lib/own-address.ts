/** The front door refuses longer request targets. Characters. */
const MAX_LENGTH = 2000

/** Longer input is not resolved at all. Characters. */
const MAX_INPUT_LENGTH = 10_000

/**
 * The path, query and fragment of an address of this site as a browser resolves it (WHATWG URL: without dot segments, backslashes, tabs and line
 * breaks, and in ASCII); null for any other address. Redirect only to the returned value, never to what was typed (OWASP, “Unvalidated Redirects
 * and Forwards”).
 * @param origin of this site
 */
export function ownAddress(address: unknown, origin: string): string | null {
  if (typeof address !== 'string' || address.trim() === '' || address.length > MAX_INPUT_LENGTH) return null
  const own = new URL(origin)
  const resolved = URL.canParse(address, own.origin) ? new URL(address, own.origin) : null
  // A blob URL has the origin of its creator, and is no page.
  if (resolved === null || resolved.protocol !== own.protocol || resolved.origin !== own.origin) return null
  if (!isReadable(resolved.pathname)) return null
  const target = resolved.pathname + resolved.search + resolved.hash
  return target.length <= MAX_LENGTH ? target : null
}

/** No path of another host (`//host`, `/\host`), and none that the front door answers with 400. */
function isReadable(path: string): boolean {
  if (!/^\/(?![/\\])/u.test(path)) return false
  try {
    return !/[\u0000-\u001f\u007f]/u.test(decodeURIComponent(path))
  } catch {
    return false
  }
}
