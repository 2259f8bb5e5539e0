import { withdrawStory } from '@/domain/story/publishing'
import { beginStory, button, field, publishStory, uniqueWord } from './support/newsroom'
import { instanceUrl, personAt } from './support/people'
import { valueOf } from './support/rights/fixture'
import { expect, test } from './support/test'

test.use({ javaScriptEnabled: false })

test('a headline is corrected without script: a refusal returns the text, and the note alone is published', async ({
  edith: { page, context },
}) => {
  const word = uniqueWord()
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

  await page.goto(`${instanceUrl()}/corrections`)
  const item = page.getByRole('listitem').filter({ hasText: `It is a barge, ${word}.` })
  await expect(item).toContainText('Clarification')
  await item.getByRole('link', { name: `Moon ferry returns ${word}` }).click()
  await expect(page).toHaveURL(/\/headlines#headline-\d+$/u)

  // After the session ended the text is returned as well.
  await page.goto(`${address}/correct`)
  const again = page.getByRole('form', { name: 'Correction', exact: true })
  await again.getByRole('textbox', { name: 'What readers should know' }).fill(`It floats, ${word}.`)
  await context.clearCookies()
  await button(page, 'Publish the correction').click()
  await expect(page.getByRole('heading', { level: 1, name: 'You were signed out' })).toBeVisible()
  await expect(page.getByText(`It floats, ${word}.`)).toBeVisible()
})

test('what was typed for a story that somebody withdrew meanwhile is returned: a note, its new text, and a reason', async ({
  edith: { page, context },
}) => {
  const word = uniqueWord()
  const address = await publishStory(page, `Moon ferry leaks ${word}`)
  await page.goto(`${address}/correct`)
  await field(page, 'What readers should know').fill('It leaked twice.')
  await button(page, 'Publish the correction').click()
  await expect(page).toHaveURL(address)

  const [reword, withdrawal, note] = [await context.newPage(), await context.newPage(), page]
  await Promise.all([reword.goto(`${address}/correct`), withdrawal.goto(address), note.goto(`${address}/correct`)])
  await note.getByRole('form', { name: 'Correction', exact: true }).getByRole('textbox').fill('It leaked thrice.')
  await reword.getByText('Put right a slip in this note…').click()
  await reword
    .getByRole('form', { name: /^Words of note/u })
    .getByRole('textbox')
    .fill('It leaked two times.')
  await withdrawal.getByText('Withdraw this story…').click()
  await withdrawal.getByLabel('Reason').fill('It leaked at all')
  const storyId = address.split('/').at(-1)
  valueOf(await withdrawStory(personAt(page), { storyId, reason: 'It sank' }))

  const late = [
    [note, 'Publish the correction', 'It leaked thrice.'],
    [reword, 'Put it right', 'It leaked two times.'],
    [withdrawal, 'Withdraw now', 'It leaked at all'],
  ] as const
  for (const [at, name, typed] of late) {
    await button(at, name).click()
    await expect(at.getByRole('alert')).toContainText('This story is withdrawn')
    await expect(at.getByRole('textbox').and(at.getByText(typed, { exact: true }))).toHaveValue(typed)
  }
})
