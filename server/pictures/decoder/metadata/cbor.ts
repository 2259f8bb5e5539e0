/** Deeper than any claim. */
const MAX_DEPTH = 32
const MAX_ITEMS = 10_000

/** A value of CBOR (RFC 8949). Maps with keys that are no text lose them. */
export type Cbor = null | boolean | number | string | Buffer | Cbor[] | { [key: string]: Cbor }

/** @throws Error where the bytes are no CBOR, or more than a claim can be */
export function decodeCbor(bytes: Buffer): Cbor {
  let at = 0
  let items = 0

  function argument(info: number): number {
    if (info < 24) return info
    const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[info]
    if (size === undefined) throw new Error('This length is not known.')
    at += size
    return size === 8 ? Number(bytes.readBigUInt64BE(at - 8)) : bytes.readUIntBE(at - size, size)
  }

  function take(length: number): Buffer {
    if (at + length > bytes.length) throw new Error('The bytes end early.')
    at += length
    return bytes.subarray(at - length, at)
  }

  function value(depth: number): Cbor {
    items += 1
    if (depth > MAX_DEPTH || items > MAX_ITEMS) throw new Error('This is more than a claim.')
    const initial = take(1)[0] ?? 0
    const [major, info] = [initial >> 5, initial & 31]
    if (info === 31) return indefinite(major, depth)
    if (major === 7) return simple(info)
    const count = argument(info)
    switch (major) {
      case 0:
        return count
      case 1:
        return -1 - count
      case 2:
        return take(count)
      case 3:
        return take(count).toString('utf8')
      case 4:
        return Array.from({ length: Math.min(count, MAX_ITEMS) }, () => value(depth + 1))
      case 5:
        return pairs(count, depth)
      default:
        // A tag: what follows is the value.
        return value(depth + 1)
    }
  }

  function simple(info: number): Cbor {
    if (info === 20 || info === 21) return info === 21
    if (info === 24) take(1)
    if (info === 25) return take(2) && null
    if (info === 26) return take(4).readFloatBE()
    if (info === 27) return take(8).readDoubleBE()
    return null
  }

  const isEnd = () => bytes[at] === 0xff && (at += 1) > 0

  function indefinite(major: number, depth: number): Cbor {
    if (major === 4) {
      const list: Cbor[] = []
      while (!isEnd()) list.push(value(depth + 1))
      return list
    }
    if (major === 5) return pairs(Infinity, depth)
    const parts: Buffer[] = []
    while (!isEnd()) {
      const part = value(depth + 1)
      parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)))
    }
    const whole = Buffer.concat(parts)
    return major === 3 ? whole.toString('utf8') : whole
  }

  function pairs(count: number, depth: number): Cbor {
    const map: Record<string, Cbor> = Object.create(null) as Record<string, Cbor>
    for (let pair = 0; pair < count && !(count === Infinity && isEnd()); pair += 1) {
      const key = value(depth + 1)
      const content = value(depth + 1)
      if (typeof key === 'string' || typeof key === 'number') map[key] = content
    }
    return map
  }

  return value(0)
}
