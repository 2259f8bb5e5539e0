import { expect, test } from '@playwright/test'
import { expectGoodAtEveryWidth } from './support/accessibility'
import { uniqueWord, formStatus, beginStory, body, button, field, publishStory } from './support/newsroom'
import { instanceUrl, signedIn } from './support/people'

test('an admin opens and renames a section; an address that is taken is refused and nothing typed is lost', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'admin')
  const word = uniqueWord()
  await page.goto(`${instanceUrl()}/admin/sections`)
  const open = page.getByRole('form', { name: 'Open a section' })
  await open.getByLabel('Name').fill(`Harbour ${word}`)
  await open.getByLabel('Address').fill('admin')
  await button(page, 'Open section').click()
  await expect(open.getByRole('alert')).toContainText('The address /admin is taken. Choose another.')
  await expect(open.getByLabel('Name')).toHaveValue(`Harbour ${word}`)
  await open.getByLabel('Address').fill('')
  await button(page, 'Open section').click()
  await expect(open.getByRole('status')).toContainText(`Opened the section Harbour ${word}.`)
  const row = page.getByRole('listitem').filter({ hasText: `Harbour ${word}` })
  await row.getByText('Rename').first().click()
  await row.getByLabel('Name').fill(`Quay ${word}`)
  await row.getByLabel('Address').fill(`quay-${word}`)
  await row.getByRole('button', { name: 'Rename section' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Renamed the section' })).toBeVisible()
  const former = await page.request.get(`${instanceUrl()}/harbour-${word}`, { maxRedirects: 0 })
  expect([former.status(), former.headers().location]).toEqual([301, `/quay-${word}`])
  await open.getByLabel('Name').fill(`Harbour ${word}`)
  await button(page, 'Open section').click()
  await expect(open.getByRole('alert')).toContainText(`led to Quay ${word} before`)
  await open.getByLabel('Also if it led to another').check()
  await button(page, 'Open section').click()
  await expect(open.getByRole('status')).toContainText(`Opened the section Harbour ${word}.`)
  expect((await page.request.get(`${instanceUrl()}/harbour-${word}`, { maxRedirects: 0 })).status()).toBe(200)
  await context.close()
})

test('a missing story and another’s look the same: a page that says so, with 404', async ({ browser }) => {
  const [rae, edith] = [await signedIn(browser, 'reporter', 'Rae'), await signedIn(browser, 'editor', 'Edith')]
  const hidden = new URL(await beginStory(edith.page, `Kite ${uniqueWord()}`)).pathname
  const addresses = [hidden, `${hidden}/preview`, `${hidden}/history`, '/admin/history', '/admin/front-page']
  const nowhere = ['/admin/stories/999999999', '/admin/stories/17x', '/admin/sections', '/admin/no/such/room']
  for (const address of [...addresses, ...nowhere]) {
    expect((await rae.page.goto(`${instanceUrl()}${address}`))?.status(), address).toBe(404)
    await expect(rae.page.getByRole('heading', { name: 'There is nothing here for you' })).toBeVisible()
  }
  await Promise.all([rae.context.close(), edith.context.close()])
})

test('a reporter writes their own story and finds no button that publishes or withdraws', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${uniqueWord()}`)
  await expect(button(page, 'Save draft')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Publish/u })).toHaveCount(0)
  await expect(page.getByText('Withdraw')).toHaveCount(0)
  await context.close()
})

test('a live story of somebody else is shown to a reporter as readers see it, not as its draft', async ({
  browser,
}) => {
  const [rae, edith] = [await signedIn(browser, 'reporter', 'Rae'), await signedIn(browser, 'editor', 'Edith')]
  const word = uniqueWord()
  const address = await publishStory(edith.page, `Shown ${word}`)
  await field(edith.page, 'Headline').fill(`Secret ${word}`)
  await button(edith.page, 'Save draft').click()
  await expect(formStatus(edith.page)).toContainText('Saved a draft')
  await rae.page.goto(address)
  await expect(rae.page.getByRole('heading', { name: `Shown ${word}` })).toBeVisible()
  await expect(rae.page.getByText(`Secret ${word}`)).toHaveCount(0)
  expect(await rae.page.content()).not.toContain(`Secret ${word}`)
  await Promise.all([rae.context.close(), edith.context.close()])
})

test('every newsroom page is accessible and never wider than its window: phone, tablet and desktop, light and dark', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { page, context } = await signedIn(browser, 'admin')
  const story = new URL(await publishStory(page, `${'A kite over the long harbour '.repeat(6)}${uniqueWord()}`))
    .pathname
  // Tall enough for a whole page: what a sticky bar covers at one scroll position is free at another.
  await expectGoodAtEveryWidth(page, { height: 3000 })
  const pages = [story, `${story}/history`, `${story}/preview`, '/admin/stories/new', '/admin/front-page']
  for (const address of [...pages, '/admin/sections', '/admin/history', '/admin/no/such/room']) {
    await page.goto(`${instanceUrl()}${address}`)
    await expect(page.getByRole('main')).toBeVisible()
    await expectGoodAtEveryWidth(page, { height: 3000 })
  }
  await context.close()
})

test('the keyboard alone is enough: skip link, headline, body, save', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${uniqueWord()}`)
  await expect(body(page)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(field(page, 'Kicker')).toBeFocused()
  await page.keyboard.type('By hand')
  const isBody = () => body(page).evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 20 && !(await isBody()); presses += 1) await page.keyboard.press('Tab')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('Typed by keys')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Section')).toBeFocused()
  await page.keyboard.press('Control+s')
  await expect(formStatus(page)).toContainText('(kicker, body)')
  await context.close()
})
