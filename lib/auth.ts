import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { authenticate, revokeSession, type Client } from '@/domain/people/sign-in'
import type { Refusal } from '@/domain/refusal'
import { env } from './env'
import { ownAddress } from './own-address'
import { markRequestRead } from './request-read'
import { routes } from './routes'
import { rememberDevice, sessionCookie, sessionCookieOptions } from './session'
import { SESSION_CLAIM } from './session-token'

/** What next-auth turns into a redirect of its own, or logs only. */
export type AuthResult = { refusal?: Refusal; error?: unknown }

/** The cookie in which next-auth keeps where to go on. */
export const CALLBACK_COOKIE = 'broadsheet-callback'

/**
 * next-auth, for its addresses under /api/auth only. Its Credentials provider supports nothing but encrypted tokens, so ours carries the id of a
 * session; everything else is read from the database for every request (lib/session.ts).
 * @param result receives what the response must say
 */
export function authOptions(client: Client, result: AuthResult): NextAuthOptions {
  return {
    secret: env.sessionSecret,
    session: { strategy: 'jwt', maxAge: 14 * 24 * 60 * 60 },
    pages: { signIn: routes.signIn, error: routes.signIn },
    cookies: {
      sessionToken: { name: sessionCookie(), options: sessionCookieOptions() },
      callbackUrl: { name: CALLBACK_COOKIE, options: sessionCookieOptions() },
    },
    providers: [
      Credentials({
        credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
        async authorize(credentials) {
          markRequestRead()
          const { email, password } = credentials ?? {}
          const outcome = await kept(result, () =>
            authenticate({ email: email ?? '', password: password ?? '' }, client),
          )
          if (!outcome.ok) {
            result.refusal = outcome.refusal
            return null
          }
          await rememberDevice(outcome.value.account)
          return { id: String(outcome.value.userId), sessionId: outcome.value.sessionId }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const sessionId = user && 'sessionId' in user ? user.sessionId : token[SESSION_CLAIM]
        return { sub: token.sub, [SESSION_CLAIM]: sessionId }
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => baseUrl + (ownAddress(url, env.siteUrl) ?? routes.admin.desk),
    },
    events: {
      // Without it the token of the cookie would open the newsroom until it expires.
      async signOut({ token }) {
        const id = (token as typeof token | null)?.[SESSION_CLAIM]
        if (typeof id === 'string') await kept(result, () => revokeSession(id))
      },
    },
  }
}

/** next-auth would answer an error with a redirect, or not at all. */
async function kept<Value>(result: AuthResult, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    result.error = error
    throw error
  }
}
