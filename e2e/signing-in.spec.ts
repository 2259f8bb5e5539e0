import { expectAccessible } from './support/accessibility'
import {
  adminEmail,
  adminPassword,
  createPerson,
  instanceUrl,
  openDesk,
  sendSignInForm,
  signIn,
} from './support/people'
import { expect, test } from './support/test'

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

test('signing in never redirects to another site', async ({ page }) => {
  const person = await createPerson('reporter')
  for (const next of ['//evil.test', '/\\evil.test', 'https://evil.test', '/%09/evil.test']) {
    await page.goto(`${instanceUrl()}/sign-in?next=${encodeURIComponent(next)}`)
    await sendSignInForm(page, person)
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    expect(new URL(page.url()).origin).toBe(instanceUrl())
    await page.context().clearCookies()
  }
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
