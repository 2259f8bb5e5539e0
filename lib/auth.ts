import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { authenticate } from '@/domain/people/sign-in'
import { env } from './env'
import { markRequestRead } from './request-read'
import { SESSION_CLAIM, sessionCookie, sessionCookieOptions } from './session'

/**
 * next-auth, for its addresses under /api/auth only. Its Credentials provider supports nothing but encrypted tokens, so ours carries the id of a
 * session; everything else is read from the database for every request (lib/session.ts).
 */
export function authOptions(from: { address: string; agent: string }): NextAuthOptions {
  return {
    secret: env.sessionSecret,
    session: { strategy: 'jwt', maxAge: 14 * 24 * 60 * 60 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: { sessionToken: { name: sessionCookie(), options: sessionCookieOptions() } },
    providers: [
      Credentials({
        credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
        async authorize(credentials) {
          markRequestRead()
          const { email, password } = credentials ?? {}
          const outcome = await authenticate({ email: email ?? '', password: password ?? '' }, from)
          return outcome.ok ? { id: String(outcome.value.userId), sessionId: outcome.value.sessionId } : null
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const sessionId = user && 'sessionId' in user ? user.sessionId : token[SESSION_CLAIM]
        return { sub: token.sub, [SESSION_CLAIM]: sessionId }
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
  }
}
