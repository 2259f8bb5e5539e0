import { createHash, randomBytes } from 'node:crypto'

/** A secret for a one-time link: 32 random bytes, safe in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a token: who reads the database cannot use the link. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Could this be a token at all? */
export function looksLikeToken(token: string): boolean {
  return /^[\w-]{43}$/u.test(token)
}
