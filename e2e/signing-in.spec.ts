import { takeAttempt } from '@/domain/people/throttling'
import { expectAccessible } from './support/accessibility'
import {
  adminEmail,
  adminPassword,
  createPerson,
  instanceUrl,
  openDesk,
  sendSignInForm,
  signIn,
  type Person,
} from './support/people'
import { expect, test, type Page } from './support/test'

test('a signed-out visitor is asked to sign in, and arrives at the requested page', async ({ page }) => {
  const person = await createPerson('editor')
  await page.goto(`${instanceUrl()}/admin/history`)
  await expect(page).toHaveURL(/\/sign-in\?next=/u)
  await expectAccessible(page)
  await sendSignInForm(page, person)
  await expect(page).toHaveURL(`${instanceUrl()}/admin/history`)
})

test('a wrong password is refused, the address stays typed, and after five attempts one is asked to wait', async ({
  page,
}) => {
  const person = await createPerson('reporter')
  await page.goto(`${instanceUrl()}/sign-in`)
  await page.getByLabel('E-mail').fill(person.email)
  const problem = page.getByRole('form', { name: 'Sign in' }).getByRole('alert')
  for (let tries = 1; tries <= 6; tries += 1) {
    await page.getByLabel('Password').fill('not my password at all')
    // The message of the last attempt is still shown until the response is there.
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await answered
    await expect(problem).toContainText(tries <= 5 ? 'is not right' : 'Too many tries. Wait')
    await expect(page.getByLabel('E-mail')).toHaveValue(person.email)
  }
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(problem).toContainText('Too many tries')
})

/** Where a browser ends that signs in rightly with this `next`; null: it stays on the sign-in page. */
async function signInFor(page: Page, person: Person, query: string, typed?: string): Promise<URL> {
  await page.context().clearCookies()
  await page.goto(`${instanceUrl()}/sign-in?${query}`)
  if (typed !== undefined)
    await page.locator('input[name=next]').evaluate((field, value) => field.setAttribute('value', value), typed)
  await sendSignInForm(page, person)
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  return new URL(page.url())
}

test('signing in never redirects to another site, and never fails for an odd address', async ({ page }) => {
  const person = await createPerson('reporter')
  const desk = `${instanceUrl()}/admin`
  // Whatever is no address of this site leads to the desk; more of them are in lib/own-address.test.ts.
  const elsewhere = [
    '//evil.test', '/\\evil.test', 'https://evil.test', '/.//evil.test', '/a/..//evil.test', '/%2e%2e//evil.test', '/%09/evil.test',
    '/\t/evil.test', '/\0/evil.test', 'javascript:alert(1)',
  ] // prettier-ignore
  for (const next of elsewhere)
    expect((await signInFor(page, person, `next=${encodeURIComponent(next)}`)).href).toBe(desk)
  expect((await signInFor(page, person, 'next=/admin/schedule&next=//evil.test')).href).toBe(desk)
  expect((await signInFor(page, person, '', `/admin/${'a'.repeat(8192)}`)).href).toBe(desk)
  const japanese = await signInFor(page, person, `next=${encodeURIComponent('/search?q=東京')}`)
  expect(japanese.href).toBe(`${instanceUrl()}/search?q=%E6%9D%B1%E4%BA%AC`)
})

