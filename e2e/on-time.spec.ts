import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { answer, aWord, button, field, problem, publishStory } from './support/newsroom'
import { newspaper, signedIn } from './support/people'

/** On a machine where two browsers test at once. Milliseconds. */
const THERE_WITHIN = 10_000

/** A moment some full seconds from now, as it is typed in the newspaper's zone (UTC). */
function inSeconds(seconds: number): { at: number; typed: string } {
  const at = Math.ceil(Date.now() / 1000 + seconds) * 1000
  // A field drops seconds that are none, so a full minute is not used.
  return at % 60_000 === 0 ? inSeconds(seconds + 1) : { at, typed: new Date(at).toISOString().slice(0, 19) }
}

/** Asks for every public address again and again, until each says the words: which said them early, and how long after the moment the last one did. */
async function probe(page: Page, addresses: string[], words: string, moment: number) {
  const early: string[] = []
  let asked = 0
  const first = new Map<string, number>()
  const watch = async (address: string) => {
    while (!first.has(address) && Date.now() < moment + 2 * THERE_WITHIN) {
      const text = await (await page.request.get(newspaper() + address)).text()
      asked += 1
      const says = text.includes(words)
      if (says && Date.now() < moment) early.push(address)
      else if (says) first.set(address, Date.now() - moment)
    }
  }
  await Promise.all(addresses.map(watch))
  return {
    asked,
    early,
    missing: addresses.filter((address) => !first.has(address)),
    latest: Math.max(...first.values()),
  }
}

test('changes under an embargo: nobody publishes them, no public address knows them until the second, then all do; and the story ends by itself', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { context, page } = await signedIn(browser, 'editor')
  const [former, word] = [`Glass orchard waits ${aWord()}`, aWord()]
  const address = await publishStory(page, former)
  await field(page, 'Headline').fill(`Glass orchard sings ${word}`)
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('Saved a draft of “Glass orchard sings')

  const embargo = page.getByRole('form', { name: 'Set the embargo' })
  await embargo.getByText('Put it under an embargo…').click()
  await embargo.getByLabel('Embargoed until').fill(inSeconds(86_400).typed)
  await embargo.getByLabel('Whose embargo').fill('The orchard’s own')
  await button(page, 'Set the embargo').click()
  await expect(page.getByRole('region', { name: 'Embargo' })).toContainText('Embargoed until')
  await button(page, 'Publish changes').click()
  await expect(problem(page)).toContainText('This story is embargoed until', { timeout: 30_000 })

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
  await page.goto(`${newspaper()}/admin/schedule`)
  await expect(page.getByRole('group', { name: 'Goes out next' })).toContainText('Changes go live')
  await expect(page.getByRole('table')).toContainText(word)
  await expectAccessible(page)

  const id = address.split('/').at(-1) ?? ''
  const story = `/europe/glass-orchard-${id}`
  const everywhere = [story, '/', '/europe', '/headlines', '/latest', '/feed.xml', `/search?q=${word}+orchard`]
  const seen = await probe(page, everywhere, `Glass orchard sings ${word}`, moment.at)
  console.log(
    `All ${everywhere.length} addresses had it ${seen.latest} ms after the second; ${seen.asked} answers, none early`,
  )
  expect(seen.early).toEqual([])
  expect(seen.missing).toEqual([])
  expect(seen.latest).toBeLessThan(THERE_WITHIN)
  await page.goto(`${address}/history`)
  await expect(page.getByText(`went live as scheduled (the headline was “${former}”)`)).toHaveCount(1)

  await page.goto(address)
  const ending = page.getByRole('form', { name: 'Unpublish at a time' })
  await ending.getByText('Unpublish at a time…').click()
  await ending.getByLabel('Is unpublished').fill(inSeconds(6).typed)
  await ending.getByLabel('Why it goes').fill('The orchard sails')
  await ending.getByRole('button', { name: 'Unpublish at that time' }).click()
  await expect(page.getByRole('form', { name: 'The end' })).toContainText('Will be unpublished on')
  await expect.poll(async () => (await page.request.get(newspaper() + story)).status(), { timeout: 20_000 }).toBe(410)
  await expect.poll(async () => (await page.request.get(`${newspaper()}/latest`)).text()).not.toContain(word)
  await context.close()
})
