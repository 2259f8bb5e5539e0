import { actorOfSession } from '@/domain/people/sign-in'
import { sessionCookieName, sessionIdIn } from '@/lib/session-token'
import type { ActorOf, SignedIn } from './contract'

/** Pages ask for many pictures at once, and one that is sent comes in parts. Milliseconds. */
const CACHED_FOR = 1000

/** Who sends a request, by the cookie of the newsroom. */
export function actorOfRequests({ siteUrl, secret }: { siteUrl: URL; secret: string }): ActorOf {
  const name = sessionCookieName(siteUrl.protocol === 'https:')
  const recent = new Map<string, { actor: Promise<SignedIn | null>; at: number }>()
  return async ({ headers }) => {
    const token = cookieOf(headers.cookie ?? '', name)
    const sessionId = token === null ? null : await sessionIdIn(token, secret)
    if (sessionId === null) return null
    const known = recent.get(sessionId)
    if (known && Date.now() - known.at < CACHED_FOR) return known.actor
    if (recent.size > 1000) recent.clear()
    const actor = actorOfSession(sessionId)
    recent.set(sessionId, { actor, at: Date.now() })
    actor.catch(() => recent.delete(sessionId))
    return actor
  }
}

function cookieOf(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const [found, value] = pair.trim().split('=', 2)
    if (found === name && value !== undefined) return value
  }
  return null
}
