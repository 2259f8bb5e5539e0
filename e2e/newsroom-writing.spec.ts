import { expectAccessible } from './support/accessibility'
import {
  beginStory,
  beginSyncedStory,
  body,
  button,
  field,
  formError,
  formStatus,
  saveStory,
  syncStatus,
  typeInBody,
  uniqueWord,
} from './support/newsroom'
import { signInInNewTab } from './support/people'
import { expect, test, type Locator } from './support/test'

test('somebody signed out while writing signs in elsewhere and saves: nothing is lost', async ({
  rae: { page, context, person },
}) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await field(page, 'Kicker').fill('Still here')
  await typeInBody(page, 'And this')
  await context.clearCookies()
  await button(page, 'Save draft').click()
  await expect(formError(page)).toContainText('You were signed out.')
  await expect(formError(page)).toBeFocused()
  const beside = await signInInNewTab(formError(page), person)
  await expect.poll(() => beside.isClosed()).toBe(true)
  await expect(syncStatus(page)).toContainText('Saved')
  await expect(formError(page)).toHaveCount(0)
  await expect(field(page, 'Kicker')).toHaveValue('Still here')
  await saveStory(page, '(kicker, body)')
})

test('when the network fails, the text stays, the form says so, and the next attempt saves it', async ({
  rae: { page, context },
}) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await field(page, 'Kicker').fill('In a tunnel')
  await typeInBody(page, 'No signal')
  await context.setOffline(true)
  await button(page, 'Save draft').click()
  await expect(formError(page)).toContainText(
    'The newsroom is temporarily unavailable. Your text is safe on this device',
  )
  await expect(field(page, 'Kicker')).toHaveValue('In a tunnel')
  // A note is only on the screen.
  await page.getByLabel('Note for the editor').fill('Dark here')
  await button(page, 'Hand in for review').click()
  const handIn = page.getByRole('form', { name: 'Hand in for review' })
  await expect(handIn.getByRole('alert')).toContainText('unavailable. What you typed is still here; try again')
  await expect(page.getByLabel('Note for the editor')).toHaveValue('Dark here')
  await context.setOffline(false)
  await expect(syncStatus(page)).toContainText('Saved')
  // A screen reader announces the end of offline, too.
  await expect(page.getByRole('status').filter({ hasText: 'Your words are saved again.' })).toHaveCount(1)
  await expect(formError(page)).toHaveCount(0)
  await saveStory(page, '(kicker, body)')
})

test('a network lost during a refresh of the page leaves the text where it is', async ({ rae: { page, context } }) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  let attempts = 0
  let answered = 0
  await page.route(`${address}?_rsc=*`, async (route) => {
    attempts += 1
    if (attempts === 1) await context.setOffline(true)
    if (attempts < 3) return route.abort('internetdisconnected')
    await route.continue()
    answered += 1
  })
  await typeInBody(page, 'Into the tunnel')
  await expect.poll(() => attempts, { timeout: 15_000 }).toBeGreaterThan(0)
  await page.keyboard.type(' and on.')
  await expect(syncStatus(page)).toHaveText('Offline, kept on this device')
  await expect.poll(() => attempts, { timeout: 15_000 }).toBeGreaterThan(1)
  await expect(body(page)).toHaveText('Into the tunnel and on.')
  await context.setOffline(false)
  await expect(syncStatus(page)).toContainText('Saved')
  await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(0)
  await expect(body(page)).toHaveText('Into the tunnel and on.')
  expect(page.url()).toBe(address)
})

test('leaving with unsaved text asks first; with saved text it does not', async ({ rae: { page, context } }) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    void (dialogs.length === 1 ? dialog.dismiss() : dialog.accept())
  })
  await context.setOffline(true)
  await typeInBody(page, 'Unsaved')
  await expect(syncStatus(page)).toHaveText('Offline, kept on this device')
  await page.getByRole('link', { name: 'Desk' }).click()
  await expect.poll(() => dialogs).toEqual(['beforeunload'])
  expect(page.url()).toBe(address)
  await context.setOffline(false)
  await page.keyboard.press('Control+s')
  await expect(formStatus(page)).toContainText('(body)')
  await page.getByRole('link', { name: 'Desk' }).click()
  await expect(page.getByRole('heading', { name: 'Desk' })).toBeVisible()
  expect(dialogs).toEqual(['beforeunload'])
})

