/** The content codings that the server sends. */
export type Encoding = 'br' | 'gzip' | 'identity'

/** Whether content of this type gets smaller when it is compressed. */
export const isCompressible = (contentType: string) => COMPRESSIBLE.test(contentType)
const COMPRESSIBLE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)|image\/svg)/u

/** Results by `Accept-Encoding` value: browsers send few different ones. */
const parsedEncodings = new Map<string, Encoding>()
const MAX_PARSED = 200

/** The smallest encoding that `Accept-Encoding` allows (RFC 9110, 12.5.3). */
export function bestEncoding(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity'
  const parsed = parsedEncodings.get(accepted)
  if (parsed !== undefined) return parsed
  const best = parseAcceptEncoding(accepted)
  if (parsedEncodings.size < MAX_PARSED) parsedEncodings.set(accepted, best)
  return best
}

function parseAcceptEncoding(accepted: string): Encoding {
  const weights = new Map<string, number>()
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((item) => item.trim())
    const weight = parameters.find((item) => item.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const allowed = (encoding: Encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0
  return allowed('br') ? 'br' : allowed('gzip') ? 'gzip' : 'identity'
}
