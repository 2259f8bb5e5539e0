import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { decode, encode } from 'next-auth/jwt'
import { cache } from 'react'
import { actorOfSession, revokeSession, type NewSession } from '@/domain/people/sign-in'
import type { Actor } from '@/domain/user/user'
import { env } from './env'
import { routes } from './routes'

export type SignedIn = Actor & { id: number }

const secure = () => env.siteUrl.startsWith('https:')

/** The session's cookie; on https its name promises that it came from this very host. */
export const sessionCookie = () => (secure() ? '__Host-broadsheet-session' : 'broadsheet-session')

/** The claim that carries the session's id. */
export const SESSION_CLAIM = 'sid'

/** Who is there, asked once per request: the live role, or null. A database that does not answer throws: the callers say 503, the cookie stays. */
export const currentActor = cache(async (): Promise<SignedIn | null> => {
  const sessionId = await currentSessionId()
  return sessionId === null ? null : actorOfSession(sessionId)
})

/** Who is there, to be asked again and again while an answer takes its time: live, and never remembered. */
export async function actorReader(): Promise<() => Promise<SignedIn | null>> {
  const sessionId = await currentSessionId()
  return async () => (sessionId === null ? null : actorOfSession(sessionId))
}

/** Who is there; whoever is not signed in is asked to, and comes back to `address`. */
export async function requireActor(address: string = routes.admin.desk): Promise<SignedIn> {
  return (await currentActor()) ?? redirect(routes.signInFor(address))
}

/** Gives the browser the cookie of a session that was just opened. */
export async function startSession({ sessionId, userId, expiresAt }: NewSession) {
  const seconds = Math.floor((expiresAt.getTime() - Date.now()) / 1000)
  const token = await encode({
    token: { sub: String(userId), [SESSION_CLAIM]: sessionId },
    secret: env.sessionSecret,
    maxAge: seconds,
  })
  const cookieStore = await cookies()
  cookieStore.set(sessionCookie(), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: secure(),
    path: '/',
    maxAge: seconds,
  })
}

/** Ends the session of this browser, in the database first. */
export async function endSession() {
  const sessionId = await currentSessionId()
  if (sessionId !== null) await revokeSession(sessionId)
  const cookieStore = await cookies()
  cookieStore.set(sessionCookie(), '', { httpOnly: true, sameSite: 'lax', secure: secure(), path: '/', maxAge: 0 })
}

/** Where a request comes from, as the front door saw it; what a browser says of itself is not believed. */
export async function requestOrigin(): Promise<{ address: string; agent: string }> {
  const requestHeaders = await headers()
  return { address: requestHeaders.get('x-client-address') ?? 'unknown', agent: requestHeaders.get('user-agent') ?? '' }
}

async function currentSessionId(): Promise<string | null> {
  const cookieStore = await cookies()
  const cookie = cookieStore.get(sessionCookie())?.value
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: env.sessionSecret }).catch(() => null)
  const id = token?.[SESSION_CLAIM]
  return typeof id === 'string' ? id : null
}

/** After signing in: on to where the person wanted to go, if that is a place in this house. */
export async function enterNewsroom(admission: NewSession, form: FormData): Promise<never> {
  await startSession(admission)
  redirect(localAddress(form.get('next')))
}

/** After a one-time link: the person signs in with what they just chose. */
export async function goToSignIn(): Promise<never> {
  redirect(routes.signIn)
}

/** An address a form sent along, if it leads nowhere else; the desk otherwise. */
function localAddress(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\u0000-\u001f\\]{0,1000}$/u.test(next) ? next : routes.admin.desk
}
