import { isIP } from 'node:net'

/** For everything that is no IP address: one network, so that nobody has a new one with each request. */
const UNKNOWN = 'unknown'

/**
 * The network of a client, for rate limits: an IPv4 address, or the first 64 bits of an IPv6 address, which one household has (RFC 6177). An IPv6
 * address that stands for an IPv4 address (RFC 4291, 2.5.5.2; RFC 6052, 2.1) is that address.
 * @param address as `ipAddressOf` reads it
 */
export function networkOf(address: string): string {
  const ip = ipAddressOf(address)
  if (ip === null) return UNKNOWN
  return isIP(ip) === 4 ? ip : `${groupsOf(ip).slice(0, 4).join(':')}::/64`
}

/**
 * The IP address in the element of an `X-Forwarded-For` header, in one spelling: proxies add ports, brackets, quotes and zones, and write IPv4
 * addresses as IPv6. Null: there is none.
 */
export function ipAddressOf(text: string): string | null {
  const [bare = ''] = withoutPort(text.slice(0, 100).trim().replace(/^"|"$/gu, '')).split('%')
  if (isIP(bare) === 4) return bare
  if (isIP(bare) !== 6) return null
  // WHATWG URL writes each IPv6 address in one way (RFC 5952).
  const ip = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  return ipv4In(groupsOf(ip)) ?? ip
}

function withoutPort(address: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/u.exec(address)?.[1]
  if (bracketed !== undefined) return bracketed
  const dotted = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/u.exec(address)?.[1]
  if (dotted !== undefined) return dotted
  // Eight groups and a port, without brackets.
  return isIP(address) === 0 ? address.replace(/^((?:[\da-f]{1,4}:){7}[\da-f]{1,4}):\d{1,5}$/iu, '$1') : address
}

/** The eight groups of an IPv6 address in its canonical spelling. */
function groupsOf(ip: string): string[] {
  const [front = '', back] = ip.split('::')
  const [first, last] = [front.split(':').filter(Boolean), (back ?? '').split(':').filter(Boolean)]
  return back === undefined
    ? first
    : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
}

/** `::ffff:0:0/96` (mapped) and `64:ff9b::/96` (translated). */
function ipv4In(groups: string[]): string | null {
  const prefix = groups.slice(0, 6).join(':')
  if (prefix !== '0:0:0:0:0:ffff' && prefix !== '64:ff9b:0:0:0:0') return null
  const bytes = groups.slice(6).flatMap((group) => {
    const bits = Number.parseInt(group, 16)
    return [bits >> 8, bits & 255]
  })
  return bytes.join('.')
}