test('next-auth signs out for good, goes on only within this site, and has no other addresses', async ({ rae }) => {
  const { request } = rae.context
  const post = async (callbackUrl?: string) => {
    const { csrfToken } = (await (await request.get(`${instanceUrl()}/api/auth/csrf`)).json()) as { csrfToken: string }
    const form = { csrfToken, json: 'true', ...(callbackUrl !== undefined && { callbackUrl }) }
    return request.post(`${instanceUrl()}/api/auth/signout`, { form, headers: { 'sec-fetch-site': 'same-origin' } })
  }
  const stolen = (await rae.context.cookies()).filter(({ name }) => name === 'broadsheet-session')
  expect(await (await request.get(`${instanceUrl()}/admin`)).text()).toContain('Desk')
  expect((await post()).status()).toBe(200)
  await rae.context.addCookies(stolen)
  expect((await request.get(`${instanceUrl()}/admin`)).url()).toContain('/sign-in')

  for (const odd of ['\\\\evil.test', '/.//evil.test', 'https://evil.test', '%', 'admin', '', '/東京', 'blob:http://x/1']) {
    const answer = await post(odd)
    expect([odd, answer.status()]).toEqual([odd, 200])
    expect(((await answer.json()) as { url: string }).url).toMatch(new RegExp(`^${instanceUrl()}(?:/|$)(?!/)`, 'u'))
    const csrf = await request.get(`${instanceUrl()}/api/auth/csrf?callbackUrl=${encodeURIComponent(odd)}`)
    expect([odd, csrf.status()]).toEqual([odd, 200])
    const cookie = `next-auth.callback-url=${encodeURIComponent(odd)}; broadsheet-callback=${encodeURIComponent(odd)}`
    expect((await request.get(`${instanceUrl()}/api/auth/csrf`, { headers: { cookie } })).status()).toBe(200)
  }
  const own = { 'sec-fetch-site': 'same-origin' }
  for (const path of ['session', 'providers', 'signin', 'signout', 'error', 'verify-request', '_log', 'callback/email', 'x'])
    expect([path, (await request.get(`${instanceUrl()}/api/auth/${path}`)).status()]).toEqual([path, 404])
  for (const path of ['session', 'signin', 'signin/credentials', '_log', 'callback/email', 'callback', 'csrf'])
    expect([path, (await request.post(`${instanceUrl()}/api/auth/${path}`, { headers: own })).status()]).toEqual([path, 404])
  for (const data of ['{', '[]', 'null', '{"csrfToken":{}}', '{"__proto__":1}']) {
    const headers = { ...own, 'content-type': 'application/json' }
    // Playwright would write a text that is no JSON as a JSON string.
    const sent = { data: Buffer.from(data), headers, maxRedirects: 0 }
    const answer = await request.post(`${instanceUrl()}/api/auth/callback/credentials`, sent)
    expect([data, answer.status()]).toEqual([data, data === '{' ? 400 : 302])
  }
}) // prettier-ignore

test('whoever signed in on this device before comes in while strangers guess', async ({ page }) => {
  const person = await createPerson('editor')
  await signIn(page, person)
  await page.getByRole('button', { name: 'Sign out' }).click()
  for (let at = 0; at < 20; at += 1)
    await takeAttempt({ kind: 'network', account: person.email, network: `192.0.2.${at}` })
  await signIn(page, person)
  await page.context().clearCookies()
  await page.goto(`${instanceUrl()}/sign-in`)
  await sendSignInForm(page, person)
  await expect(page.getByRole('form', { name: 'Sign in' }).getByRole('alert')).toContainText('Too many tries. Wait 15')
})

test('signing out ends the session of a copied cookie, too', async ({ browser, rae: { context, page } }) => {
  await openDesk(page)
  const stolen = await browser.newContext({ storageState: await context.storageState() })
  const thief = await stolen.newPage()
  await thief.goto(`${instanceUrl()}/admin`)
  await expect(thief.getByRole('heading', { name: 'Desk' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/u)
  await thief.goto(`${instanceUrl()}/admin`)
  await expect(thief).toHaveURL(/\/sign-in/u)
})

test('an admin invites somebody, who chooses a password once; disabling them closes the newsroom at their next click', async ({
  browser,
  page,
}) => {
  await signIn(page, { email: adminEmail, password: adminPassword })
  await page.getByRole('link', { name: 'People' }).click()
  await expectAccessible(page)
  const email = `${crypto.randomUUID()}@example.test`
  const invite = page.getByRole('form', { name: 'Invite somebody' })
  await invite.getByLabel('Name').fill('Quill Quibble')
  await invite.getByLabel('E-mail').fill(email)
  await invite.getByLabel('Role').selectOption('editor')
  await invite.getByRole('button', { name: 'Invite' }).click()
  const link = (await page.locator('.one-time-link').textContent()) ?? ''
  expect(link).toContain('/welcome/')

  const context = await browser.newContext()
  const theirs = await context.newPage()
  await theirs.goto(link)
  await expectAccessible(theirs)
  await theirs.getByRole('textbox', { name: 'New password' }).fill('short')
  await theirs.getByRole('button', { name: 'Keep this password' }).click()
  await expect(theirs.getByRole('form').getByRole('alert')).toContainText('at least 12 characters')
  await theirs.getByRole('textbox', { name: 'New password' }).fill('three moons over mumbleby')
  await theirs.getByRole('button', { name: 'Keep this password' }).click()
  await theirs.waitForURL('**/sign-in')
  expect((await theirs.goto(link))?.status()).toBe(404)
  await signIn(theirs, { email, password: 'three moons over mumbleby' })

  await page.getByRole('article', { name: 'Quill Quibble' }).getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('Closed the newsroom to Quill Quibble.')).toBeVisible()
  await theirs.goto(`${instanceUrl()}/admin`)
  await expect(theirs).toHaveURL(/\/sign-in/u)
})
