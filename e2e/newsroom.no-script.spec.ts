import { bodyFromParagraphs } from '@/domain/body/body-parser'
import { saveDraft } from '@/domain/story/drafting'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { beginStory, beginStoryByForm, button, field, headlineForm, uniqueWord } from './support/newsroom'
import { instanceUrl, openDesk, signIn } from './support/people'
import { valueOf } from './support/rights/fixture'
import { expect, test } from './support/test'

test.use({ javaScriptEnabled: false })

/** Gives a new story a body by an operation: writing it needs script. */
async function addBody(storyId: number, headline: string) {
  const body = JSON.stringify(bodyFromParagraphs(['It sang over the harbour.']))
  valueOf(await saveDraft(commandLineActor, { storyId, seenVersion: 1, headline, sectionId: '', body }))
}

test('a headline is published from one line; refused, it is returned', async ({ edith: { page } }) => {
  await openDesk(page)
  const headline = `Kite ${uniqueWord()}`
  const form = headlineForm(page)
  await form.getByLabel('New headline').fill(headline)
  await form.getByRole('button', { name: 'Publish' }).click()
  await expect(form.getByRole('alert')).toContainText('Before publishing, add: a section.')
  await expect(form.getByLabel('New headline')).toHaveValue(headline)
  await form.getByLabel('Section').selectOption({ label: 'Asia' })
  await form.getByRole('button', { name: 'Publish' }).click()
  await expect(form.getByRole('status')).toContainText(`Published “${headline}”`)
  await expect(form.getByLabel('New headline')).toHaveValue('')
  const row = page.locator('.desk-row').filter({ hasText: headline })
  await row.getByText('Edit headline').click()
  await row.getByLabel('Headline', { exact: true }).fill('')
  await row.getByRole('button', { name: 'Publish headline' }).click()
  await expect(row.getByRole('alert')).toContainText('A headline needs words.')
  // A message belongs to its own form.
  await expect(page.getByRole('alert')).toHaveCount(1)
})

test('a browser that sends the form again, because no response came, creates no second headline', async ({
  edith: { page },
}) => {
  await openDesk(page)
  const headline = `Kite ${uniqueWord()}`
  const form = headlineForm(page)
  await form.getByLabel('New headline').fill(headline)
  await form.getByLabel('Section').selectOption({ label: 'Asia' })
  const sending = page.waitForRequest((request) => request.method() === 'POST')
  await form.getByRole('button', { name: 'Publish' }).click()
  const sent = await sending
  await expect(form.getByRole('status')).toContainText(`Published “${headline}”`)
  const again = await page.request.fetch(sent.url(), {
    method: 'POST',
    headers: await sent.allHeaders(),
    data: sent.postDataBuffer() ?? '',
  })
  expect(again.status()).toBe(200)
  expect(await again.text()).toContain('Nothing had changed')
  await page.goto(`${instanceUrl()}${routes.admin.desk}`)
  await expect(page.locator('.desk-row').filter({ hasText: headline })).toHaveCount(1)
})

test('everything but the body can be written; the body is shown and stays as it is', async ({ edith: { page } }) => {
  const word = uniqueWord()
  const address = await beginStoryByForm(page, `Kite ${word}`)
  await expect(page.getByRole('status').filter({ hasText: `Started “Kite ${word}”` })).toBeVisible()
  await addBody(Number(address.split('/').at(-1)), `Kite ${word}`)
  await page.goto(address)
  // Chromium with script switched off by a test does not always open <noscript>; a browser without script does.
  expect(await page.content()).toContain('Changing the body needs JavaScript')
  expect(await page.content()).toContain('It sang over the harbour.</p>')
  await field(page, 'Kicker').fill('k'.repeat(61))
  await page.getByLabel('Dateline').fill('Lower Quibble')
  await button(page, 'Save draft').click()
  await expect(page.getByRole('alert')).toContainText('The kicker is longer than 60 characters.')
  await expect(field(page, 'Kicker')).toHaveValue('k'.repeat(61))
  await expect(page.getByLabel('Dateline')).toHaveValue('Lower Quibble')
  await field(page, 'Kicker').fill('Harbour')
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(page.getByRole('status').filter({ hasText: `Published “Kite ${word}”` })).toBeVisible()
  await page.getByRole('link', { name: 'View on the portal' }).click()
  await expect(page.getByText('It sang over the harbour.')).toBeVisible()
})

