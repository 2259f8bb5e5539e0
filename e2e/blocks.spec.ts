import { expectAccessible } from './support/accessibility'
import { beginStory, body, button, formError, formStatus, typeInBody, uniqueWord } from './support/newsroom'
import { instanceUrl, signedIn } from './support/people'
import { expect, test, type Locator, type Page } from './support/test'

/** The block that Enter inserts. */
const entry = (page: Page) => page.getByRole('listbox', { name: 'Blocks' }).getByRole('option', { selected: true })

/** Types a slash and the beginning of a block's name, and inserts the block. */
async function choose(page: Page, name: string) {
  await page.keyboard.type(`/${name}`)
  await expect(entry(page)).toContainText(new RegExp(name, 'iu'))
  await page.keyboard.press('Enter')
}

async function portalAddress(page: Page): Promise<string> {
  return `${instanceUrl()}${(await page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')) ?? ''}`
}

/** A small phone, upright. */
const telephone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

test('every block is written on a phone, by keyboard and by taps, and readers see it with and without script', async ({
  browser,
}) => {
  test.slow()
  const { page } = await signedIn(browser, 'editor', 'Tess', telephone)
  const headline = `Kite ${uniqueWord()}`
  await beginStory(page, headline)
  const { keyboard } = page
  await body(page).tap()
  await keyboard.type('/')
  await expect(page.getByRole('listbox', { name: 'Blocks' }).getByRole('option')).toHaveCount(10)
  await expect(body(page)).toHaveAttribute('aria-activedescendant', /./u)
  await expectAccessible(page)
  await keyboard.press('ArrowUp')
  await expect(entry(page)).toHaveText('Embed')
  await keyboard.press('Escape')
  await expect(page.getByRole('listbox', { name: 'Blocks' })).toHaveCount(0)
  await keyboard.press('Backspace')
  await choose(page, 'pull')
  await keyboard.type('I never liked kites')
  await keyboard.press('Enter')
  await keyboard.type('Odd Quibble')
  await keyboard.press('Enter')
  await choose(page, 'fact')
  await keyboard.type('The ferry')
  await keyboard.press('ArrowDown')
  await keyboard.type('- Two funnels')
  await keyboard.press('Control+Enter')
  await choose(page, 'table')
  for (const text of ['Quay', 'Songs', '', 'Upper', '12', '', 'Lower']) {
    await keyboard.type(text)
    await keyboard.press('Tab')
  }
  await keyboard.type('7')
  await page.getByRole('group', { name: 'Table' }).getByRole('button', { name: 'Add row' }).tap()
  await keyboard.type('9')
  await keyboard.press('Control+Enter')
  await choose(page, 'rule')
  await choose(page, 'emb')
  const dialog = page.getByRole('dialog', { name: 'Embed' })
  await dialog.getByLabel('Address').fill('javascript:alert(1)')
  await keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('no address in the web')
  await dialog.getByLabel('Address').fill('https://youtu.be/abcdefghijk')
  await dialog.getByLabel('Title').fill('The ferry sings')
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await keyboard.type('## At last')
  await expect(body(page).locator('h2', { hasText: 'At last' })).toBeVisible()
  // A tap moves the caret into the text; a tap on a button leaves it there.
  await body(page).getByText('Odd Quibble').tap()
  await button(page, 'Bold').tap()
  await keyboard.type('!')
  await expect(body(page).locator('strong')).toHaveText('!')
  await button(page, 'Undo').tap()
  await expect(body(page).locator('strong')).toHaveCount(0)
  await expect(body(page)).toContainText('I never liked kites')
  await expect(body(page)).toBeFocused()
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(formStatus(page)).toContainText(`Published “${headline}”`)
  // The message above the buttons covers no focused field.
  await page.getByLabel('Section').focus()
  await keyboard.press('Tab')
  await expect(page.getByLabel('Dateline')).toBeFocused()
  await expectBetweenBars(page, page.getByLabel('Dateline'), '.never')
  const address = await portalAddress(page)

  for (const javaScriptEnabled of [true, false]) {
    const readers = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } })
    const reader = await readers.newPage()
    const requested: string[] = []
    await reader.route(
      (url) => url.origin !== instanceUrl(),
      (route) => {
        requested.push(route.request().url())
        return route.fulfill({ contentType: 'text/html', body: '<title>A film</title>' })
      },
    )
    await reader.goto(address)
    await expect(reader.getByText('I never liked kites')).toBeVisible()
    await expect(reader.getByRole('note', { name: 'The ferry' }).getByRole('listitem')).toHaveText('Two funnels')
    await expect(reader.getByRole('columnheader')).toHaveText(['Quay', 'Songs'])
    await expect(reader.getByRole('row')).toHaveCount(4)
    await expect(reader.getByRole('separator')).toHaveCount(1)
    await expect(reader.getByRole('link', { name: 'The ferry sings' })).toHaveAttribute(
      'href',
      'https://youtu.be/abcdefghijk',
    )
    // axe needs script; the document is the same without.
    if (javaScriptEnabled) await expectAccessible(reader)
    const show = reader.getByRole('button', { name: 'Show the video here, from YouTube' })
    if (javaScriptEnabled) {
      expect(requested).toEqual([])
      await show.click()
      await expect(reader.frameLocator('iframe[title="The ferry sings"]').locator('html')).toBeAttached()
      expect(requested).toEqual(['https://www.youtube-nocookie.com/embed/abcdefghijk'])
    } else await expect(show).toHaveCount(0)
    expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await readers.close()
  }
})

