import { beginStory, button, field, uniqueWord } from './support/newsroom'
import { expect, test } from './support/test'

test.use({ javaScriptEnabled: false })

test('versions are listed, chosen, compared and restored without script', async ({ edith: { page } }) => {
  const word = uniqueWord()
  const address = await beginStory(page, `Moon ferry returns ${word}`)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(page.getByRole('status').filter({ hasText: 'Published' })).toBeVisible()
  await field(page, 'Headline').fill(`Moon ferry sinks ${word}`)
  await button(page, 'Publish changes').click()
  await expect(page.getByRole('status').filter({ hasText: 'Published changes' })).toBeVisible()
  await field(page, 'Kicker').fill('Quay')
  await button(page, 'Save draft').click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved a draft' })).toBeVisible()

  await page.getByRole('link', { name: 'Versions' }).click()
  await page.getByRole('link', { name: 'What changed in version 2 since version 1' }).click()
  await expect(page.getByRole('definition').first()).toContainText('sinks')
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'The draft' })
  await expect(page.getByRole('button', { name: /^Restore/u })).toHaveCount(0)
  await button(page, 'Compare').click()
  await expect(page).toHaveURL(/from=1&to=draft$/u)
  await expect(page.getByRole('definition').nth(1)).toContainText('Quay')
  await button(page, 'Restore version 1').click()
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('status').filter({ hasText: 'Restored version 1' })).toContainText('kept as version 3.')
  await expect(field(page, 'Headline')).toHaveValue(`Moon ferry returns ${word}`)
  await expect(field(page, 'Kicker')).toHaveValue('')
})

test('a refusal without script is shown in the form, and the next attempt goes through', async ({ edith, otto }) => {
  const { page } = edith
  const address = await beginStory(page, `Kite ${uniqueWord()}`)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(page.getByRole('status').filter({ hasText: 'Published' })).toBeVisible()
  for (const [writer, kicker] of [
    [page, 'Hers'],
    [otto.page, 'His'],
  ] as const) {
    await writer.goto(address)
    await field(writer, 'Kicker').fill(kicker)
    await button(writer, 'Save draft').click()
    await expect(writer.getByRole('status').filter({ hasText: 'Saved a draft' })).toBeVisible()
    if (writer === page) await page.goto(`${address}/versions/compare?from=1&to=draft`)
  }
  await button(page, 'Restore version 1').click()
  await expect(page.getByRole('alert')).toContainText('Otto saved this story after you opened it')
  await button(page, 'Restore version 1').click()
  await expect(page).toHaveURL(address)
  await expect(field(page, 'Kicker')).toHaveValue('')
})
