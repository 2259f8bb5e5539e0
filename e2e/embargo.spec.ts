import { expectAccessible } from './support/accessibility'
import { button, field, formError, publishStory, saveStory, uniqueWord } from './support/newsroom'
import { instanceUrl } from './support/people'
import { inSeconds, namesWith, addressesShowing, probe, SHOWN_WITHIN } from './support/reader-addresses'
import { expect, test } from './support/test'

test('changes under an embargo: nobody publishes them, no public address shows them before the second, then all do; and the story is unpublished by itself', async ({
  edith: { page },
}) => {
  test.setTimeout(180_000)
  const [former, word] = [`Glass orchard waits ${uniqueWord()}`, uniqueWord()]
  const address = await publishStory(page, former)
  await field(page, 'Headline').fill(`Glass orchard sings ${word}`)
  await page.getByRole('combobox', { name: 'Authors' }).fill(namesWith(word).authors)
  await page.getByRole('combobox', { name: 'Topics' }).fill(namesWith(word).topics)
  await saveStory(page, 'Saved a draft of “Glass orchard sings')

  const embargo = page.getByRole('form', { name: 'Set the embargo' })
  await embargo.getByText('Put it under an embargo…').click()
  await embargo.getByLabel('Embargoed until').fill(inSeconds(86_400).typed)
  await embargo.getByLabel('Whose embargo').fill('The orchard’s own')
  await button(page, 'Set the embargo').click()
  await expect(page.getByRole('region', { name: 'Embargo' })).toContainText('Embargoed until')
  await button(page, 'Publish changes').click()
  await expect(formError(page)).toContainText('This story is embargoed until', { timeout: 30_000 })

  const moment = inSeconds(35)
  await embargo.getByText('Move the embargo…').click()
  await embargo.getByLabel('Embargoed until').fill(moment.typed)
  await embargo.getByLabel('Why it may go earlier').fill('The orchard is ready')
  await button(page, 'Move the embargo').click()
  await expect(embargo.getByRole('status')).toContainText('forward', { timeout: 30_000 })

  const schedule = page.getByRole('form', { name: 'Schedule the changes' })
  await schedule.getByText('Publish the changes at a time…').click()
  await schedule.getByLabel('Changes go live').fill(moment.typed)
  await schedule.getByRole('button', { name: 'Schedule the changes' }).click()
  await expect(page.getByRole('form', { name: 'Scheduled changes' })).toContainText('Readers will see version 2 from')
  await expectAccessible(page)
  await page.goto(`${instanceUrl()}/admin/schedule`)
  await expect(page.getByRole('group', { name: 'Goes out next' })).toContainText('Changes go live')
  await expect(page.getByRole('table')).toContainText(word)
  await expectAccessible(page)

  const id = address.split('/').at(-1) ?? ''
  const story = `/europe/glass-orchard-${id}`
  const coming = { id, section: 'europe', slug: 'glass-orchard', headline: `Glass orchard sings ${word}`, word }
  const seen = await probe(page, coming, moment.at, { known: true })
  expect(seen.early).toEqual([])
  expect(seen.missing).toEqual([])
  expect(seen.latest).toBeLessThan(SHOWN_WITHIN)
  // Readers see it at the second; history has it when a clock has settled it.
  await expect(async () => {
    await page.goto(`${address}/history`)
    await expect(page.getByText(`went live as scheduled (the headline was “${former}”)`)).toHaveCount(1, {
      timeout: 500,
    })
  }).toPass()

  await page.goto(address)
  const ending = page.getByRole('form', { name: 'Unpublish at a time' })
  await ending.getByText('Unpublish at a time…').click()
  await ending.getByLabel('Is unpublished').fill(inSeconds(6).typed)
  await ending.getByLabel('Why it goes').fill('The orchard sails')
  await ending.getByRole('button', { name: 'Unpublish at that time' }).click()
  await expect(page.getByRole('form', { name: 'The end' })).toContainText('Will be unpublished on')
  await expect.poll(async () => (await page.request.get(instanceUrl() + story)).status(), { timeout: 20_000 }).toBe(410)
  const read = async (at: string) => (await page.request.get(instanceUrl() + at)).text()
  await expect.poll(() => addressesShowing(coming, read), { timeout: 20_000 }).toEqual([])
})
