import { expectAccessible } from './support/accessibility'
import { body, button, field, formStatus, publishStory, saveStory, syncStatus, uniqueWord } from './support/newsroom'
import { instanceUrl } from './support/people'
import { expect, test } from './support/test'

test('an editor corrects a live story with its changes, then retracts it, and readers see both everywhere', async ({
  browser,
  edith: { page },
}) => {
  test.setTimeout(120_000)
  const reader = await (await browser.newContext()).newPage()
  const word = uniqueWord()
  const headline = `Moon ferry returns ${word}`
  const address = await publishStory(page, headline, 'It sang.')
  const portal = await page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')
  const live = `${instanceUrl()}${portal}`
  await reader.goto(live)
  await expect(reader.getByRole('article').first()).not.toContainText('Updated')

  await body(page).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' Then it hummed.')
  await saveStory(page, '(body)')
  await page.goto(`${address}/correct`)
  await expectAccessible(page)
  await expect(page.getByText('The draft differs from what readers see in its body.')).toBeVisible()

  const correction = page.getByRole('form', { name: 'Correction', exact: true })
  await button(page, 'Publish the correction').click()
  await expect(correction.getByRole('alert')).toContainText('Say what readers should know')
  await field(page, 'What readers should know').fill(`The ferry is a barge, ${word}.`)
  await button(page, 'Publish the correction').click()
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('status').filter({ hasText: `Published a correction of “${headline}”` })).toBeVisible()

  await reader.goto(live)
  await expect(reader.getByRole('article').first()).toContainText('Then it hummed.')
  await expect(reader.getByText(/· Updated/u)).toBeVisible()
  await reader.getByRole('link', { name: 'see note' }).click()
  await expect(reader.getByRole('complementary', { name: 'Correction' })).toContainText(`a barge, ${word}.`)
  await expectAccessible(reader)
  const ld = JSON.parse((await reader.locator('script[type="application/ld+json"]').textContent()) ?? '{}') as {
    correction: unknown
  }
  expect(ld.correction).toMatchObject([{ '@type': 'CorrectionComment', text: `The ferry is a barge, ${word}.` }])

  await page.goto(address)
  await expect(syncStatus(page)).toContainText('Saved')
  await body(page).click()
  await page.keyboard.press('ControlOrMeta+Home')
  await button(page, 'Correction note').click()
  await page.getByRole('dialog', { name: 'Correction note' }).getByRole('button', { name: 'Place note' }).click()
  await expect(body(page).getByRole('complementary')).toContainText(`a barge, ${word}.`)
  await button(page, 'Publish changes').click()
  await expect(formStatus(page)).toContainText('Published changes to')
  await reader.goto(live)
  const note = reader.getByRole('complementary', { name: 'Correction' })
  await expect(note).toHaveCount(1)
  await expect(reader.getByText('Then it hummed.').locator('xpath=following-sibling::aside')).toContainText('a barge')
  await page.goto(`${address}/versions/compare?from=1&to=draft`)
  const placed = page
    .getByRole('list', { name: 'Blocks of the body' })
    .getByRole('listitem')
    .filter({ hasText: 'a barge' })
  await expect(placed).toHaveText(`correction note, place 2: addedCorrection: The ferry is a barge, ${word}.`)
  await expectAccessible(reader)

  await page.goto(`${address}/correct`)
  await page.getByText('Put right a slip in this note…').click()
  const reword = page.getByRole('form', { name: /^Words of note/u })
  await reword.getByRole('textbox', { name: 'What readers should know' }).fill(`The ferry was a raft, ${word}.`)
  await reword.getByRole('button', { name: 'Put it right' }).click()
  await expect(page.getByText('It said before')).toContainText('barge')
  await correction.getByLabel('Kind of note').selectOption({ label: 'Retraction' })
  await correction.getByRole('textbox', { name: 'What readers should know' }).fill(`There is no ferry, ${word}.`)
  await button(page, 'Publish the correction').click()
  await expect(page).toHaveURL(address)

  await reader.getByRole('link', { name: 'Corrections' }).click()
  await expect(reader.getByRole('listitem').filter({ hasText: `There is no ferry, ${word}.` })).toContainText(
    'Retracted',
  )
  await expect(reader.getByRole('listitem').filter({ hasText: `a raft, ${word}.` })).toContainText('Correction')
  await expectAccessible(reader)
  const feed = await reader.request.get(`${instanceUrl()}/corrections/feed.xml`)
  expect(await feed.text()).toContain(`<title>Retraction: ${headline}</title>`)
  await reader.goto(live)
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(`Retracted ${headline}`)
  await page.goto(`${address}/versions`)
  await expect(page.getByText('kept with a correction').first()).toBeVisible()
})
