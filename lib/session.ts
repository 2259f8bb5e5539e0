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

/** On https the prefix guarantees that the cookie was set by this host. */
export const sessionCookie = () => (secure() ? '__Host-broadsheet-session' : 'broadsheet-session')

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax', secure: secure(), path: '/' }) as const

/** The claim with the session’s id. */
export const SESSION_CLAIM = 'sid'

/**
 * The signed-in user with the current role, or null; read once for each request. If the database is unavailable it throws, callers return 503, and
 * the cookie stays.
 */
export const currentActor = cache(async (): Promise<SignedIn | null> => {
  const sessionId = await currentSessionId()
  return sessionId === null ? null : actorOfSession(sessionId)
})

/** Reads the user again at each call, for responses that take long. */
export async function actorReader(): Promise<() => Promise<SignedIn | null>> {
  const sessionId = await currentSessionId()
  return async () => (sessionId === null ? null : actorOfSession(sessionId))
}

/** Redirects to the sign-in page if there is no session; signing in leads back to `address`. */
export async function requireActor(address: string = routes.admin.desk): Promise<SignedIn> {
  return (await currentActor()) ?? redirect(routes.signInFor(address))
}

async function startSession({ sessionId, userId, expiresAt }: NewSession) {
  const seconds = Math.floor((expiresAt.getTime() - Date.now()) / 1000)
  const claims = { sub: String(userId), [SESSION_CLAIM]: sessionId }
  const token = await encode({ token: claims, secret: env.sessionSecret, maxAge: seconds })
  const cookieStore = await cookies()
  cookieStore.set(sessionCookie(), token, { ...sessionCookieOptions(), maxAge: seconds })
}

/** In the database first. */
export async function endSession() {
  const sessionId = await currentSessionId()
  if (sessionId !== null) await revokeSession(sessionId)
  const cookieStore = await cookies()
  cookieStore.set(sessionCookie(), '', { ...sessionCookieOptions(), maxAge: 0 })
}

/** The client, from the front door; headers that the browser could forge are ignored. */
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

/** After signing in: to the address that was asked for, if it is one of this site. */
export async function enterNewsroom(admission: NewSession, form: FormData): Promise<never> {
  await startSession(admission)
  redirect(localAddress(form.get('next')))
}

/** After a one-time link: to sign in with the new password. */
export async function goToSignIn(): Promise<never> {
  redirect(routes.signIn)
}

/** An address of this site, or the desk. */
function localAddress(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\u0000-\u001f\\]{0,1000}$/u.test(next) ? next : routes.admin.desk
}
