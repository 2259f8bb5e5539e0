import { expect, test, type Browser, type Page } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { newspaper, signedIn } from './support/people'

const aWord = () => `quibble${crypto.randomUUID().slice(0, 8)}`
const body = (page: Page) => page.getByRole('textbox', { name: 'Body' })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const answer = (page: Page) => page.getByRole('form', { name: 'Story', exact: true }).getByRole('status')
const problem = (page: Page) => page.getByRole('form', { name: 'Story', exact: true }).getByRole('alert')

/** A new story, begun as people begin one; the page is its form. */
async function beginStory(page: Page, headline: string): Promise<string> {
  await page.goto(`${newspaper()}/admin/stories/new`)
  await field(page, 'Headline').fill(headline)
  await button(page, 'Start writing').click()
  await page.waitForURL(/\/admin\/stories\/\d+$/u)
  await expect(body(page)).toBeVisible()
  return page.url()
}

/** A story with a body, live in a section. */
async function publishStory(page: Page, headline: string, words = 'It sang over the harbour.'): Promise<string> {
  const address = await beginStory(page, headline)
  await body(page).click()
  await page.keyboard.type(words)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(answer(page)).toContainText(`Published “${headline}”`)
  return address
}

async function twoEditors(browser: Browser) {
  return [await signedIn(browser, 'editor', 'Edith'), await signedIn(browser, 'editor', 'Otto')] as const
}

test('a story is written, saved without a reader seeing it, previewed and published as it stands on the screen', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor', 'Edith')
  const headline = `Moon ferry sings ${aWord()}`
  const address = await beginStory(page, headline)
  await expect(page.getByRole('status').filter({ hasText: `Started “${headline}”` })).toBeVisible()
  await field(page, 'Kicker').fill('Harbour')
  await page.getByLabel('Standfirst').fill('One line.\nAnother.')
  await body(page).click()
  await page.keyboard.type('The ferry sang.')
  await page.keyboard.press('Enter')
  await button(page, 'Subheading').click()
  await page.keyboard.type('A chorus')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('Saved a draft')
  await expect(page.getByLabel('Where it stands')).toContainText('Readers have not seen it yet.')
  await expect(page.getByLabel('Where it stands')).toContainText('Last saved by Edith at')

  const preview = await context.newPage()
  await preview.goto(`${address}/preview`)
  await expect(preview.getByText('Preview: readers do not see this')).toBeVisible()
  await expect(preview.getByRole('heading', { name: headline })).toBeVisible()
  await expect(preview.getByRole('heading', { name: 'A chorus' })).toBeVisible()

  await button(page, 'Publish').click()
  await expect(problem(page)).toContainText('Before publishing, add: a section.')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await page.getByLabel('Dateline').fill('Lower Quibble')
  await button(page, 'Publish').click()
  await expect(answer(page)).toContainText(`Published “${headline}”`)
  await expect(page.getByLabel('Where it stands')).toContainText('Live since')

  await page.getByRole('link', { name: 'View on the portal' }).click()
  await expect(page.getByRole('heading', { name: headline })).toBeVisible()
  await expect(page.getByText('Lower Quibble')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'A chorus' })).toBeVisible()
  await context.close()
})

test('saving changes to a live story changes nothing for readers until they are published', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor')
  const word = aWord()
  const address = await publishStory(page, `First ${word}`)
  await field(page, 'Headline').fill(`Second ${word}`)
  await button(page, 'Save draft').click()
  await expect(page.getByLabel('Where it stands')).toContainText('The draft has changes that readers do not see yet.')
  const reader = await context.newPage()
  await reader.goto(`${newspaper()}/headlines`)
  await expect(reader.getByText(`First ${word}`)).toBeVisible()
  await button(page, 'Publish changes').click()
  await expect(answer(page)).toContainText(`Published changes to “Second ${word}”`)
  await reader.reload()
  await expect(reader.getByText(`Second ${word}`)).toBeVisible()
  await page.goto(`${address}/history`)
  const lines = page.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem')
  await expect(lines.first()).toContainText(`Published changes to “Second ${word}”.`)
  await expect(lines.nth(1)).toContainText(`the headline was “First ${word}”`)
  await context.close()
})