test('a table with a long word scrolls on a phone, and its page does not', async ({ browser }) => {
  const { page } = await signedIn(browser, 'editor', 'Tess', telephone)
  await beginStory(page, `Kite ${uniqueWord()}`)
  await body(page).tap()
  await choose(page, 'table')
  await page.keyboard.type('Donaudampfschifffahrtsgesellschaft')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Kapitänskajütenschlüssel')
  await expect(body(page).locator('.wide')).toHaveJSProperty('clientWidth', 294)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})

test('a composition over several cells empties them, and the arrows stop in cells only: the table keeps its shape', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor', 'Tess', telephone)
  await beginStory(page, `Kite ${uniqueWord()}`)
  const { keyboard } = page
  const cells = body(page).locator('td')
  await body(page).tap()
  await choose(page, 'table')
  for (const text of ['Quay', 'Songs', 'Kites']) {
    await keyboard.type(text)
    await keyboard.press('Tab')
  }
  await keyboard.press('Shift+Tab')
  for (let letter = 0; letter < 10; letter += 1) await keyboard.press('Shift+ArrowLeft')
  // The browser reports the selection in an event after the key; no composition starts before it.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  const telephoneKeys = await context.newCDPSession(page)
  await telephoneKeys.send('Input.imeSetComposition', { text: 'Si', selectionStart: 2, selectionEnd: 2 })
  await telephoneKeys.send('Input.insertText', { text: 'Six' })
  await expect(cells).toHaveCount(9)
  await expect(cells.nth(0)).toContainText('Six')
  await expect(cells.nth(1)).toHaveText('')
  await keyboard.press('ArrowDown')
  await keyboard.type('9')
  await expect(cells.filter({ hasText: '9' })).toHaveCount(1)
  await expect(cells).toHaveCount(9)
})

test('the search has the focus when opened again; closed by its button, the body has it', async ({
  edith: { page },
}) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await typeInBody(page, 'The ferry sang.')
  await page.keyboard.press('Control+f')
  const sought = page.getByRole('search').getByLabel('Find')
  await expect(sought).toBeFocused()
  await sought.fill('ferry')
  await body(page).click()
  await page.keyboard.press('Control+f')
  await expect(sought).toBeFocused()
  await page.keyboard.type('sang')
  await expect(sought).toHaveValue('sang')
  await button(page, 'Find').click()
  await expect(body(page)).toBeFocused()
})

test('fast typing keeps the order of letters, also in a new paragraph', async ({ browser }) => {
  const { page } = await signedIn(browser, 'editor', 'Tess', telephone)
  await beginStory(page, `Kite ${uniqueWord()}`)
  await body(page).tap()
  const { keyboard } = page
  const typed: string[] = []
  for (let turn = 1; turn <= 12; turn += 1) {
    typed.push(`Ferry ${String(turn)}`, `kite ${String(turn)}`)
    await keyboard.type(`Ferry ${String(turn)}`)
    await keyboard.press('Enter')
    await keyboard.type('/rule')
    await keyboard.press('Enter')
    await keyboard.type(`kite ${String(turn)}`)
    await keyboard.press('Enter')
  }
  await expect(body(page).locator('p')).toHaveText([...typed, ''])
})

