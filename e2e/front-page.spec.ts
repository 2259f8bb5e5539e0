import { button, publishHeadline, publishStory, uniqueWord } from './support/newsroom'
import { instanceUrl, openDesk } from './support/people'
import { expect, test, type Page } from './support/test'

// There is one front page, so every test that arranges it is in this file, one after the other.

const orderOn = (page: Page) => page.locator('.arranging .headline-text').allInnerTexts()

test('an editor sets the lead and moves headlines with the keyboard; readers see that order', async ({
  edith: { page },
}) => {
  const word = uniqueWord()
  for (const headline of [`One ${word}`, `Two ${word}`]) await publishStory(page, headline)
  await page.goto(`${instanceUrl()}/admin/front-page`)
  await button(page, `Make it the lead: One ${word}`).click()
  await expect(page.getByRole('status').filter({ hasText: `Made “One ${word}” the lead story.` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Lead story' })).toContainText(`One ${word}`)
  // Other tests publish meanwhile, and new stories are above both.
  const before = await orderOn(page)
  const below = before[before.indexOf(`Two ${word}`) + 1] ?? ''
  const isAbove = async () => {
    const now = await orderOn(page)
    return now.indexOf(`Two ${word}`) < now.indexOf(below)
  }
  expect(await isAbove()).toBe(true)

  const down = button(page, `Move down: Two ${word}`)
  await down.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'new order' })).toBeVisible()
  expect(await isAbove()).toBe(false)
  await expect(down).toBeFocused()
  await button(page, `Move to the top: Two ${word}`).click()
  await expect.poll(isAbove).toBe(true)
  // Other tests publish and withdraw between the two pages: then both are read again.
  await expect(async () => {
    await page.goto(`${instanceUrl()}/admin/front-page`)
    const shown = await orderOn(page)
    await page.goto(instanceUrl())
    await expect(page.getByRole('main').getByText(`One ${word}`).first()).toBeVisible({ timeout: 1000 })
    const read = await page.getByRole('main').innerText()
    const places = shown.slice(0, 5).map((headline) => read.indexOf(headline))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  }).toPass({ timeout: 20_000 })
  await page.goto(`${instanceUrl()}/admin/front-page`)
  await button(page, 'Let the newest story lead').click()
  await expect(page.getByRole('region', { name: 'Lead story' })).toContainText('leads by itself')
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('headlines are moved, a lead is set and a story withdrawn', async ({ edith: { page } }) => {
    await openDesk(page)
    const word = uniqueWord()
    for (const headline of [`One ${word}`, `Two ${word}`]) await publishHeadline(page, headline)
    await page.goto(`${instanceUrl()}/admin/front-page`)
    await button(page, `Move to the top: One ${word}`).click()
    await expect(page.getByRole('status').filter({ hasText: 'new order' })).toBeVisible()
    const order = await orderOn(page)
    expect(order.indexOf(`One ${word}`)).toBeLessThan(order.indexOf(`Two ${word}`))
    await button(page, `Make it the lead: Two ${word}`).click()
    await expect(page.getByRole('region', { name: 'Lead story' })).toContainText(`Two ${word}`)
    await page.getByRole('link', { name: `Two ${word}` }).click()
    await page.getByText('Withdraw this story…').click()
    await page.getByLabel('Reason').fill('It flew away')
    await button(page, 'Withdraw now').click()
    await expect(page.getByLabel('Where it stands')).toContainText('because: It flew away')
  })
})
