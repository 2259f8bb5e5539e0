import { expectGoodAtEveryWidth } from './support/accessibility'
import { publishHeadline, uniqueWord } from './support/newsroom'
import { instanceUrl, openDesk } from './support/people'
import { expect, test } from './support/test'

/** Synthetic headlines of 15 to 200 characters, one of them without a line break opportunity. */
const headlines = () => {
  const word = uniqueWord()
  return [
    `Tin ${word.slice(-10)}!`,
    `${word} ${'Moon ferry sings for Lower Quibble & <b>Port Umbrage</b> '.repeat(4)}`.slice(0, 200).trim(),
    `${word}${'x'.repeat(200)}`.slice(0, 200),
  ]
}

test('headlines from 15 to 200 characters are shown whole, break no layout, and stay text', async ({
  edith: { page },
}) => {
  await openDesk(page)
  const written = headlines()
  for (const headline of written) await publishHeadline(page, headline)
  for (const address of ['/', '/headlines', '/asia', '/admin', '/admin/front-page']) {
    await page.goto(instanceUrl() + address)
    for (const headline of written) await expect(page.getByRole('main').getByText(headline).first()).toBeVisible()
    await expectGoodAtEveryWidth(page)
  }
})
