import { expectGoodAtEveryWidth } from './support/accessibility'
import { beginStory, body, button, field, formStatus, publishStory, uniqueWord } from './support/newsroom'
import { instanceUrl } from './support/people'
import { expect, test } from './support/test'

test('an admin opens and renames a section; an address that is taken is refused and nothing typed is lost', async ({
  ada: { page },
}) => {
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
})

test('every newsroom page is accessible and never wider than its window: phone, tablet and desktop, light and dark', async ({
  ada: { page },
}) => {
  test.setTimeout(180_000)
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
})

test('the keyboard alone is enough: skip link, headline, body, save', async ({ rae: { page } }) => {
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
  for (let presses = 0; presses < 30 && !(await isBody()); presses += 1) await page.keyboard.press('Tab')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('Typed by keys')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Section')).toBeFocused()
  await page.keyboard.press('Control+s')
  await expect(formStatus(page)).toContainText('(kicker, body)')
})
