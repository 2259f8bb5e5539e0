import { expect, test } from '@playwright/test'
import { aWord, beginStory, button, field } from './support/newsroom'
import { newspaper, signedIn } from './support/people'

test.use({ javaScriptEnabled: false })

test('a headline is corrected without script: a refusal gives the words back, and the note alone is published', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor', 'Edith')
  const word = aWord()
  const address = await beginStory(page, `Moon ferry returns ${word}`)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await field(page, 'Headline').fill(`Moon ferry sings ${word}`)
  await button(page, 'Save draft').click()

  await page.getByRole('link', { name: 'Correct…' }).click()
  await page.getByLabel('Kind of note').selectOption({ label: 'Clarification' })
  await page.getByLabel('Changes of the draft').selectOption({ label: 'Publish only the note' })
  const long = `It is a barge, ${word}. `.repeat(100)
  await field(page, 'What readers should know').fill(long)
  await button(page, 'Publish the correction').click()
  await expect(page.getByRole('alert')).toContainText('The note is longer than 2,000 characters.')
  await expect(field(page, 'What readers should know')).toHaveValue(long)
  await expect(page.getByLabel('Kind of note')).toHaveValue('clarification')
  await expect(page.getByLabel('Changes of the draft')).toHaveValue('leave')
  await field(page, 'What readers should know').fill(`It is a barge, ${word}.`)
  await button(page, 'Publish the correction').click()
  await expect(page).toHaveURL(address)

  await page.goto(`${newspaper()}/corrections`)
  const item = page.getByRole('listitem').filter({ hasText: `It is a barge, ${word}.` })
  await expect(item).toContainText('Clarification')
  await item.getByRole('link', { name: `Moon ferry returns ${word}` }).click()
  await expect(page).toHaveURL(/\/headlines#headline-\d+$/u)

  // A session that ended while somebody wrote gives the words back as well.
  await page.goto(`${address}/correct`)
  const again = page.getByRole('form', { name: 'Correction', exact: true })
  await again.getByRole('textbox', { name: 'What readers should know' }).fill(`It floats, ${word}.`)
  await context.clearCookies()
  await button(page, 'Publish the correction').click()
  await expect(page.getByRole('heading', { level: 1, name: 'You were signed out' })).toBeVisible()
  await expect(page.getByText(`It floats, ${word}.`)).toBeVisible()
  await context.close()
})
