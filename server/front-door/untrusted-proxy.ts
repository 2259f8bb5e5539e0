import type { IncomingMessage } from 'node:http'

const NOTICE =
  'Requests arrive with X-Forwarded-For while TRUST_PROXY is 0, so the header is ignored: if a proxy of yours stands in front, set TRUST_PROXY=1, because until then everybody behind it counts as one network, in which the wrong passwords of a stranger make others wait.'

/** Says once that a proxy seems to stand in front of a server that trusts none. */
export function untrustedProxyNotice(trustProxy: boolean, warn: (message: string) => void) {
  let isSaid = trustProxy
  return ({ headers }: IncomingMessage) => {
    if (isSaid || headers['x-forwarded-for'] === undefined) return
    isSaid = true
    warn(NOTICE)
  }
}
