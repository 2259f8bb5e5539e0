import { beginStory, button, uniqueWord } from './support/newsroom'
import { instanceUrl } from './support/people'
import { expect, test } from './support/test'

test.use({ javaScriptEnabled: false })

test('a story is handed in, sent back, taken, handed in again and marked ready by plain forms; a late note is returned', async ({
  rae,
  edith,
}) => {
  const message = (page: typeof rae.page, text: string) => page.getByRole('status').filter({ hasText: text })
  const headline = `Moon ferry returns ${uniqueWord()}`
  const address = await beginStory(rae.page, headline)
  await button(rae.page, 'Take it').click()
  await expect(message(rae.page, 'to Rae')).toBeVisible()
  await rae.page.getByLabel('Note for the editor').fill('Checked')
  await button(rae.page, 'Hand in for review').click()
  await expect(message(rae.page, 'for review')).toBeVisible()
  const late = await edith.context.newPage()
  await Promise.all([edith.page.goto(address), late.goto(address)])
  await edith.page.getByText('Send back with a note…').click()
  await edith.page.getByLabel('What is to be done').fill('Which ferry?')
  await button(edith.page, 'Send back').click()
  await expect(message(edith.page, 'to Rae: Which ferry?')).toBeVisible()
  await late.getByText('Send back with a note…').click()
  await late.getByLabel('What is to be done').fill('And which harbour?')
  await button(late, 'Send back').click()
  await expect(late.getByRole('alert')).toContainText('it is “Being written”')
  await expect(late.getByLabel('What is to be done')).toHaveValue('And which harbour?')
  await rae.page.goto(`${instanceUrl()}/admin?list=needs-me`)
  await rae.page.getByRole('link', { name: headline, exact: true }).click()
  await expect(rae.page.getByRole('group', { name: 'Sent back with a note' })).toContainText('Which ferry?')
  await button(rae.page, 'Hand in for review').click()
  await expect(message(rae.page, 'for review')).toBeVisible()
  await edith.page.goto(address)
  await button(edith.page, 'Mark as ready').click()
  await expect(message(edith.page, 'as ready')).toBeVisible()
})

test('somebody signed out meanwhile sees what they had typed beside a story, and no empty story form', async ({
  edith: { context, page },
}) => {
  const address = await beginStory(page, `Moon ferry sinks ${uniqueWord()}`)
  const cookies = await context.cookies()
  const expectReturned = async (...text: string[]) => {
    await expect(page.getByRole('heading', { level: 1, name: 'You were signed out' })).toBeVisible()
    for (const typed of text) await expect(page.getByText(typed, { exact: true })).toBeVisible()
    await expect(page.getByRole('form')).toHaveCount(0)
    await context.addCookies(cookies)
  }

  await page.getByText('Put it under an embargo…').click()
  await page.getByLabel('Embargoed until').fill('2097-03-28T03:30')
  await page.getByLabel('Whose embargo').fill('The lighthouse keeper’s')
  await context.clearCookies()
  await button(page, 'Set the embargo').click()
  await expectReturned('2097-03-28T03:30', 'The lighthouse keeper’s')

  await page.goto(`${address}/preview-links`)
  await page.getByLabel('For whom').fill('The lawyer of the lighthouse')
  await context.clearCookies()
  await button(page, 'Make a link').click()
  await expectReturned('The lawyer of the lighthouse')
})