test('what was typed just before a page is left is saved', async ({ browser, rae: { page, context } }) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  await typeInBody(page, 'Typed and gone.')
  await field(page, 'Kicker').fill('Gone')
  await page.getByRole('link', { name: 'Desk' }).click()
  await expect(page.getByRole('heading', { name: 'Desk' })).toBeVisible()
  // In a browser that has nothing of it in its own storage.
  const elsewhere = await browser.newContext({ storageState: { cookies: await context.cookies(), origins: [] } })
  const other = await elsewhere.newPage()
  await other.goto(address)
  await expect(body(other)).toContainText('Typed and gone.')
  await expect(field(other, 'Kicker')).toHaveValue('Gone')
})

test('a session that ends just before a refresh of the page leaves the text where it is, and says so', async ({
  rae: { page, context, person },
}) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  const synced = page.waitForRequest(
    (request) => request.url().startsWith(`${address}/words`) && request.method() === 'POST',
  )
  await typeInBody(page, 'Signed out')
  await synced
  await expect(syncStatus(page)).toContainText('Saved')
  await context.clearCookies()
  await expect(syncStatus(page)).toContainText('Sign in', { timeout: 15_000 })
  await page.keyboard.type(' in a tunnel')
  await expect(body(page)).toHaveText('Signed out in a tunnel')
  expect(page.url()).toBe(address)
  const beside = await signInInNewTab(syncStatus(page), person)
  await expect.poll(() => beside.isClosed()).toBe(true)
  await expect(syncStatus(page)).toContainText('Saved')
})

test('links are set by keyboard, and an invalid address is refused with a message', async ({ rae: { page } }) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await typeInBody(page, 'See the harbour')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  for (let stops = 0; stops < 30 && !(await isFocused(button(page, 'Link'))); stops += 1)
    await page.keyboard.press('Shift+Tab')
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
  await saveStory(page, '(body)')
})

const isFocused = (place: Locator) => place.evaluate((element) => element === document.activeElement)

test('a body’s blocks keep their ids from save to save', async ({ rae: { page } }) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await typeInBody(page, 'One')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Two')
  await saveStory(page, '(body)')
  const ids = () =>
    body(page)
      .locator('p')
      .evaluateAll((blocks) => blocks.map((block) => block.getAttribute('data-id')))
  const before = await ids()
  expect(new Set(before).size).toBe(2)
  await page.reload()
  await expect(body(page)).toBeVisible()
  expect(await ids()).toEqual(before)
})

test('a page that is translated against its wish goes on: saving, offline, menus and dialogs', async ({
  rae: { page, context },
}) => {
  await page.addInitScript(translatePage)
  await beginStory(page, `Kite ${uniqueWord()}`)
  expect(await page.evaluate(() => document.documentElement.translate)).toBe(false)
  await typeInBody(page, 'The ferry sang')
  await page.keyboard.press('Control+s')
  await expect(page.locator('font').filter({ hasText: '«Saved' }).first()).toBeVisible()
  await context.setOffline(true)
  await page.keyboard.type(' loudly')
  await expect(syncStatus(page)).toContainText('Offline')
  await context.setOffline(false)
  await expect(syncStatus(page)).toContainText('Saved')
  await page.keyboard.press('Control+f')
  await page.getByRole('search').locator('input').first().fill('ferry')
  await expect(page.getByRole('search').getByRole('status')).toContainText('1')
  await page.keyboard.press('Escape')
  await page.locator('[data-tool=Link]').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByLabel('Kicker').fill('Sung')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Something went wrong')).toHaveCount(0)
  await expect(body(page)).toHaveText('The ferry sang loudly')
})

/** What page translation does with each text outside the editor, and again after each change. */
function translatePage() {
  const translate = (node: Node) => {
    if (node instanceof Element && node.matches('font, script, style, [role=textbox], title')) return
    if (!(node instanceof Text)) return node.childNodes.forEach(translate)
    const words = node.data
    if (words.trim() === '' || words.startsWith('«') || node.parentElement?.closest('font, [role=textbox]')) return
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    node.replaceWith(outer)
    node.data = `«${words}»`
    inner.append(node)
    outer.append(inner)
  }
  const watch = () => {
    translate(document.body)
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        for (const node of [target, ...addedNodes]) if (node.isConnected) translate(node)
    }).observe(document.body, { childList: true, characterData: true, subtree: true })
  }
  // After React has hydrated.
  window.addEventListener('load', () => setTimeout(watch, 1500))
}
