import { createHash, randomBytes } from 'node:crypto'

/** For a one-time link: 32 random bytes in base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Only the hash is stored: read access to the database does not make the link usable. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function looksLikeToken(token: string): boolean {
  return /^[\w-]{43}$/u.test(token)
}
