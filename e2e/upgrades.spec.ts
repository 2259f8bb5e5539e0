import { PROTOCOL_VERSION } from '@/domain/collaboration/protocol'
import { expectAccessible } from './support/accessibility'
import {
  beginSyncedStory,
  body,
  button,
  field,
  publishStory,
  saveStory,
  syncStatus,
  typeInBody,
  uniqueWord,
} from './support/newsroom'
import { instanceUrl } from './support/people'
import { expect, test, type Page } from './support/test'

test('an upgrade during writing leaves the page, its text and its caret where they are, and says so', async ({
  edith: { page },
}) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  await page.evaluate(() => Object.assign(window, { opened: 'once' }))
  const fresh = () => page.waitForResponse((response) => response.request().headers().rsc === '1')
  const behind = page.getByText('The newsroom was brought up to date.').first()
  const refreshed = fresh()
  await typeInBody(page, 'It sang')
  await refreshed
  // The refresh is requested from this build, and the next one responds.
  await page.route(`${address}?_rsc=**`, async (route) => {
    const fetched = await route.fetch()
    const text = await fetched.text()
    expect(text).toMatch(/"b":"[^"]+"/u)
    await route.fulfill({ response: fetched, body: text.replace(/"b":"[^"]+"/u, '"b":"the-next-build"') })
  })
  const fromNext = fresh()
  await page.keyboard.type(' over the')
  await fromNext
  await page.keyboard.type(' harbour')
  await expect(behind).toBeVisible()
  await expect(body(page)).toHaveText('It sang over the harbour')
  // From then on the page is not refreshed, and its forms still work.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await saveStory(page, 'Saved')
  await expect(body(page)).toHaveText('It sang over the harbour')
  expect(await page.evaluate(() => 'opened' in window)).toBe(true)
})

test('a page that learns of an upgrade from a sync response is not refreshed', async ({ edith: { page } }) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  const refreshes: string[] = []
  page.on('request', (request) => {
    if (request.headers().rsc === '1') refreshes.push(request.url())
  })
  await page.route(`${address}/words?**`, async (route) => {
    const fetched = await route.fetch()
    await route.fulfill({ response: fetched, headers: { ...fetched.headers(), 'x-build': 'the-next-build' } })
  })
  await typeInBody(page, 'It sang')
  // Reported at once, also without a pause in typing.
  const behind = page.getByText('The newsroom was brought up to date.').first()
  for (let letter = 0; letter < 40 && !(await behind.isVisible()); letter += 1)
    await page.keyboard.type('.', { delay: 100 })
  await expect(behind).toBeVisible()
  await page.keyboard.type(' Over the harbour')
  await expect(syncStatus(page)).toContainText('Saved')
  await expectAccessible(page)
  expect(refreshes).toEqual([])
  await page.getByRole('button', { name: 'Load the page again' }).click()
  await expect(body(page)).toHaveText(/^It sang\.* Over the harbour$/u)
  // A pending request would fail in a closed browser, and be reported in the next test.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

/** Moves a tab's stored text to where a tab of the protocol version before stores it, and stops its requests. */
async function asPreviousProtocol(page: Page) {
  await page.evaluate(async (version) => {
    window.fetch = () => Promise.reject(new Error('The network is gone.'))
    const resultOf = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(request.error?.message))
      })
    const names = (await indexedDB.databases()).flatMap(({ name }) =>
      name?.endsWith(`, ${version}, sealed`) ? [name] : [],
    )
    if (names.length !== 1) throw new Error(`Text is stored in ${names.length} databases.`)
    for (const name of names) {
      const current = await resultOf(indexedDB.open(name))
      const updates = await resultOf(current.transaction('updates').objectStore('updates').getAll())
      const opening = indexedDB.open(name.replace(/\d+(?=, sealed$)/u, String(version - 1)))
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('updates', { autoIncrement: true })
        opening.result.createObjectStore('custom')
      }
      const previous = await resultOf(opening)
      const store = previous.transaction('updates', 'readwrite').objectStore('updates')
      for (const update of updates) await resultOf(store.add(update))
      await resultOf(current.transaction('updates', 'readwrite').objectStore('updates').clear())
      previous.close()
      current.close()
    }
  }, PROTOCOL_VERSION)
}

test('a tab of the previous build removes nothing after an upgrade, and its text on the device is not lost', async ({
  ann,
  otto,
}) => {
  const address = await publishStory(ann.page, `Kite ${uniqueWord()}`, 'It sang.')
  let isUpgraded = false
  // The previous build sends no protocol version; the server is of this build.
  await otto.context.route(/\/words(?:\/stream)?\?/u, (route) =>
    isUpgraded
      ? route.continue({
          url: route
            .request()
            .url()
            .replace(/[?&]edition=\d+/u, ''),
        })
      : route.continue(),
  )
  await otto.page.goto(address)
  await expect(syncStatus(otto.page)).toContainText('Saved')
  isUpgraded = true
  await field(otto.page, 'Kicker').fill('Written before')
  await expect(syncStatus(otto.page)).toContainText('brought up to date')
  await expect(syncStatus(otto.page)).toContainText('Your words are kept on this device.')
  await body(ann.page).click()
  await ann.page.keyboard.press('Control+End')
  await button(ann.page, 'Table').click()
  await ann.page.keyboard.type('Quay')
  await expect(syncStatus(ann.page)).toContainText('Saved')
  await expect(field(ann.page, 'Kicker')).toHaveValue('')
  isUpgraded = false
  await asPreviousProtocol(otto.page)
  await button(otto.page, 'Load the page again').click()
  await expect(body(otto.page).locator('td').first()).toHaveText('Quay')
  await expect(field(otto.page, 'Kicker')).toHaveValue('Written before')
  await expect(field(ann.page, 'Kicker')).toHaveValue('Written before')
  await expect(body(ann.page).locator('td').first()).toHaveText('Quay')
})

test('a form whose action this build does not know says so, and keeps what was typed', async ({ page, browser }) => {
  const unknown = '0'.repeat(42)
  await page.route('**/sign-in', (route) => {
    const headers = { ...route.request().headers(), 'next-action': unknown }
    return route.request().method() === 'POST' ? route.continue({ headers }) : route.continue()
  })
  await page.goto(`${instanceUrl()}/sign-in`)
  await page.getByLabel('E-mail').fill('kite@overley.example')
  await page.getByLabel('Password').fill('seven spoons in a drawer')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'brought up to date' })).toContainText('load the page again')
  await expect(page.getByLabel('E-mail')).toHaveValue('kite@overley.example')

  const noScript = await browser.newContext({ javaScriptEnabled: false })
  const plain = await noScript.newPage()
  await plain.route('**/sign-in', (route) => {
    const sent = route.request().postData()
    if (sent === null) return route.continue()
    return route.continue({ postData: sent.replace(/"id":"[0-9a-f]+"/u, `"id":"${unknown}"`) })
  })
  await plain.goto(`${instanceUrl()}/sign-in`)
  await plain.getByLabel('E-mail').fill('kite@overley.example')
  await plain.getByLabel('Password').fill('seven spoons in a drawer')
  const [response] = await Promise.all([
    plain.waitForNavigation(),
    plain.getByRole('button', { name: 'Sign in' }).click(),
  ])
  expect(response?.status()).toBe(409)
  await expect(plain.getByText('brought up to date')).toBeVisible()
  await noScript.close()
})
