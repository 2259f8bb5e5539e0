import { beginStory, button, field, uniqueWord } from './support/newsroom'
import { expect, test } from './support/test'

test.use({ javaScriptEnabled: false })

test('only the headline is published, and the other changes are discarded, without script', async ({
  edith: { page },
}) => {
  const word = uniqueWord()
  const message = (text: string) => page.getByRole('status').filter({ hasText: text })
  const address = await beginStory(page, `Moon ferry returns ${word}`)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(message('Published')).toBeVisible()
  await field(page, 'Headline').fill(`Moon ferry sings ${word}`)
  await field(page, 'Kicker').fill('Quay')
  await button(page, 'Save draft').click()
  await expect(message('Saved a draft')).toBeVisible()

  await button(page, 'Publish only the headline').click()
  await expect(message('Changed the live headline')).toContainText(`to “Moon ferry sings ${word}”`)
  await expect(field(page, 'Kicker')).toHaveValue('Quay')
  await expect(button(page, 'Publish only the headline')).toHaveCount(0)

  await page.getByRole('link', { name: 'Discard changes…' }).click()
  await expect(page.getByText('The draft differs from what readers see in its kicker.')).toBeVisible()
  await button(page, 'Discard changes').click()
  await expect(page).toHaveURL(address)
  await expect(message('Discarded the changes')).toContainText('What was discarded is kept as version 3.')
  await expect(field(page, 'Kicker')).toHaveValue('')
  await expect(field(page, 'Headline')).toHaveValue(`Moon ferry sings ${word}`)
  await page.goto(`${address}/discard`)
  await expect(page.getByText('There are no changes to discard')).toBeVisible()
  await expect(button(page, 'Discard changes')).toHaveCount(0)
})