test('authors and topics are written in a line each, link to their pages, and redirect from former addresses', async ({
  edith: { page },
}) => {
  const word = uniqueWord()
  const address = await beginStory(page, `Kite ${word}`)
  await addBody(Number(address.split('/').at(-1)), `Kite ${word}`)
  await page.goto(address)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await page.getByLabel('Authors', { exact: true }).fill(`Wren ${word}; Salt ${'x'.repeat(100)}`)
  await button(page, 'Publish').click()
  await expect(page.getByRole('alert')).toContainText('longer than 100 characters')
  await expect(page.getByLabel('Authors', { exact: true })).toHaveValue(new RegExp(`^Wren ${word}; Salt x+$`, 'u'))
  await page.getByLabel('Authors', { exact: true }).fill(`Wren ${word}; Salt Library`)
  await page.getByLabel('Topics', { exact: true }).fill(`Salt ${word}`)
  await button(page, 'Publish').click()
  await expect(page.getByRole('status').filter({ hasText: `Added the author Wren ${word}.` })).toBeVisible()
  await page.getByRole('link', { name: 'View on the portal' }).click()
  await expect(page.getByText(`By Wren ${word} and Salt Library`)).toBeVisible()
  await expect(page.getByRole('link', { name: `Salt ${word}` })).toHaveAttribute('href', `/topics/salt-${word}`)
  await page.getByRole('link', { name: `Wren ${word}` }).click()
  await expect(
    page.getByRole('list', { name: `Wren ${word}` }).getByRole('link', { name: `Kite ${word}` }),
  ).toBeVisible()

  await page.goto(`${instanceUrl()}${routes.admin.authors}`)
  const row = page.getByRole('listitem').filter({ hasText: `Wren ${word}` })
  await row.getByText(`Rename Wren ${word}`).click()
  await row.getByRole('textbox', { name: 'Name' }).fill(`Lark ${word}`)
  await row.getByRole('button', { name: 'Rename author' }).click()
  await expect(page.getByRole('status').filter({ hasText: `Renamed the author Wren ${word}` })).toBeVisible()
  const former = await page.request.get(`${instanceUrl()}/authors/wren-${word}/feed.json`, { maxRedirects: 0 })
  expect([former.status(), former.headers().location]).toEqual([301, `/authors/lark-${word}/feed.json`])
  const feed = await page.request.get(`${instanceUrl()}/authors/lark-${word}/atom.xml`)
  expect(await feed.text()).toContain(`<name>Lark ${word}</name>`)
  await page.goto(`${instanceUrl()}/authors/wren-${word}`)
  await expect(page).toHaveURL(`${instanceUrl()}/authors/lark-${word}`)
  await page.getByRole('link', { name: `Kite ${word}` }).click()
  await expect(page.getByText(`By Lark ${word} and Salt Library`)).toBeVisible()
})

test('the second of two editors sees both texts, and the next save goes through', async ({ edith, otto }) => {
  const address = await beginStory(edith.page, `Kite ${uniqueWord()}`)
  await otto.page.goto(address)
  await field(otto.page, 'Kicker').fill('His')
  await button(otto.page, 'Save draft').click()
  await expect(otto.page.getByRole('status').filter({ hasText: 'Saved a draft' })).toBeVisible()
  await field(edith.page, 'Kicker').fill('Hers')
  await button(edith.page, 'Save draft').click()
  await expect(edith.page.getByRole('alert')).toContainText('Otto saved this story after you opened it')
  await expect(field(edith.page, 'Kicker')).toHaveValue('Hers')
  await expect(edith.page.getByText('Otto wrote: His')).toBeVisible()
  await button(edith.page, 'Save draft').click()
  await expect(edith.page.getByRole('status').filter({ hasText: '(kicker)' })).toBeVisible()
})

test('a signed-out writer gets all text back', async ({ rae: { page, context, person } }) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await field(page, 'Kicker').fill('Still here')
  await context.clearCookies()
  await button(page, 'Save draft').click()
  await expect(page.getByText('You were signed out.')).toBeVisible()
  await expect(field(page, 'Kicker')).toHaveValue('Still here')
  const tab = await context.newPage()
  await signIn(tab, person)
  await button(page, 'Save draft').click()
  await expect(page.getByRole('status').filter({ hasText: '(kicker)' })).toBeVisible()
})