test('every word stays after a refusal and after a success, also those typed while the answer is under way', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor')
  await beginStory(page, `Kite ${aWord()}`)
  const tooLong = 'k'.repeat(61)
  await field(page, 'Kicker').fill(tooLong)
  await page.getByLabel('Standfirst').fill('A standfirst to keep')
  await page.getByLabel('Section').selectOption({ label: 'Asia' })
  await body(page).click()
  await page.keyboard.type('A body to keep')
  await button(page, 'Save draft').click()
  await expect(problem(page)).toContainText('Everything you typed is still here.')
  await expect(problem(page)).toBeFocused()
  await expect(field(page, 'Kicker')).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page, 'Kicker')).toHaveValue(tooLong)
  await expect(page.getByLabel('Standfirst')).toHaveValue('A standfirst to keep')
  await expect(page.getByLabel('Section').locator('option:checked')).toHaveText('Asia')
  await expect(body(page)).toHaveText('A body to keep')
  await problem(page).getByRole('link', { name: 'The kicker is longer than 60 characters.' }).click()
  await expect(field(page, 'Kicker')).toBeFocused()

  await field(page, 'Kicker').fill('Short')
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/admin/stories/**', async (route) => {
    if (route.request().method() === 'POST') await held
    await route.continue()
  })
  await button(page, 'Save draft').click()
  await page.getByLabel('Dateline').fill('Typed meanwhile')
  await body(page).press('End')
  await page.keyboard.type(', and more')
  letGo()
  await expect(answer(page)).toContainText('Saved a draft')
  await expect(page.getByLabel('Dateline')).toHaveValue('Typed meanwhile')
  await expect(field(page, 'Kicker')).toHaveValue('Short')
  await expect(body(page)).toHaveText('A body to keep, and more')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(dateline, body)')
  await page.reload()
  await expect(body(page)).toHaveText('A body to keep, and more')
  await context.close()
})

test('the second of two editors is told, sees both texts, takes what they like, and the next save goes through', async ({
  browser,
}) => {
  const [edith, otto] = await twoEditors(browser)
  const address = await beginStory(edith.page, `Kite ${aWord()}`)
  await otto.page.goto(address)
  await expect(body(otto.page)).toBeVisible()
  await otto.page.getByLabel('Standfirst').fill('His\nlines')
  await body(otto.page).click()
  await otto.page.keyboard.type('His body')
  await button(otto.page, 'Save draft').click()
  await expect(answer(otto.page)).toContainText('Saved a draft')

  const { page } = edith
  await page.getByLabel('Standfirst').fill('Hers')
  await field(page, 'Kicker').fill('Hers alone')
  await body(page).click()
  await page.keyboard.type('Her body')
  await button(page, 'Save draft').click()
  await expect(problem(page)).toContainText('Otto saved this story after you opened it')
  await expect(page.getByLabel('Standfirst')).toHaveValue('Hers')
  await expect(body(page)).toHaveText('Her body')
  await expect(page.getByRole('region', { name: 'The body as Otto wrote it' })).toHaveText('His body')
  await expect(page.getByText('Otto wrote: nothing')).toBeVisible()

  const standfirst = page.locator('.field').filter({ has: page.getByLabel('Standfirst') })
  await standfirst.getByRole('button', { name: 'Use theirs' }).click()
  await expect(page.getByLabel('Standfirst')).toHaveValue('His\nlines')
  await standfirst.getByRole('button', { name: 'Keep mine' }).click()
  await expect(page.getByLabel('Standfirst')).toHaveValue('Hers')
  await button(page, 'Use their body').click()
  await expect(body(page)).toHaveText('His body')
  await expectAccessible(page)

  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(kicker, standfirst)')
  await page.reload()
  await expect(body(page)).toHaveText('His body')
  await expect(field(page, 'Kicker')).toHaveValue('Hers alone')
  await Promise.all([edith.context.close(), otto.context.close()])
})

test('another form on the page never makes a later save overwrite what nobody has seen', async ({ browser }) => {
  const [edith, otto] = await twoEditors(browser)
  const address = await publishStory(edith.page, `Kite ${aWord()}`)
  await otto.page.goto(address)
  await otto.page.getByLabel('Dateline').fill('His')
  await button(otto.page, 'Save draft').click()
  await expect(answer(otto.page)).toContainText('Saved a draft')
  const { page } = edith
  await page.getByText('Withdraw this story…').click()
  await page.getByLabel('Reason').fill('It flew away')
  await button(page, 'Withdraw now').click()
  await expect(page.getByRole('status').filter({ hasText: 'Withdrew' })).toBeVisible()
  await field(page, 'Kicker').fill('Hers')
  await button(page, 'Save draft').click()
  await expect(problem(page)).toContainText('Otto saved this story after you opened it')
  await Promise.all([edith.context.close(), otto.context.close()])
})

test('a story is withdrawn only with a reason, is gone for readers at once, and can come back', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor')
  await publishStory(page, `Kite ${aWord()}`)
  const portal = await page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')
  await page.getByText('Withdraw this story…').click()
  await button(page, 'Withdraw now').click()
  await expect(page.getByLabel('About this story').getByRole('alert')).toContainText('Say why')
  await page.getByLabel('Reason').fill('The kite never rose.')
  await button(page, 'Withdraw now').click()
  await expect(page.getByLabel('Where it stands')).toContainText('because: The kite never rose.')
  const reader = await context.newPage()
  expect((await reader.goto(`${newspaper()}${portal}`))?.status()).toBe(410)
  await button(page, 'Publish again').click()
  await expect(page.getByLabel('Where it stands')).toContainText('Live since')
  expect((await reader.goto(`${newspaper()}${portal}`))?.status()).toBe(200)
  await context.close()
})

test('whoever was signed out while writing signs in elsewhere and saves: nothing is lost', async ({ browser }) => {
  const { page, context, person } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  await field(page, 'Kicker').fill('Still here')
  await body(page).click()
  await page.keyboard.type('And this')
  await context.clearCookies()
  await button(page, 'Save draft').click()
  await expect(problem(page)).toContainText('You were signed out.')
  await expect(problem(page)).toBeFocused()
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in again in another tab' }).click(),
  ])
  await tab.getByLabel('E-mail').fill(person.email)
  await tab.getByLabel('Password').fill(person.password)
  await button(tab, 'Sign in').click()
  await tab.waitForURL('**/admin')
  await expect(field(page, 'Kicker')).toHaveValue('Still here')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(kicker, body)')
  await context.close()
})

