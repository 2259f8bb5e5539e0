import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { Role } from '@/domain/user/user'

/** The first admin of the tests' newspaper. */
export const adminEmail = 'ada@example.test'
export const adminPassword = 'a lamp for the harbour'

/** What everybody else in the tests chose. */
const password = 'seven spoons in a drawer'

/** Where people work in the tests. */
export const newspaper = () => process.env.NEWSPAPER ?? ''

/** A newspaper in which nobody works: it is as the document made it. */
export const firstEdition = () => process.env.FIRST_EDITION ?? ''

export type Person = { email: string; password: string; name: string; role: Role }

/** Somebody new in the newsroom, by the same invitation that an admin would make. */
export async function aPerson(role: Role, name = `A ${role}`): Promise<Person> {
  const { choosePassword, invitePerson } = await import('@/domain/user/inviting')
  const { commandLineActor } = await import('@/domain/user/user')
  const email = `${crypto.randomUUID()}@example.test`
  const invited = await invitePerson(commandLineActor, { email, name, role })
  if (!invited.ok) throw new Error(JSON.stringify(invited.refusal))
  const chosen = await choosePassword({ token: invited.value.token, password })
  if (!chosen.ok) throw new Error(JSON.stringify(chosen.refusal))
  return { email, password, name, role }
}

/** Signs in as people do: by the form. */
export async function signIn(page: Page, { email, password: chosen }: { email: string; password: string }) {
  await page.goto(`${newspaper()}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(chosen)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/admin')
}

/** A browser of their own for somebody who is signed in. */
export async function signedIn(
  browser: Browser,
  role: Role,
  name?: string,
): Promise<{ context: BrowserContext; page: Page; person: Person }> {
  const person = await aPerson(role, name)
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, person)
  return { context, page, person }
}
