import { decode } from 'next-auth/jwt'

/** The claim with the session’s id. */
export const SESSION_CLAIM = 'sid'

/** On https the prefix guarantees that the cookie was set by this host. */
export const sessionCookieName = (isSecure: boolean) => (isSecure ? '__Host-broadsheet-session' : 'broadsheet-session')

/** The session's id in the token of a cookie; null where the token is none of ours, or has expired. */
export async function sessionIdIn(token: string, secret: string): Promise<string | null> {
  const claims = await decode({ token, secret }).catch(() => null)
  const id = claims?.[SESSION_CLAIM]
  return typeof id === 'string' ? id : null
}
