import { expectGoodAtEveryWidth } from './support/accessibility'
import { headlineForm, uniqueWord } from './support/newsroom'
import { instanceUrl, openDesk } from './support/people'
import { expect, test, type Page } from './support/test'

const rowOf = (page: Page, headline: string) => page.locator('.desk-row').filter({ hasText: headline })

async function saveHeadline(page: Page, headline: string, section = '') {
  const form = headlineForm(page)
  await form.getByLabel('New headline').fill(headline)
  if (section) await form.getByLabel('Section').selectOption({ label: section })
  await form.getByRole('button', { name: 'Save as draft' }).click()
  await expect(form.getByRole('status')).toContainText(`Started “${headline}”`)
}

test('an editor publishes a headline from one line, and the desk and the portal have it', async ({
  edith: { page },
}) => {
  await openDesk(page)
  const headline = `Moon ferry returns ${uniqueWord()}`
  const form = headlineForm(page)
  await form.getByLabel('New headline').fill(headline)
  await form.getByRole('button', { name: 'Publish' }).click()
  await expect(form.getByRole('alert')).toContainText('Before publishing, add: a section.')
  await expect(form.getByRole('alert')).toBeFocused()
  await expect(form.getByLabel('New headline')).toHaveValue(headline)
  await form.getByLabel('Section').selectOption({ label: 'Asia' })
  await form.getByRole('button', { name: 'Publish' }).click()
  await expect(form.getByRole('status')).toContainText(`Published “${headline}”`)
  // Ready for the next one: the headline is cleared, the section and the focus stay.
  await expect(form.getByLabel('New headline')).toHaveValue('')
  await expect(form.getByLabel('New headline')).toBeFocused()
  await expect(form.getByLabel('Section').locator('option:checked')).toHaveText('Asia')
  await expect(rowOf(page, headline)).toContainText('Live')
  await page.goto(`${instanceUrl()}/headlines`)
  await expect(page.getByText(headline)).toBeVisible()
})

test('Enter in the line saves a draft and never publishes', async ({ edith: { page } }) => {
  await openDesk(page)
  const headline = `Kite ${uniqueWord()}`
  await headlineForm(page).getByLabel('New headline').fill(headline)
  await page.keyboard.press('Enter')
  await expect(rowOf(page, headline)).toContainText('Draft')
})

test('a headline is changed in its line: in the draft, or at once for readers', async ({ edith: { page } }) => {
  await openDesk(page)
  const word = uniqueWord()
  await saveHeadline(page, `First ${word}`, 'Europe')
  const row = rowOf(page, word)
  await row.getByRole('button', { name: /^Publish/ }).click()
  await expect(row.getByRole('status').filter({ hasText: `Published “First ${word}”` })).toBeVisible()

  await row.getByText('Edit headline').click()
  await row.getByLabel('Headline', { exact: true }).fill(`Second ${word}`)
  await row.getByRole('button', { name: 'Save in the draft' }).click()
  await expect(row).toContainText('Live, with unpublished changes')
  await expect(row).toContainText(`Readers see: First ${word}`)

  await row.getByText('Edit headline').click()
  await row.getByLabel('Headline', { exact: true }).fill(`Third ${word}`)
  await row.getByRole('button', { name: 'Publish headline' }).click()
  await expect(row).toContainText(`Changed the live headline “First ${word}” to “Third ${word}”`)
  await expect(row.locator('.stage')).toHaveText('Live')
  await page.goto(`${instanceUrl()}/headlines`)
  await expect(page.getByText(`Third ${word}`)).toBeVisible()
})

