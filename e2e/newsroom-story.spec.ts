import {
  beginStory,
  beginStoryByForm,
  body,
  button,
  field,
  formError,
  formStatus,
  publishStory,
  saveStory,
  typeInBody,
  uniqueWord,
} from './support/newsroom'
import { instanceUrl } from './support/people'
import { expect, test } from './support/test'

test('a story is written, saved without a reader seeing it, previewed and published as it is on the screen', async ({
  edith: { page, context },
}) => {
  const headline = `Moon ferry sings ${uniqueWord()}`
  const address = await beginStoryByForm(page, headline)
  await expect(page.getByRole('status').filter({ hasText: `Started “${headline}”` })).toBeVisible()
  await field(page, 'Kicker').fill('Harbour')
  await page.getByLabel('Standfirst').fill('One line.\nAnother.')
  await typeInBody(page, 'The ferry sang.')
  await page.keyboard.press('Enter')
  await button(page, 'Subheading').click()
  await page.keyboard.type('A chorus')
  await saveStory(page)
  await expect(page.getByLabel('Where it stands')).toContainText('Readers have not seen it yet.')
  await expect(page.getByLabel('Where it stands')).toContainText('Last saved by Edith at')

  const preview = await context.newPage()
  await preview.goto(`${address}/preview`)
  await expect(preview.getByText('Preview: readers do not see this')).toBeVisible()
  await expect(preview.getByRole('heading', { name: headline })).toBeVisible()
  await expect(preview.getByRole('heading', { name: 'A chorus' })).toBeVisible()

  await button(page, 'Publish').click()
  await expect(formError(page)).toContainText('Before publishing, add: a section.')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await page.getByLabel('Dateline').fill('Lower Quibble')
  await button(page, 'Publish').click()
  await expect(formStatus(page)).toContainText(`Published “${headline}”`)
  await expect(page.getByLabel('Where it stands')).toContainText('Live since')
  await preview.reload()
  await expect(preview.getByText('Preview: readers see this')).toBeVisible()

  await page.getByRole('link', { name: 'View on the portal' }).click()
  await expect(page.getByRole('heading', { name: headline })).toBeVisible()
  await expect(page.getByRole('article').getByText('Lower Quibble')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'A chorus' })).toBeVisible()
})

test('saving changes to a live story changes nothing for readers until they are published', async ({
  edith: { page, context },
}) => {
  const word = uniqueWord()
  const address = await publishStory(page, `First ${word}`)
  await field(page, 'Headline').fill(`Second ${word}`)
  await button(page, 'Save draft').click()
  await expect(page.getByLabel('Where it stands')).toContainText('The draft has changes that readers do not see yet.')
  const reader = await context.newPage()
  await reader.goto(`${instanceUrl()}/headlines`)
  await expect(reader.getByText(`First ${word}`)).toBeVisible()
  await button(page, 'Publish changes').click()
  await expect(formStatus(page)).toContainText(`Published changes to “Second ${word}”`)
  await reader.reload()
  await expect(reader.getByText(`Second ${word}`)).toBeVisible()
  await page.goto(`${address}/history`)
  const lines = page.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem')
  await expect(lines.first()).toContainText(`Published changes to “Second ${word}”.`)
  await expect(lines.nth(1)).toContainText(`the headline was “First ${word}”`)
})

