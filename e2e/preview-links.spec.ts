import { expectAccessible } from './support/accessibility'
import { beginStory, button, field, uniqueWord } from './support/newsroom'
import { expect, test } from './support/test'

test('somebody without a login reads a draft by its link, until the link is taken back', async ({
  browser,
  rae: { page },
}) => {
  const word = uniqueWord()
  const address = await beginStory(page, `Secret ferry ${word}`)
  await page.getByRole('link', { name: 'Outside eyes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Outside eyes' })).toBeVisible()
  await field(page, 'For whom').fill(`Counsel ${word}`)
  await page.getByLabel('Works for').selectOption({ label: '7 days' })
  await button(page, 'Make a link').click()
  const link = (await page.locator('code').textContent()) ?? ''
  expect(link).toMatch(/\/preview\/[\w-]{43}$/u)
  await expectAccessible(page)

  const outside = await browser.newContext()
  const counsel = await outside.newPage()
  const shown = await counsel.goto(link)
  expect(shown?.status()).toBe(200)
  expect(shown?.headers()).toMatchObject({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
  })
  await expect(counsel.getByRole('complementary', { name: 'Preview' })).toContainText(
    `Preview for Counsel ${word}, not published: the latest draft.`,
  )
  await expect(counsel.getByRole('heading', { level: 1 })).toHaveText(`Secret ferry ${word}`)
  await expectAccessible(counsel)
  expect(await outside.cookies()).toEqual([])

  await page.goto(`${address}/preview-links`)
  await expect(page.getByText(/^Opened once/u)).toBeVisible()
  await page.getByRole('button', { name: `Take back the link for Counsel ${word}` }).click()
  await expect(page.getByText('taken back', { exact: true })).toBeVisible()
  const gone = await counsel.goto(link)
  expect(gone?.status()).toBe(404)
  await expect(counsel.getByRole('heading', { level: 1 })).toHaveText('This preview cannot be shown')
  await expectAccessible(counsel)
  // A revoked link and one that never existed have the same response.
  const never = await counsel.goto(link.replace(/.{43}$/u, 'x'.repeat(43)))
  expect(never?.status()).toBe(404)
  await expect(counsel.getByRole('main')).toContainText(
    'The link has expired, was taken back, or was not copied whole.',
  )
})
