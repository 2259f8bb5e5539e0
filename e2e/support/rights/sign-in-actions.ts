import { and, count, eq, isNotNull, isNull } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions, users } from '@/db/schema/user'
import { routes } from '@/lib/routes'
import type { ActionCase } from './action-case'
import { signedInAs, type Fixture } from './fixture'
import { createInvitation, createSetupLink } from './sign-in-pages'
import { everybody, type Visitor } from './visitors'

const PASSWORD = 'three moons over mumbleby'

/** Signing in and out, and the one-time links: what counts is what somebody knows, not their role. */
export const signInActions: ActionCase[] = [
  {
    act: 'app/(sign-in)/sign-in/actions.ts#signIn',
    words: 'Sign in with a password',
    scene: async ({ otto }) => {
      const before = await openSessions(otto.id)
      return {
        at: routes.signIn,
        types: { email: otto.email, password: otto.password },
        isDone: async () => (await openSessions(otto.id)) === before + 1,
      }
    },
    may: everybody('done'),
  },
  {
    act: 'app/(sign-in)/welcome/[token]/actions.ts#choose',
    words: 'Choose a password by a one-time link',
    scene: async () => {
      const { person, token } = await createInvitation()
      return {
        at: routes.welcome(token),
        types: { password: PASSWORD },
        isDone: async () => (await withPassword(person.id)) === 1,
      }
    },
    may: everybody('done'),
  },
  {
    act: 'app/(sign-in)/setup/[token]/actions.ts#setUp',
    words: 'Create the first admin, once there is one',
    scene: async () => {
      const email = `${crypto.randomUUID()}@example.test`
      return {
        at: routes.setup(await createSetupLink()),
        types: { name: 'Second First', email, password: PASSWORD },
        isDone: async () => (await database().select().from(users).where(eq(users.email, email))).length > 0,
      }
    },
    may: everybody('too late'),
  },
  {
    act: 'app/sign-out/route.ts#POST',
    words: 'Sign out',
    scene: async (house, visitor) => {
      const before = await sessionsOf(house, visitor)
      return {
        at: routes.signOut,
        bare: true,
        cookie: visitor === 'anonymous' ? null : await signedInAs(house.people[visitor], house.actionIds),
        // One session was opened here and has ended again: no other did.
        isDone: async () => visitor !== 'anonymous' && (await sessionsOf(house, visitor)) === before,
      }
    },
    may: { ...everybody('done'), anonymous: 'nothing to do' },
  },
  {
    act: 'app/api/auth/[...nextauth]/route.ts#POST',
    words: 'Sign in past the form, without its token',
    scene: async ({ otto }) => {
      const before = await openSessions(otto.id)
      return {
        at: '/api/auth/callback/credentials',
        bare: true,
        types: { email: otto.email, password: otto.password },
        isDone: async () => (await openSessions(otto.id)) !== before,
      }
    },
    may: everybody('nothing to do'),
  },
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
