import { body, button, field, publishStory, saveStory, uniqueWord } from './support/newsroom'
import { expectAccessible } from './support/accessibility'
import { expect, test } from './support/test'

test('changes are discarded after a confirmation, and restored from the version that keeps them', async ({
  edith: { page },
}) => {
  const headline = `Moon ferry returns ${uniqueWord()}`
  const address = await publishStory(page, headline)
  await expect(page.getByRole('link', { name: 'Discard changes…' })).toHaveCount(0)
  await field(page, 'Kicker').fill('Quay')
  await body(page).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Slowly.')
  await saveStory(page)

  await page.getByRole('link', { name: 'Discard changes…' }).click()
  await expect(page.getByRole('heading', { name: 'Discard changes?' })).toBeVisible()
  await expect(page.getByText('The draft differs from what readers see in its kicker, body.')).toBeVisible()
  await page.getByRole('link', { name: 'Keep them' }).click()
  await expect(field(page, 'Kicker')).toHaveValue('Quay')
  await page.getByRole('link', { name: 'Discard changes…' }).click()
  await button(page, 'Discard changes').click()

  await expect(page).toHaveURL(address)
  await expect(page.getByRole('status').filter({ hasText: 'Discarded the changes' })).toContainText(
    'What was discarded is kept as version 2.',
  )
  await expect(field(page, 'Kicker')).toHaveValue('')
  await expect(body(page)).toHaveText('It sang over the harbour.')
  await expect(page.getByText('Readers see what the draft says.')).toBeVisible()
  await page.goto(`${address}/history`)
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Discarded the changes')
  await page.goto(`${address}/versions/compare?from=2&to=draft`)
  await button(page, 'Restore version 2').click()
  await expect(field(page, 'Kicker')).toHaveValue('Quay')
  await expect(body(page)).toHaveText('It sang over the harbour. Slowly.')
})

test('discarding what somebody saved meanwhile is refused, and nothing is lost', async ({ edith, otto }) => {
  const { page } = edith
  const address = await publishStory(page, `Kite ${uniqueWord()}`)
  for (const [writer, kicker] of [
    [page, 'Hers'],
    [otto.page, 'His'],
  ] as const) {
    await writer.goto(address)
    await field(writer, 'Kicker').fill(kicker)
    await saveStory(writer)
    if (writer === page) await page.goto(`${address}/discard`)
  }
  await button(page, 'Discard changes').click()
  await expect(page.getByRole('form', { name: 'Discard changes' }).getByRole('alert')).toContainText(
    'Otto saved this story after you opened it',
  )
  await expect(page.getByText('It was last saved by Otto')).toBeVisible()
  await page.getByRole('link', { name: 'Keep them' }).click()
  await expect(field(page, 'Kicker')).toHaveValue('His')
  // Having seen it she discards; he has it open, and a message says why his text is gone.
  await page.getByRole('link', { name: 'Discard changes…' }).click()
  await button(page, 'Discard changes').click()
  await expect(page).toHaveURL(address)
  await expect(field(otto.page, 'Kicker')).toHaveValue('')
  const state = otto.page.locator('.writing-state')
  await expect(state).toContainText('Edith discarded the changes to this story: it says what readers see.')
  await expectAccessible(otto.page)
  await state.getByRole('link', { name: /^See version \d+$/u }).click()
  await expect(otto.page.getByRole('main')).toContainText('His')
})

test('only the headline is published; other changes stay in the form, saved or not', async ({ edith: { page } }) => {
  const word = uniqueWord()
  const address = await publishStory(page, `Moon ferry returns ${word}`)
  await field(page, 'Headline').fill(`Moon ferry sings ${word}`)
  await field(page, 'Standfirst').fill('Not for readers yet.')
  await saveStory(page)
  await field(page, 'Kicker').fill('Still typing')
  await button(page, 'Publish only the headline').click()
  await expect(page.getByRole('form', { name: 'Only the headline' }).getByRole('status')).toContainText(
    `Changed the live headline “Moon ferry returns ${word}” to “Moon ferry sings ${word}”.`,
  )
  await expect(button(page, 'Publish only the headline')).toHaveCount(0)
  await expect(field(page, 'Kicker')).toHaveValue('Still typing')
  await expect(field(page, 'Standfirst')).toHaveValue('Not for readers yet.')
  await expect(page.getByText('The draft has changes that readers do not see yet.')).toBeVisible()
  // The draft is the one that was opened, so saving it is not refused; what was typed may be synced already.
  await saveStory(page, /Saved a draft|nothing was saved again/u)
  await page.getByRole('link', { name: 'View on the portal' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Moon ferry sings ${word}`)
  await expect(page.getByText('Not for readers yet.')).toHaveCount(0)
  await page.goto(address)
  await expect(field(page, 'Kicker')).toHaveValue('Still typing')
})