test('all text stays after a refusal and after a success, also what is typed while the response is under way', async ({
  edith: { page },
}) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  const tooLong = 'k'.repeat(61)
  await field(page, 'Kicker').fill(tooLong)
  await page.getByLabel('Standfirst').fill('A standfirst to keep')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await typeInBody(page, 'A body to keep')
  await button(page, 'Save draft').click()
  await expect(formError(page)).toContainText('Everything you typed is still here.')
  await expect(formError(page)).toBeFocused()
  await expect(field(page, 'Kicker')).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page, 'Kicker')).toHaveValue(tooLong)
  await expect(page.getByLabel('Standfirst')).toHaveValue('A standfirst to keep')
  await expect(page.getByLabel('Section').locator('option:checked')).toHaveText('Asia')
  await expect(body(page)).toHaveText('A body to keep')
  await formError(page).getByRole('link', { name: 'The kicker is longer than 60 characters.' }).click()
  await expect(field(page, 'Kicker')).toBeFocused()

  await field(page, 'Kicker').fill('Short')
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/admin/stories/**', async (route) => {
    if (route.request().method() === 'POST') await held
    await route.continue()
  })
  await button(page, 'Save draft').click()
  await page.getByLabel('Dateline').fill('Typed meanwhile')
  await body(page).press('End')
  await page.keyboard.type(', and more')
  release()
  await expect(formStatus(page)).toContainText('(kicker, standfirst, dateline, section, body)')
  await expect(page.getByLabel('Dateline')).toHaveValue('Typed meanwhile')
  await expect(field(page, 'Kicker')).toHaveValue('Short')
  await expect(body(page)).toHaveText('A body to keep, and more')
  await page.reload()
  await expect(body(page)).toHaveText('A body to keep, and more')
})

test('another form on the page never makes a later save overwrite what others wrote meanwhile', async ({
  edith,
  otto,
}) => {
  const address = await publishStory(edith.page, `Kite ${uniqueWord()}`)
  await otto.page.goto(address)
  await field(otto.page, 'Dateline').fill('His')
  await saveStory(otto.page, '(dateline)')
  const { page } = edith
  await page.getByText('Withdraw this story…').click()
  await page.getByLabel('Reason').fill('It flew away')
  await button(page, 'Withdraw now').click()
  await expect(page.getByRole('status').filter({ hasText: 'Withdrew' })).toBeVisible()
  await field(page, 'Kicker').fill('Hers')
  await saveStory(page, '(kicker)')
  await page.reload()
  await expect(field(page, 'Dateline')).toHaveValue('His')
  await expect(field(page, 'Kicker')).toHaveValue('Hers')
})

test('a story is withdrawn only with a reason, is gone for readers at once, and can come back', async ({
  edith: { page, context },
}) => {
  await publishStory(page, `Kite ${uniqueWord()}`)
  const portal = await page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')
  // What the stage does not allow has no link.
  for (const name of ['Send back', 'Out of the schedule', 'Lift the embargo'])
    await expect(page.getByRole('form', { name, exact: true })).toHaveCount(0)
  await page.getByText('Withdraw this story…').click()
  await button(page, 'Withdraw now').click()
  await expect(page.getByLabel('About this story').getByRole('alert')).toContainText('Say why')
  await page.getByLabel('Reason').fill('The kite never rose.')
  await button(page, 'Withdraw now').click()
  await expect(page.getByLabel('Where it stands')).toContainText('because: The kite never rose.')
  await expect(page.getByRole('form', { name: 'Withdraw', exact: true })).toBeFocused()
  const reader = await context.newPage()
  expect((await reader.goto(`${instanceUrl()}${portal}`))?.status()).toBe(410)
  await button(page, 'Publish again').click()
  await expect(page.getByLabel('Where it stands')).toContainText('Live since')
  expect((await reader.goto(`${instanceUrl()}${portal}`))?.status()).toBe(200)
})

test('a page opened before a withdrawal does not publish the story again; what was typed stays, and its button names what it does now', async ({
  edith,
  otto,
}) => {
  const address = await publishStory(edith.page, `Kite ${uniqueWord()}`)
  await otto.page.goto(address)
  await otto.page.getByText('Withdraw this story…').click()
  await otto.page.getByLabel('Reason').fill('The kite never rose.')
  await button(otto.page, 'Withdraw now').click()
  await expect(otto.page.getByLabel('Where it stands')).toContainText('because: The kite never rose.')
  await field(edith.page, 'Kicker').fill('Sea')
  await button(edith.page, 'Publish changes').click()
  await expect(formError(edith.page)).toContainText('withdrawn meanwhile')
  await expect(edith.page.getByLabel('Where it stands')).toContainText('because: The kite never rose.')
  await expect(field(edith.page, 'Kicker')).toHaveValue('Sea')
  await button(edith.page, 'Publish again').click()
  await expect(edith.page.getByLabel('Where it stands')).toContainText('Live since')
})
