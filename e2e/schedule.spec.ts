import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { aWord, beginStory, button, yourWords } from './support/newsroom'
import { newspaper, signedIn } from './support/people'

/** A time as people type it, in the newspaper's zone (UTC), to the second; a field drops seconds that are none, so a full minute is not used. */
function inSeconds(seconds: number): string {
  const typed = new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)
  return typed.endsWith(':00') ? inSeconds(seconds + 1) : typed
}

test('a scheduled story goes out by itself: nothing of it is seen before, and history tells that it did', async ({
  browser,
}) => {
  const { context, page } = await signedIn(browser, 'editor')
  const headline = `Glass orchard waits outside ${aWord()}`
  const address = await beginStory(page, headline)
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await button(page, 'Save draft').click()
  await expect(page.getByRole('form', { name: 'Story', exact: true }).getByRole('status')).toContainText('Saved')

  const schedule = page.getByRole('form', { name: 'Schedule', exact: true })
  await schedule.getByText('Publish at a time…').click()
  await schedule.getByLabel('Day and time').fill('2020-01-01T10:00:30')
  await schedule.getByRole('button', { name: 'Schedule' }).click()
  await expect(schedule).toContainText('That time has passed')
  await schedule.getByLabel('Day and time').fill(inSeconds(15))
  await schedule.getByRole('button', { name: 'Schedule' }).click()
  await expect(schedule.getByRole('status')).toContainText(`Scheduled “${headline}” for`)
  await expectAccessible(page)

  await page.goto(`${newspaper()}/admin/schedule`)
  await expect(page.getByRole('group', { name: 'Goes out next' })).toContainText(headline)
  await expectAccessible(page)
  const everywhere = ['/', '/asia', '/headlines', '/latest', '/feed.xml', '/search?q=orchard']
  for (const place of everywhere)
    expect(await (await page.request.get(newspaper() + place)).text(), place).not.toContain(headline)

  for (const place of everywhere)
    await expect
      .poll(async () => (await (await page.request.get(newspaper() + place)).text()).includes(headline), {
        timeout: 30_000,
        message: place,
      })
      .toBe(true)
  // Readers have it at the second; history is told by the next clock that comes by.
  await expect(async () => {
    await page.goto(`${address}/history`)
    await expect(page.getByText(`“${headline}” went live as scheduled.`)).toHaveCount(1, { timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await context.close()
})

test('a story is taken out of the schedule, and stays a draft', async ({ browser }) => {
  const { context, page } = await signedIn(browser, 'editor')
  const headline = `Salt library forgets ${aWord()}`
  await beginStory(page, headline)
  // Its document is open, and nothing on the page moves any more under the pointer.
  await expect(yourWords(page)).toContainText('Saved')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await button(page, 'Save draft').click()
  await expect(page.getByRole('form', { name: 'Story', exact: true }).getByRole('status')).toContainText('Saved')
  const schedule = page.getByRole('form', { name: 'Schedule', exact: true })
  await schedule.getByText('Publish at a time…').click()
  await schedule.getByLabel('Day and time').fill(inSeconds(86_400))
  await schedule.getByRole('button', { name: 'Schedule' }).click()
  await expect(page.getByRole('group', { name: 'Where it stands' })).toContainText('Scheduled')
  await page.getByRole('button', { name: 'Take it out of the schedule' }).click()
  await expect(page.getByRole('group', { name: 'Where it stands' })).toContainText('Draft')
  await context.close()
})
