import { database } from '@/db/client'
import { invitations } from '@/db/schema/user'
import { sharePreview } from '@/domain/preview/sharing'
import { invitePerson } from '@/domain/people/inviting'
import { hashOfToken, newToken } from '@/domain/user/token'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { known, valueOf, type Fixture } from '../fixture'
import { everybody, shownToAll, type PageCase } from '../case'

const SIGN_IN = 'app/(sign-in)'

/** Open to anybody with the address. */
export const signInPages: PageCase[] = [
  shownToAll(`${SIGN_IN}/sign-in/page.tsx`, () => routes.signIn, 'Sign in'),
  {
    ...shownToAll(`${SIGN_IN}/sign-in/done/page.tsx`, () => routes.signedIn, 'You are signed in'),
    expected: { ...everybody('shown'), anonymous: 'sign in' },
  },
  ...byLink(`${SIGN_IN}/setup/[token]/page.tsx`, 'Create the first admin', routes.setup, createSetupLink),
  ...byLink(
    `${SIGN_IN}/welcome/[token]/page.tsx`,
    'Choose a password',
    routes.welcome,
    async () => (await createInvitation()).token,
  ),
  ...byLink('app/(preview)/preview/[token]/page.tsx', known.othersLive, routes.preview, ({ stories }) =>
    createPreviewToken(stories.othersLive.id),
  ),
  shownToAll('app/api/auth/[...nextauth]/route.ts#GET', () => '/api/auth/csrf'),
]

function byLink(
  page: string,
  text: string,
  route: (token: string) => string,
  createToken: (fixture: Fixture) => Promise<string>,
): PageCase[] {
  return [
    shownToAll(page, async (fixture) => route(await createToken(fixture)), text, 'with the link'),
    { page, of: 'without', path: () => route(newToken()), expected: everybody('not there') },
  ]
}

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
async function createPreviewToken(storyId: number): Promise<string> {
  const link = await sharePreview(commandLineActor, { storyId, label: 'A lawyer', shown: 1, days: '1' })
  return valueOf(link).previewToken
}