test('a headline that somebody else changed meanwhile is not overwritten, and what was typed stays', async ({
  edith,
  otto,
}) => {
  await openDesk(edith.page)
  const word = uniqueWord()
  await saveHeadline(edith.page, `First ${word}`)
  await otto.page.goto(`${instanceUrl()}/admin?words=${word}`)
  const [hers, his] = [rowOf(edith.page, word), rowOf(otto.page, word)]
  await hers.getByText('Edit headline').click()
  await his.getByText('Edit headline').click()
  await hers.getByLabel('Headline', { exact: true }).fill(`Hers ${word}`)
  await his.getByLabel('Headline', { exact: true }).fill(`His ${word}`)
  await hers.getByRole('button', { name: 'Save in the draft' }).click()
  await expect(hers).toContainText('Saved a draft')
  await his.getByRole('button', { name: 'Save in the draft' }).click()
  await expect(his.getByRole('alert')).toContainText('Edith saved this story after you opened it')
  await expect(his.getByLabel('Headline', { exact: true })).toHaveValue(`His ${word}`)
  await expect(his).toContainText(`Edith wrote: Hers ${word}`)
  // He has seen hers, so the same form goes through.
  await his.getByRole('button', { name: 'Save in the draft' }).click()
  await expect(his).toContainText(`the headline was “Hers ${word}”`)
})

test('the desk is filtered by stage and section and searched by words, all in its address', async ({
  edith: { page },
}) => {
  await openDesk(page)
  const word = uniqueWord()
  await saveHeadline(page, `Draft ${word}`, 'Asia')
  await saveHeadline(page, `Homeless ${word}`, 'No section yet')
  await page.getByLabel('Words').fill(word.slice(0, -1))
  await page.getByLabel('Stage').selectOption({ label: 'Draft' })
  await page.getByRole('search').getByLabel('Section').selectOption({ label: 'Asia' })
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(/words=.*&stage=draft&section=\d+/u)
  await expect(page.locator('.desk-row')).toHaveCount(1)
  await expect(page.getByLabel('Stage')).toHaveValue('draft')
  await page.goto(`${instanceUrl()}/admin?words=${word}&section=none`)
  await expect(page.locator('.desk-row')).toHaveCount(1)
  await page.goto(`${instanceUrl()}/admin?words=${word}&stage=withdrawn`)
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('link', { name: 'Show everything' }).click()
  await expect(page).toHaveURL(`${instanceUrl()}/admin`)
})

for (const rubbish of [
  '?stage=burning&section=x',
  '?words=%27%3A%2A%26',
  '?before=yesterday',
  `?words=${'x'.repeat(1500)}`,
])
  test(`an invalid query (${rubbish.slice(0, 24)}) shows the desk`, async ({ rae: { page } }) => {
    const answer = await page.goto(`${instanceUrl()}/admin${rubbish}`)
    expect(answer?.status()).toBe(200)
    await expect(page.getByRole('heading', { name: 'Desk' })).toBeVisible()
  })

test('a reporter sees their own and what is live, and no button that publishes', async ({ rae, edith }) => {
  await openDesk(rae.page)
  await openDesk(edith.page)
  const word = uniqueWord()
  await saveHeadline(edith.page, `Hidden ${word}`, 'Asia')
  await saveHeadline(edith.page, `Shown ${word}`, 'Asia')
  await rowOf(edith.page, `Shown ${word}`)
    .getByRole('button', { name: /^Publish/ })
    .click()
  await expect(rowOf(edith.page, `Shown ${word}`)).toContainText('Live')
  await saveHeadline(rae.page, `Own ${word}`, 'Asia')
  await rae.page.goto(`${instanceUrl()}/admin?words=${word}`)
  await expect(rae.page.locator('.desk-row')).toHaveCount(2)
  await expect(rae.page.getByText(`Hidden ${word}`)).toHaveCount(0)
  await expect(rae.page.getByRole('button', { name: /^Publish/ })).toHaveCount(0)
  await expect(rowOf(rae.page, `Shown ${word}`).getByText('Edit headline')).toHaveCount(0)
  await expect(rowOf(rae.page, `Own ${word}`).getByText('Edit headline')).toBeVisible()
})

test('the desk is accessible and never wider than its window: phone, tablet and desktop, light and dark', async ({
  edith: { page },
}) => {
  await openDesk(page)
  const word = uniqueWord()
  await saveHeadline(page, `${'Long words of a ferry '.repeat(9)}${word}`)
  await rowOf(page, word).getByText('Edit headline').click()
  await headlineForm(page).getByRole('button', { name: 'Save as draft' }).click()
  await expect(headlineForm(page).getByRole('alert')).toBeVisible()
  await expectGoodAtEveryWidth(page)
})
