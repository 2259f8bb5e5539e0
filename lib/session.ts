import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { encode } from 'next-auth/jwt'
import { cache } from 'react'
import { readKnownDevices } from '@/domain/people/known-device'
import { actorOfSession, revokeSession, type Client, type NewSession } from '@/domain/people/sign-in'
import type { Actor } from '@/domain/user/user'
import { env } from './env'
import { ownAddress } from './own-address'
import { routes } from './routes'
import { SESSION_CLAIM, sessionCookieName, sessionIdIn } from './session-token'

export type SignedIn = Actor & { id: number }

const secure = () => env.siteUrl.startsWith('https:')

export const sessionCookie = () => sessionCookieName(secure())

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax', secure: secure(), path: '/' }) as const

/** Longer than a browser keeps a cookie. */
const DEVICE_COOKIE_DAYS = 400

const deviceCookie = () => (secure() ? '__Host-broadsheet-device' : 'broadsheet-device')

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

async function startSession({ sessionId, userId, account, expiresAt }: NewSession) {
  await rememberDevice(account)
  const seconds = Math.floor((expiresAt.getTime() - Date.now()) / 1000)
  const claims = { sub: String(userId), [SESSION_CLAIM]: sessionId }
  const token = await encode({ token: claims, secret: env.sessionSecret, maxAge: seconds })
  const cookieStore = await cookies()
  cookieStore.set(sessionCookie(), token, { ...sessionCookieOptions(), maxAge: seconds })
}

/**
 * What a browser removes after signing out (W3C Clear Site Data): the pages that it could show again. What it stores of the person's text stays: it is
 * encrypted, and may not have been sent. Cookies stay: those of the device open nothing.
 */
export const CLEARED_AFTER_SIGN_OUT = '"cache"'

/** In the database first. */
export async function endSession() {
  const sessionId = await currentSessionId()
  if (sessionId !== null) await revokeSession(sessionId)
  const cookieStore = await cookies()
  cookieStore.set(sessionCookie(), '', { ...sessionCookieOptions(), maxAge: 0 })
}

/** The client, from the front door; headers that the browser could forge are ignored. */
export async function requestOrigin(): Promise<Client> {
  const requestHeaders = await headers()
  return {
    address: requestHeaders.get('x-client-address') ?? 'unknown',
    agent: requestHeaders.get('user-agent') ?? '',
    devices: await knownDevices(),
  }
}

async function knownDevices() {
  const cookieStore = await cookies()
  return readKnownDevices(cookieStore.get(deviceCookie())?.value, env.sessionSecret)
}

/** Somebody has signed in on this device, or has chosen a password with a one-time link. It stays known after signing out. */
export async function rememberDevice(account: string) {
  const devices = await knownDevices()
  const cookieStore = await cookies()
  const maxAge = DEVICE_COOKIE_DAYS * 24 * 60 * 60
  cookieStore.set(deviceCookie(), devices.withAccount(account), { ...sessionCookieOptions(), maxAge })
}

async function currentSessionId(): Promise<string | null> {
  const cookieStore = await cookies()
  const cookie = cookieStore.get(sessionCookie())?.value
  return cookie ? sessionIdIn(cookie, env.sessionSecret) : null
}

/** After signing in: to the address that was asked for, if it is one of this site. */
export async function enterNewsroom(admission: NewSession, form: FormData): Promise<never> {
  await startSession(admission)
  const [next, ...others] = form.getAll('next')
  redirect((others.length === 0 && ownAddress(next, env.siteUrl)) || routes.admin.desk)
}

/** After a one-time link: to sign in with the new password, on a device that is known from now on. */
export async function goToSignIn({ email }: { email: string }): Promise<never> {
  await rememberDevice(email)
  redirect(routes.signIn)
}