test('when the network fails, the words stay, the form says so, and the next try saves them', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  await field(page, 'Kicker').fill('In a tunnel')
  await body(page).click()
  await page.keyboard.type('No signal')
  await context.setOffline(true)
  await button(page, 'Save draft').click()
  await expect(problem(page)).toContainText('The newsroom is temporarily unavailable. Your text is safe on this device')
  await expect(field(page, 'Kicker')).toHaveValue('In a tunnel')
  await context.setOffline(false)
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(kicker, body)')
  await context.close()
})

test('leaving with unsaved words asks first; with saved ones it does not', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  const address = await beginStory(page, `Kite ${aWord()}`)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void (asked.length === 1 ? dialog.dismiss() : dialog.accept())
  })
  await body(page).click()
  await page.keyboard.type('Unsaved')
  await page.getByRole('link', { name: 'Desk' }).click()
  await expect.poll(() => asked).toEqual(['beforeunload'])
  expect(page.url()).toBe(address)
  await page.keyboard.press('Control+s')
  await expect(answer(page)).toContainText('Saved a draft')
  await page.getByRole('link', { name: 'Desk' }).click()
  await expect(page.getByRole('heading', { name: 'Desk' })).toBeVisible()
  expect(asked).toEqual(['beforeunload'])
  await context.close()
})

test('links are set from the keyboard, and an address that is none is refused in words', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  await body(page).click()
  await page.keyboard.type('See the harbour')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await button(page, 'Link').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Link' })
  await expect(dialog.getByLabel('Address')).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.type('javascript:alert(1)')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('no address that readers can follow')
  await dialog.getByLabel('Address').fill('harbour.example/tides')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(body(page)).toBeFocused()
  await expect(body(page).getByRole('link', { name: 'harbour' })).toHaveAttribute(
    'href',
    'https://harbour.example/tides',
  )
  await expect(button(page, 'Link')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type(' at night')
  await expect(body(page).getByRole('link')).toHaveText('harbour')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(body)')
  await context.close()
})

