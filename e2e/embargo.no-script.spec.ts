import { button, field, uniqueWord } from './support/newsroom'
import { instanceUrl } from './support/people'
import { expect, test } from './support/test'

test.use({ javaScriptEnabled: false })

test('without script a story is embargoed, the month shows when that ends, and it is lifted with a reason only', async ({
  edith: { page },
}) => {
  const headline = `Tin parliament rests ${uniqueWord()}`
  await page.goto(`${instanceUrl()}/admin/stories/new`)
  await field(page, 'Headline').fill(headline)
  await button(page, 'Start writing').click()
  await expect(page).toHaveURL(/\/admin\/stories\/\d+$/u)
  const address = page.url()
  const embargo = page.getByRole('form', { name: 'Set the embargo' })
  await embargo.getByText('Put it under an embargo…').click()
  await embargo.getByLabel('Embargoed until').fill('2031-05-06T07:08:09')
  await embargo.getByLabel('Whose embargo').fill('The parliament’s own')
  await button(page, 'Set the embargo').click()
  await expect(page.getByRole('region', { name: 'Embargo' })).toContainText('6 May 2031')

  await page.goto(`${instanceUrl()}/admin/schedule?month=2031-05`)
  const month = page.getByRole('region', { name: 'May 2031', exact: true })
  await expect(month).toContainText(headline)
  await month.getByRole('link', { name: 'The month before' }).click()
  await expect(page.getByRole('region', { name: 'April 2031', exact: true })).not.toContainText(headline)

  await page.goto(address)
  const lift = page.getByRole('form', { name: 'Lift the embargo' })
  await lift.getByText('Lift the embargo…').click()
  await lift.getByRole('button', { name: 'Lift the embargo' }).click()
  await expect(lift).toContainText('Say why it may go earlier')
  await lift.getByLabel('Why it is lifted').fill('The parliament said so')
  await lift.getByRole('button', { name: 'Lift the embargo' }).click()
  await expect(page.getByRole('region', { name: 'Embargo' })).not.toContainText('Embargoed until 2031')
  await page.goto(`${address}/history`)
  await expect(page.getByRole('main')).toContainText('Lifted the embargo')
})
