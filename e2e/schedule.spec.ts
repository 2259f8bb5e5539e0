import { expectAccessible } from './support/accessibility'
import { beginStory, button, syncStatus, typeInBody, uniqueWord } from './support/newsroom'
import { instanceUrl } from './support/people'
import { inSeconds, namesWith, probe, SHOWN_WITHIN } from './support/reader-addresses'
import { expect, test } from './support/test'

test('a scheduled story goes live by itself: nothing of it is public before, and history records it', async ({
  edith: { page },
}) => {
  const word = uniqueWord()
  const headline = `Glass orchard waits outside ${word}`
  const address = await beginStory(page, headline)
  // With a body it has a page of its own, and an entry in the sitemap.
  await typeInBody(page, 'It waited.')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await page.getByRole('combobox', { name: 'Authors' }).fill(namesWith(word).authors)
  await page.getByRole('combobox', { name: 'Topics' }).fill(namesWith(word).topics)
  await button(page, 'Save draft').click()
  await expect(page.getByRole('form', { name: 'Story', exact: true }).getByRole('status')).toContainText('Saved')

  const schedule = page.getByRole('form', { name: 'Schedule', exact: true })
  await schedule.getByText('Publish at a time…').click()
  await schedule.getByLabel('Day and time').fill('2020-01-01T10:00:30')
  await schedule.getByRole('button', { name: 'Schedule' }).click()
  await expect(schedule).toContainText('That time has passed')
  const moment = inSeconds(15)
  await schedule.getByLabel('Day and time').fill(moment.typed)
  await schedule.getByRole('button', { name: 'Schedule' }).click()
  await expect(schedule.getByRole('status')).toContainText(`Scheduled “${headline}” for`)
  await expectAccessible(page)

  await page.goto(`${instanceUrl()}/admin/schedule`)
  await expect(page.getByRole('group', { name: 'Goes out next' })).toContainText(headline)
  await expectAccessible(page)
  const [id, slug] = [address.split('/').at(-1) ?? '', headline.toLowerCase().replace(/ /gu, '-')]
  const seen = await probe(page, { id, section: 'asia', slug, headline, word }, moment.at)
  expect(seen.early).toEqual([])
  expect(seen.missing).toEqual([])
  expect(seen.latest).toBeLessThan(SHOWN_WITHIN)
  // Readers see it at the second; history has it when a clock has settled it.
  await expect(async () => {
    await page.goto(`${address}/history`)
    await expect(page.getByText(`“${headline}” went live as scheduled.`)).toHaveCount(1, { timeout: 500 })
  }).toPass({ timeout: 20_000 })
})

test('a story is taken out of the schedule, and stays a draft', async ({ edith: { page } }) => {
  const headline = `Salt library forgets ${uniqueWord()}`
  await beginStory(page, headline)
  await expect(syncStatus(page)).toContainText('Saved')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await button(page, 'Save draft').click()
  await expect(page.getByRole('form', { name: 'Story', exact: true }).getByRole('status')).toContainText('Saved')
  const schedule = page.getByRole('form', { name: 'Schedule', exact: true })
  await schedule.getByText('Publish at a time…').click()
  await schedule.getByLabel('Day and time').fill(inSeconds(86_400).typed)
  await schedule.getByRole('button', { name: 'Schedule' }).click()
  await expect(page.getByRole('group', { name: 'Where it stands' })).toContainText('Scheduled')
  await page.getByRole('button', { name: 'Take it out of the schedule' }).click()
  await expect(page.getByRole('group', { name: 'Where it stands' })).toContainText('Draft')
})

test('an open desk says within a minute when no clock settles what is due, and when one does again', async ({
  edith: { page },
}) => {
  const alert = page.getByRole('alert').filter({ hasText: 'Overdue' })
  let overdue = 0
  await page.route('**/admin/overdue', (route) => route.fulfill({ json: { overdue } }))
  await page.clock.install()
  await page.goto(`${instanceUrl()}/admin`)
  await expect(alert).toHaveCount(0)
  // The page polls only once its script runs.
  const inAMinute = (expected: () => Promise<void>) =>
    expect(async () => {
      await page.clock.runFor(61_000)
      await expected()
    }).toPass({ timeout: 30_000 })
  for (const [count, text] of [
    [1, 'one story has'],
    [3, '3 stories have'],
  ] as const) {
    overdue = count
    await inAMinute(() => expect(alert).toContainText(text, { timeout: 2000 }))
  }
  // Offline, the last known state stays.
  const failed = page.waitForEvent('requestfailed')
  await page.route('**/admin/overdue', (route) => route.abort())
  await page.clock.runFor(61_000)
  await failed
  await expect(alert).toContainText('3 stories have')
  await page.unroute('**/admin/overdue')
  await inAMinute(() => expect(alert).toHaveCount(0, { timeout: 2000 }))
})
