import { and, count, eq, isNotNull, isNull } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions, users } from '@/db/schema/user'
import { routes } from '@/lib/routes'
import { actionCase, everybody, type ActionCase, type Visitor } from '../case'
import { sessionCookieOf } from '../../people'
import type { Fixture } from '../fixture'
import { createInvitation, createSetupLink } from './sign-in-pages'

const PASSWORD = 'three moons over mumbleby'

/** Signing in and out, and one-time links: the result depends on a password or token, not on the role. */
export const signInActions: ActionCase[] = [
  actionCase(
    'app/(sign-in)/sign-in/actions.ts#signIn',
    'Sign in with a password',
    everybody('done'),
    async ({ otto }) => {
      const before = await openSessions(otto.id)
      return {
        path: routes.signIn,
        input: { email: otto.email, password: otto.password },
        isDone: async () => (await openSessions(otto.id)) === before + 1,
      }
    },
  ),
  actionCase(
    'app/(sign-in)/welcome/[token]/actions.ts#choose',
    'Choose a password by a one-time link',
    everybody('done'),
    async () => {
      const { person, token } = await createInvitation()
      return {
        path: routes.welcome(token),
        input: { password: PASSWORD },
        isDone: async () => (await withPassword(person.id)) === 1,
      }
    },
  ),
  actionCase(
    'app/(sign-in)/setup/[token]/actions.ts#setUp',
    'Create the first admin, once there is one',
    everybody('too late'),
    async () => {
      const email = `${crypto.randomUUID()}@example.test`
      return {
        path: routes.setup(await createSetupLink()),
        input: { name: 'Second First', email, password: PASSWORD },
        isDone: async () => (await database().select().from(users).where(eq(users.email, email))).length > 0,
      }
    },
  ),
  actionCase(
    'app/sign-out/route.ts#POST',
    'Sign out',
    { ...everybody('done'), anonymous: 'nothing to do' },
    async (fixture, visitor) => {
      const before = await sessionsOf(fixture, visitor)
      return {
        path: routes.signOut,
        plain: true,
        cookie: visitor === 'anonymous' ? null : await sessionCookieOf(fixture.people[visitor]),
        // One session was opened for this, and it has ended.
        isDone: async () => visitor !== 'anonymous' && (await sessionsOf(fixture, visitor)) === before,
      }
    },
  ),
  actionCase(
    'app/api/auth/[...nextauth]/route.ts#POST',
    'Sign in past the form, without its token',
    everybody('nothing to do'),
    async ({ otto }) => {
      const before = await openSessions(otto.id)
      return {
        path: '/api/auth/callback/credentials',
        plain: true,
        input: { email: otto.email, password: otto.password },
        isDone: async () => (await openSessions(otto.id)) !== before,
      }
    },
  ),
]

const sessionsOf = async ({ people }: Fixture, visitor: Visitor) =>
  visitor === 'anonymous' ? 0 : openSessions(people[visitor].id)

async function openSessions(userId: number): Promise<number> {
  const open = and(eq(sessions.userId, userId), isNull(sessions.revokedAt))
  const [row] = await database().select({ open: count() }).from(sessions).where(open)
  return row?.open ?? 0
}

async function withPassword(userId: number): Promise<number> {
  const who = and(eq(users.id, userId), isNotNull(users.passwordHash))
  const [row] = await database().select({ count: count() }).from(users).where(who)
  return row?.count ?? 0
}