const pasted = `<html><body><!--StartFragment--><h1 style="color:red">Title</h1><p class="MsoNormal" style="font-family:Calibri"><b>Bold</b>
and <span style="font-style:italic">slanted</span> <a href="https://harbour.example" onclick="x()">link</a> “curly”<o:p></o:p></p>
<ul><li>One</li><li>Two</li></ul><table><tr><td>Cell</td></tr></table><script>bad()</script><img src="x"><!--EndFragment--></body></html>`

test('what is pasted from a word processor keeps its meaning and loses its clothes', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  const address = await beginStory(page, `Kite ${aWord()}`)
  await body(page).click()
  await body(page).evaluate((place, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', html)
    place.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, pasted)
  await expect(body(page).locator('li')).toHaveText(['One', 'Two'])
  await expect(body(page).locator('strong')).toHaveText('Bold')
  await expect(body(page).locator('em')).toHaveText('slanted')
  await expect(body(page).locator('[style], [class*=Mso], table, img, script')).toHaveCount(0)
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(body)')
  const before = await body(page).innerText()
  await page.goto(address)
  await expect(body(page).locator('li')).toHaveText(['One', 'Two'])
  expect(await body(page).innerText()).toBe(before)
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('Nothing had changed')
  await context.close()
})

test('a body’s blocks keep their ids from save to save', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  await body(page).click()
  await page.keyboard.type('One')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Two')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(body)')
  const ids = () =>
    body(page)
      .locator('p')
      .evaluateAll((blocks) => blocks.map((block) => block.getAttribute('data-id')))
  const before = await ids()
  expect(new Set(before).size).toBe(2)
  await page.reload()
  await expect(body(page)).toBeVisible()
  expect(await ids()).toEqual(before)
  await context.close()
})

test('an editor sets the lead and moves headlines with the keyboard; readers see that order', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor')
  const word = aWord()
  for (const headline of [`One ${word}`, `Two ${word}`]) await publishStory(page, headline)
  await page.goto(`${newspaper()}/admin/front-page`)
  const order = () => page.locator('.arranging .headline-text').allInnerTexts()
  await button(page, `Make it the lead: One ${word}`).click()
  await expect(page.getByRole('status').filter({ hasText: `Made “One ${word}” the lead story.` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Lead story' })).toContainText(`One ${word}`)
  expect((await order())[0]).toBe(`Two ${word}`)

  const down = button(page, `Move down: Two ${word}`)
  await down.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'new order' })).toBeVisible()
  expect((await order())[1]).toBe(`Two ${word}`)
  await expect(down).toBeFocused()
  await button(page, `Move to the top: Two ${word}`).click()
  await expect.poll(async () => (await order())[0]).toBe(`Two ${word}`)
  const shown = await order()
  await page.goto(newspaper())
  await expect(page.getByRole('main').getByText(`One ${word}`).first()).toBeVisible()
  const read = await page.getByRole('main').innerText()
  const places = shown.slice(0, 5).map((headline) => read.indexOf(headline))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
  await page.goto(`${newspaper()}/admin/front-page`)
  await button(page, 'Let the newest story lead').click()
  await expect(page.getByRole('region', { name: 'Lead story' })).toContainText('leads by itself')
  await context.close()
})

test('an admin opens and renames a section; an address that is taken is refused and nothing typed is lost', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'admin')
  const word = aWord()
  await page.goto(`${newspaper()}/admin/sections`)
  const open = page.getByRole('form', { name: 'Open a section' })
  await open.getByLabel('Name').fill(`Harbour ${word}`)
  await open.getByLabel('Address').fill('admin')
  await button(page, 'Open section').click()
  await expect(open.getByRole('alert')).toContainText('The address /admin is taken. Choose another.')
  await expect(open.getByLabel('Name')).toHaveValue(`Harbour ${word}`)
  await open.getByLabel('Address').fill('')
  await button(page, 'Open section').click()
  await expect(open.getByRole('status')).toContainText(`Opened the section Harbour ${word}.`)
  const row = page.getByRole('listitem').filter({ hasText: `Harbour ${word}` })
  await row.getByText('Rename').first().click()
  await row.getByLabel('Name').fill(`Quay ${word}`)
  await row.getByRole('button', { name: 'Rename section' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Renamed the section' })).toBeVisible()
  await context.close()
})