test('TK and a link that leads nowhere are marked, listed and refused until they are resolved', async ({
  edith: { page },
}) => {
  const headline = `Kite ${uniqueWord()}`
  await beginStory(page, headline)
  await typeInBody(page, 'The ferry sang at TK songs')
  await expect(body(page).locator('.unresolved')).toHaveText('TK')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await button(page, 'Link').click()
  await page.getByRole('dialog').getByLabel('Address').fill('/europe/gone-999999')
  await page.keyboard.press('Enter')
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(formError(page)).toContainText('Resolve TK in the body: “The ferry sang at TK songs”.')
  await expect(formError(page)).toContainText('leads to /europe/gone-999999, where readers find nothing.')
  const checklist = page.getByRole('region', { name: 'Before publishing' })
  await expect(checklist.getByRole('listitem')).toHaveCount(2, { timeout: 20_000 })

  // Replace all is one step of undo.
  await body(page).click()
  await page.keyboard.press('Control+f')
  const panel = page.getByRole('search', { name: 'Find and replace in the body' })
  await panel.getByLabel('Find', { exact: true }).fill('s')
  await expect(panel.getByRole('status')).toHaveText(/^\d of 3$/u)
  await panel.getByLabel('Match case').check()
  await panel.getByLabel('Find', { exact: true }).fill('TK')
  await expect(panel.getByRole('status')).toHaveText('1 of 1')
  await expectAccessible(page)
  await panel.getByLabel('Replace with').fill('twelve')
  await panel.getByRole('button', { name: 'Replace all' }).click()
  await expect(panel.getByRole('status')).toHaveText('Replaced in 1 place.')
  await expect(body(page)).toHaveText('The ferry sang at twelve songs')
  await button(page, 'Undo').click()
  await expect(panel.getByRole('status')).toHaveText('1 of 1')
  await button(page, 'Redo').click()
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(body(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(body(page)).toHaveText('The ferry sang at TK songs')
  await page.keyboard.press('Control+Shift+z')
  await expect(body(page)).toHaveText('The ferry sang at twelve songs')
  await body(page).getByRole('link').click()
  await button(page, 'Link').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove link' }).click()
  await button(page, 'Publish').click()
  await expect(formStatus(page)).toContainText(`Published “${headline}”`)
})

test('the current line and the found word are visible between the toolbar and the buttons of a low window', async ({
  browser,
}) => {
  const { page } = await signedIn(browser, 'editor', 'Tess', {
    ...telephone,
    viewport: { width: 360, height: 380 },
  })
  await beginStory(page, `Kite ${uniqueWord()}`)
  await body(page).tap()
  const { keyboard } = page
  await keyboard.insertText(`Zinnia ${'hums over the harbour '.repeat(40)}`)
  for (let line = 0; line < 3; line += 1) {
    await keyboard.press('Enter')
    await expectBetweenBars(page, body(page).locator('p').last())
  }
  await keyboard.press('Control+f')
  const panel = page.getByRole('search')
  await panel.getByLabel('Find', { exact: true }).fill('zinnia')
  await expect(panel.getByRole('status')).toHaveText('1 of 1')
  await expectBetweenBars(page, panel.getByRole('status'), '.never')
  await expectBetweenBars(page, body(page).locator('.found'))
  // Also with forced colours.
  await page.emulateMedia({ forcedColors: 'active' })
  const ground = await body(page).evaluate((sheet) => getComputedStyle(sheet).backgroundColor)
  await expect(body(page).locator('.found')).not.toHaveCSS('background-color', ground)
})

/** Not behind the toolbar above or the buttons below. */
async function expectBetweenBars(page: Page, line: Locator, tools = '.toolbar') {
  const isClear = async () => {
    const edges = await page.evaluate(
      (above) => ({
        above: document.querySelector(above)?.getBoundingClientRect().bottom ?? 0,
        below: document.querySelector('.save-bar')?.getBoundingClientRect().top ?? 0,
      }),
      tools,
    )
    const box = await line.boundingBox()
    return box !== null && box.y >= edges.above && box.y + box.height <= edges.below
  }
  await expect.poll(isClear).toBe(true)
}
