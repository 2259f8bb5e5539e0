import { database } from '@/db/client'
import { invitations } from '@/db/schema/user'
import { sharePreview } from '@/domain/preview/sharing'
import { invitePerson } from '@/domain/people/inviting'
import { hashOfToken, newToken } from '@/domain/user/token'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { known, valueOf } from './fixture'
import type { PageCase } from './page-case'
import { everybody } from './visitors'

const DOOR = 'app/(door)'

/** What is open to whoever has the address, and to nobody else. */
export const signInPages: PageCase[] = [
  { place: `${DOOR}/sign-in/page.tsx`, at: () => routes.signIn, shows: 'Sign in', sees: everybody('shown') },
  {
    place: `${DOOR}/sign-in/done/page.tsx`,
    at: () => routes.signedIn,
    shows: 'You are signed in',
    sees: { ...everybody('shown'), anonymous: 'sign in' },
  },
  {
    place: `${DOOR}/setup/[token]/page.tsx`,
    of: 'with the link',
    at: async () => routes.setup(await createSetupLink()),
    shows: 'Create the first admin',
    sees: everybody('shown'),
  },
  {
    place: `${DOOR}/setup/[token]/page.tsx`,
    of: 'without',
    at: () => routes.setup(newToken()),
    sees: everybody('not there'),
  },
  {
    place: `${DOOR}/welcome/[token]/page.tsx`,
    of: 'with the link',
    at: async () => routes.welcome((await createInvitation()).token),
    shows: 'Choose a password',
    sees: everybody('shown'),
  },
  {
    place: `${DOOR}/welcome/[token]/page.tsx`,
    of: 'without',
    at: () => routes.welcome(newToken()),
    sees: everybody('not there'),
  },
  {
    place: 'app/(preview)/preview/[token]/page.tsx',
    of: 'with the link',
    at: async ({ stories }) => routes.preview(await aPreviewToken(stories.othersLive.id)),
    shows: known.othersLive,
    sees: everybody('shown'),
  },
  {
    place: 'app/(preview)/preview/[token]/page.tsx',
    of: 'without',
    at: () => routes.preview(newToken()),
    sees: everybody('not there'),
  },
  { place: 'app/api/auth/[...nextauth]/route.ts#GET', at: () => '/api/auth/session', sees: everybody('shown') },
]

/** The link that a first start prints, still unused because the first admin came otherwise. */
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

/** A link to what readers see of a live story already. */
async function aPreviewToken(storyId: number): Promise<string> {
  const link = await sharePreview(commandLineActor, { storyId, label: 'A lawyer', shown: 1, days: '1' })
  return valueOf(link).previewToken
}