test('what is not there and what is not theirs look the same: a page that says so, with 404', async ({ browser }) => {
  const [rae, edith] = [await signedIn(browser, 'reporter', 'Rae'), await signedIn(browser, 'editor', 'Edith')]
  const hidden = new URL(await beginStory(edith.page, `Kite ${aWord()}`)).pathname
  const addresses = [hidden, `${hidden}/preview`, `${hidden}/history`, '/admin/history', '/admin/front-page']
  const nowhere = ['/admin/stories/999999999', '/admin/stories/17x', '/admin/sections', '/admin/no/such/room']
  for (const address of [...addresses, ...nowhere]) {
    expect((await rae.page.goto(`${newspaper()}${address}`))?.status(), address).toBe(404)
    await expect(rae.page.getByRole('heading', { name: 'There is nothing here for you' })).toBeVisible()
  }
  await Promise.all([rae.context.close(), edith.context.close()])
})

test('a reporter writes their own story and finds no button that publishes or withdraws', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  await expect(button(page, 'Save draft')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Publish/u })).toHaveCount(0)
  await expect(page.getByText('Withdraw')).toHaveCount(0)
  await context.close()
})

test('a live story of somebody else is shown to a reporter as readers have it, not as its draft', async ({
  browser,
}) => {
  const [rae, edith] = [await signedIn(browser, 'reporter', 'Rae'), await signedIn(browser, 'editor', 'Edith')]
  const word = aWord()
  const address = await publishStory(edith.page, `Shown ${word}`)
  await field(edith.page, 'Headline').fill(`Secret ${word}`)
  await button(edith.page, 'Save draft').click()
  await expect(answer(edith.page)).toContainText('Saved a draft')
  await rae.page.goto(address)
  await expect(rae.page.getByRole('heading', { name: `Shown ${word}` })).toBeVisible()
  await expect(rae.page.getByText(`Secret ${word}`)).toHaveCount(0)
  expect(await rae.page.content()).not.toContain(`Secret ${word}`)
  await Promise.all([rae.context.close(), edith.context.close()])
})

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`every newsroom page at ${width} px, ${colorScheme}, is accessible and nothing sticks out`, async ({
      browser,
    }) => {
      const { page, context } = await signedIn(browser, 'admin')
      await page.emulateMedia({ colorScheme })
      // Tall enough to see every page whole: what a sticky bar covers at one place of scrolling is free at another.
      await page.setViewportSize({ width, height: 3000 })
      const story = new URL(await publishStory(page, `${'A kite over the long harbour '.repeat(6)}${aWord()}`)).pathname
      await expectAccessible(page)
      const pages = [story, `${story}/history`, `${story}/preview`, '/admin/stories/new', '/admin/front-page']
      for (const address of [...pages, '/admin/sections', '/admin/history', '/admin/no/such/room']) {
        await page.goto(`${newspaper()}${address}`)
        await expect(page.getByRole('main')).toBeVisible()
        await expectAccessible(page)
        const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        expect(sticksOut, address).toBe(false)
      }
      await context.close()
    })

test('the keyboard alone is enough: skip link, headline, body, save', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'reporter')
  await beginStory(page, `Kite ${aWord()}`)
  await page.reload()
  await expect(body(page)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(field(page, 'Kicker')).toBeFocused()
  await page.keyboard.type('By hand')
  const isBody = () => body(page).evaluate((place) => place === document.activeElement)
  for (let presses = 0; presses < 20 && !(await isBody()); presses += 1) await page.keyboard.press('Tab')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('Typed by keys')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Section')).toBeFocused()
  await page.keyboard.press('Control+s')
  await expect(answer(page)).toContainText('(kicker, body)')
  await context.close()
})
