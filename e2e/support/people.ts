import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { sessions, users } from '@/db/schema/user'
import type { Role } from '@/domain/user/user'

/** The first admin of the tests' server. */
export const adminEmail = 'ada@example.test'
export const adminPassword = 'a lamp for the harbour'

/** Of everybody else. */
const password = 'seven spoons in a drawer'

/** The server that tests write to. */
export const instanceUrl = () => process.env.INSTANCE_URL ?? ''

/** A server that stays as it was seeded. */
export const seededInstanceUrl = () => process.env.SEEDED_INSTANCE_URL ?? ''

type Login = { email: string; password: string }
export type Person = Login & { id: number; name: string; role: Role }

/** Computed once: hashing is slow by design. */
let passwordHash: string | null = null

/** Creates a person by an invitation, as an admin would. */
export async function createPerson(role: Role, name = `A ${role}`): Promise<Person> {
  const { choosePassword, invitePerson } = await import('@/domain/people/inviting')
  const { commandLineActor } = await import('@/domain/user/user')
  const email = `${crypto.randomUUID()}@example.test`
  const invited = await invitePerson(commandLineActor, { email, name, role })
  if (!invited.ok) throw new Error(JSON.stringify(invited.refusal))
  const { id } = invited.value.person
  if (passwordHash === null) {
    const chosen = await choosePassword({ token: invited.value.token, password })
    if (!chosen.ok) throw new Error(JSON.stringify(chosen.refusal))
    const [kept] = await database().select().from(users).where(eq(users.id, id))
    passwordHash = kept?.passwordHash ?? null
  } else await database().update(users).set({ passwordHash }).where(eq(users.id, id))
  return { id, email, password, name, role }
}

/** Signs in by the form. */
export async function signIn(page: Page, person: Login) {
  await page.goto(`${instanceUrl()}/sign-in`)
  await sendSignInForm(page, person)
  await page.waitForURL('**/admin')
}

export async function sendSignInForm(page: Page, { email, password: chosen }: Login) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(chosen)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Clicks "Sign in again" and signs in in the window or tab that opens. */
export async function signInInNewTab(offered: Locator, person: Person): Promise<Page> {
  const [newTab] = await Promise.all([
    offered.page().context().waitForEvent('page'),
    offered.getByRole('link', { name: 'Sign in again' }).click(),
  ])
  await sendSignInForm(newTab, person)
  return newTab
}

export type Visit = { context: BrowserContext; page: Page; person: Person }

const personOfContext = new WeakMap<BrowserContext, Person>()

/** The person signed in on a page. */
export function personAt(page: Page): Person {
  const person = personOfContext.get(page.context())
  if (!person) throw new Error('Nobody is signed in on this page.')
  return person
}

/** A browser context with a session of a new person, and an empty page. */
export async function signedIn(
  browser: Browser,
  role: Role,
  name?: string,
  device?: BrowserContextOptions,
): Promise<Visit> {
  const person = await createPerson(role, name)
  const context = await browser.newContext(device)
  personOfContext.set(context, person)
  await context.addCookies([{ name: SESSION, value: await createSessionToken(person), url: instanceUrl() }])
  return { context, page: await context.newPage(), person }
}

/** Opens the desk of the signed-in person. */
export const openDesk = (page: Page) => page.goto(`${instanceUrl()}/admin`)

const SESSION = 'broadsheet-session'

/** The cookie of a new session. */
export const sessionCookieOf = async (person: Person) => `${SESSION}=${await createSessionToken(person)}`

async function createSessionToken({ id }: Person): Promise<string> {
  const { encode } = await import('next-auth/jwt')
  const sid = crypto.randomUUID()
  const expiresAt = new Date(Date.now() + 60 * 60 * 1000)
  await database().insert(sessions).values({ id: sid, userId: id, expiresAt, address: '127.0.0.1', agent: 'e2e' })
  return encode({ token: { sub: String(id), sid }, secret: process.env.SESSION_SECRET ?? '', maxAge: 3600 })
}
