import { expect, test, type Page } from '@playwright/test'
import { expectGoodAtEveryWidth } from './support/accessibility'
import { uniqueWord } from './support/newsroom'
import { signedInAtDesk, instanceUrl } from './support/people'

/** Synthetic headlines of 15 to 200 characters, one of them without a line break opportunity. */
const headlines = () => {
  const word = uniqueWord()
  return [
    `Tin ${word.slice(-10)}!`,
    `${word} ${'Moon ferry sings for Lower Quibble & <b>Port Umbrage</b> '.repeat(4)}`.slice(0, 200).trim(),
    `${word}${'x'.repeat(200)}`.slice(0, 200),
  ]
}

async function publish(page: Page, headline: string) {
  const form = page.getByRole('form', { name: 'Write a headline' })
  await form.getByLabel('New headline').fill(headline)
  await form.getByLabel('Section').selectOption({ label: 'Asia' })
  await form.getByRole('button', { name: 'Publish' }).click()
  await expect(form.getByRole('status')).toContainText(`Published “${headline}”`)
}

test('headlines from 15 to 200 characters are shown whole, break no layout, and stay text', async ({ browser }) => {
  const { context, page } = await signedInAtDesk(browser, 'editor')
  const written = headlines()
  for (const headline of written) await publish(page, headline)
  for (const address of ['/', '/headlines', '/asia', '/admin', '/admin/front-page']) {
    await page.goto(instanceUrl() + address)
    for (const headline of written) await expect(page.getByRole('main').getByText(headline).first()).toBeVisible()
    await expectGoodAtEveryWidth(page)
  }
  await context.close()
})
