import { database } from '@/db/client'
import { invitations } from '@/db/schema/user'
import { sharePreview } from '@/domain/preview/sharing'
import { invitePerson } from '@/domain/people/inviting'
import { hashOfToken, newToken } from '@/domain/user/token'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { known, valueOf } from './fixture'
import { everybody, type PageCase } from './case'

const SIGN_IN = 'app/(door)'

/** Open to anybody with the address. */
export const signInPages: PageCase[] = [
  { page: `${SIGN_IN}/sign-in/page.tsx`, path: () => routes.signIn, text: 'Sign in', expected: everybody('shown') },
  {
    page: `${SIGN_IN}/sign-in/done/page.tsx`,
    path: () => routes.signedIn,
    text: 'You are signed in',
    expected: { ...everybody('shown'), anonymous: 'sign in' },
  },
  {
    page: `${SIGN_IN}/setup/[token]/page.tsx`,
    of: 'with the link',
    path: async () => routes.setup(await createSetupLink()),
    text: 'Create the first admin',
    expected: everybody('shown'),
  },
  {
    page: `${SIGN_IN}/setup/[token]/page.tsx`,
    of: 'without',
    path: () => routes.setup(newToken()),
    expected: everybody('not there'),
  },
  {
    page: `${SIGN_IN}/welcome/[token]/page.tsx`,
    of: 'with the link',
    path: async () => routes.welcome((await createInvitation()).token),
    text: 'Choose a password',
    expected: everybody('shown'),
  },
  {
    page: `${SIGN_IN}/welcome/[token]/page.tsx`,
    of: 'without',
    path: () => routes.welcome(newToken()),
    expected: everybody('not there'),
  },
  {
    page: 'app/(preview)/preview/[token]/page.tsx',
    of: 'with the link',
    path: async ({ stories }) => routes.preview(await aPreviewToken(stories.othersLive.id)),
    text: known.othersLive,
    expected: everybody('shown'),
  },
  {
    page: 'app/(preview)/preview/[token]/page.tsx',
    of: 'without',
    path: () => routes.preview(newToken()),
    expected: everybody('not there'),
  },
  { page: 'app/api/auth/[...nextauth]/route.ts#GET', path: () => '/api/auth/session', expected: everybody('shown') },
]

/** The link that the first start prints, unused because the first admin was created by environment variables. */
export async function createSetupLink(): Promise<string> {
  const token = newToken()
  await database()
    .insert(invitations)
    .values({ tokenHash: hashOfToken(token), kind: 'setup' })
  return token
}

export async function createInvitation() {
  const email = `${crypto.randomUUID()}@example.test`
  return valueOf(await invitePerson(commandLineActor, { email, name: 'Somebody New', role: 'reporter' }))
}

/** A link to the live revision of a live story. */
async function aPreviewToken(storyId: number): Promise<string> {
  const link = await sharePreview(commandLineActor, { storyId, label: 'A lawyer', shown: 1, days: '1' })
  return valueOf(link).previewToken
}
