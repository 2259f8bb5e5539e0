import { expect, test, type Browser, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { createID, RelativePosition } from 'yjs'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { sessions } from '@/db/schema/user'
import { dismiss } from '@/domain/user/admitting'
import { writtenCaret } from '@/domain/writing/caret'
import { expectAccessible } from './support/accessible'
import { aWord, answer, beginStory, body, button, field, publishStory, yourWords } from './support/newsroom'
import { newspaper, signedIn, signInBeside, type Person } from './support/people'

async function twoPeople(browser: Browser) {
  const [ann, otto] = [await signedIn(browser, 'editor', 'Ann'), await signedIn(browser, 'editor', 'Otto')]
  const address = await beginStory(ann.page, `Kite ${aWord()}`)
  await otto.page.goto(address)
  for (const { page } of [ann, otto]) await expect(yourWords(page)).toContainText('Saved')
  return { ann, otto, address, close: () => Promise.all([ann.context.close(), otto.context.close()]) }
}

async function draftAt(address: string) {
  const [draft] = await database()
    .select()
    .from(drafts)
    .where(eq(drafts.storyId, Number(address.split('/').at(-1))))
  if (!draft) throw new Error(`There is no draft at ${address}.`)
  return { ...draft, bodyText: JSON.stringify(draft.body) }
}

/** Puts the caret to the end of the body's last line, as a click would. */
async function toTheEnd(page: Page) {
  await body(page).click()
  await page.keyboard.press('Control+End')
}

test('two people write in one story at once, and each sees the other’s words and where they are', async ({
  browser,
}) => {
  const { ann, otto, address, close } = await twoPeople(browser)
  await field(ann.page, 'Kicker').fill('Harbour')
  await expect(field(otto.page, 'Kicker')).toHaveValue('Harbour')
  await expect(otto.page.getByRole('list', { name: 'Also here' })).toContainText('Ann is writing in the kicker')
  await expect(otto.page.getByText('Ann is writing here')).toBeVisible()

  await toTheEnd(ann.page)
  await ann.page.keyboard.type('The ferry sang.')
  await expect(body(otto.page)).toHaveText('The ferry sang.')
  await toTheEnd(otto.page)
  await expect(ann.page.getByRole('list', { name: 'Also here' })).toContainText('Otto is writing in the body')
  await Promise.all([
    (async () => {
      await ann.page.keyboard.press('Control+Home')
      await ann.page.keyboard.type('One night, when nobody was looking: ', { delay: 40 })
    })(),
    otto.page.keyboard.type(' It was loud enough to wake the kites.', { delay: 40 }),
  ])
  const merged = 'One night, when nobody was looking: The ferry sang. It was loud enough to wake the kites.'
  for (const { page } of [ann, otto]) await expect(body(page)).toHaveText(merged)

  await ann.page.getByLabel('Section').selectOption({ label: 'Asia' })
  await expect(otto.page.getByLabel('Section').locator('option:checked')).toHaveText('Asia')

  // Names are whole: what both add at once is there, and what one takes out takes out no other.
  const authors = (page: Page) => page.getByLabel('Authors', { exact: true })
  await authors(ann.page).fill('Wren Wobble')
  await expect(authors(otto.page)).toHaveValue('Wren Wobble')
  for (const { page } of [ann, otto]) await authors(page).press('End')
  await Promise.all([
    authors(ann.page).pressSequentially(', Salt Library', { delay: 40 }),
    authors(otto.page).pressSequentially(', Quill Quibble', { delay: 40 }),
  ])
  for (const name of ['Wren Wobble', 'Salt Library', 'Quill Quibble'])
    for (const { page } of [ann, otto]) await expect(authors(page)).toHaveValue(new RegExp(name, 'u'))
  await authors(otto.page).fill((await authors(otto.page).inputValue()).replace('Wren Wobble, ', ''))
  await expect(authors(ann.page)).toHaveValue(/^(Salt Library, Quill Quibble|Quill Quibble, Salt Library)$/u)

  await expect(yourWords(ann.page)).toHaveText(/^Saved \d\d:\d\d:\d\d$/u)
  await expectAccessible(ann.page)
  await expect
    .poll(async () => draftAt(address))
    .toMatchObject({
      kicker: 'Harbour',
      authors: expect.arrayContaining(['Salt Library']),
      bodyText: expect.stringContaining(merged),
    })
  await otto.page.close()
  await expect(ann.page.getByRole('list', { name: 'Also here' })).toHaveCount(0)
  await close()
})

/** Others' carets as they are drawn in somebody's body: in which line, and behind which of its words. */
const caretsIn = (page: Page) =>
  body(page).evaluate((text) =>
    [...text.querySelectorAll('.their-caret')].map((caret) => {
      const line = caret.closest('p')
      const before = document.createRange()
      before.setStart(line ?? text, 0)
      before.setEndBefore(caret)
      return { name: caret.getAttribute('data-name'), line: line?.textContent, behind: before.toString() }
    }),
  )

function aCaretElsewhere(): string {
  const place = new RelativePosition(null, null, createID(7, 3), -1)
  return writtenCaret({ anchor: place, head: place })
}

test('where another’s caret stands is seen, also when words come before it; it goes with its owner and is never a part of the story', async ({
  browser,
}) => {
  const { ann, otto, address, close } = await twoPeople(browser)
  await toTheEnd(ann.page)
  await ann.page.keyboard.type('The ferry sang.')
  await expect(body(otto.page)).toHaveText('The ferry sang.')
  await toTheEnd(otto.page)
  for (let letter = 0; letter < 'sang.'.length; letter += 1) await otto.page.keyboard.press('ArrowLeft')
  const atSang = { name: 'Otto', line: 'The ferry sang.', behind: 'The ferry ' }
  await expect.poll(async () => caretsIn(ann.page)).toEqual([atSang])

  // A place that is nowhere in this story harms nobody.
  const caret = aCaretElsewhere()
  const sent = { data: { tab: 'a-tab-of-tests', field: 'body', caret }, headers: { 'sec-fetch-site': 'same-origin' } }
  expect((await otto.context.request.post(`${address}/words/presence`, sent)).status()).toBe(200)
  await expect(ann.page.getByRole('list', { name: 'Also here' }).getByRole('listitem')).toHaveCount(2)
  expect(await caretsIn(ann.page)).toEqual([atSang])

  await ann.page.keyboard.press('Control+Home')
  await ann.page.keyboard.type('One night: ')
  const behind = 'One night: The ferry '
  await expect.poll(async () => caretsIn(ann.page)).toEqual([{ ...atSang, line: `${behind}sang.`, behind }])
  await expect(body(otto.page)).toHaveText(`${behind}sang.`)
  await otto.page.keyboard.type('really ')
  await expect
    .poll(async () => caretsIn(ann.page))
    .toEqual([{ name: 'Otto', line: `${behind}really sang.`, behind: `${behind}really ` }])
  await otto.page.keyboard.press('Shift+End')
  await expect(body(ann.page).locator('.their-selection')).toHaveText('sang.')
  // Her own caret stayed where she wrote.
  await ann.page.keyboard.type('nobody looked, ')
  const merged = 'One night: nobody looked, The ferry really sang.'
  for (const { page } of [ann, otto]) await expect(body(page)).toHaveText(merged)

  await expect(body(ann.page)).toMatchAriaSnapshot(`
    - textbox "Body":
      - paragraph: "${merged}"
  `)
  await otto.page.close()
  await expect(body(ann.page).locator('.their-caret')).toHaveCount(0)
  await close()
})

test('others’ words come in around the caret of whoever types in the same line', async ({ browser }) => {
  const { ann, otto, close } = await twoPeople(browser)
  const dateline = (page: Page) => field(page, 'Dateline')
  await dateline(ann.page).fill('Lower Quibble')
  await expect(dateline(otto.page)).toHaveValue('Lower Quibble')
  await dateline(otto.page).click()
  await dateline(otto.page).press('End')
  await dateline(ann.page).press('Home')
  await Promise.all([
    ann.page.keyboard.type('Far from ', { delay: 40 }),
    otto.page.keyboard.type(', at sea', { delay: 40 }),
  ])
  for (const { page } of [ann, otto]) await expect(dateline(page)).toHaveValue('Far from Lower Quibble, at sea')
  await otto.page.keyboard.type('!')
  await expect(dateline(otto.page)).toHaveValue('Far from Lower Quibble, at sea!')
  await close()
})

test('what two people write without a network, and a third with one, is merged when they are back', async ({
  browser,
}) => {
  const { ann, otto, address, close } = await twoPeople(browser)
  const eve = await signedIn(browser, 'editor', 'Eve')
  await toTheEnd(ann.page)
  await ann.page.keyboard.type('Middle.')
  await expect(body(otto.page)).toHaveText('Middle.')
  await eve.page.goto(address)
  await expect(yourWords(eve.page)).toContainText('Saved')
  await Promise.all([ann.context.setOffline(true), otto.context.setOffline(true)])
  await toTheEnd(ann.page)
  await ann.page.keyboard.press('Control+Home')
  await ann.page.keyboard.type('Hers. ')
  await field(ann.page, 'Kicker').fill('Hers')
  await toTheEnd(otto.page)
  await otto.page.keyboard.type(' His.')
  await field(otto.page, 'Dateline').fill('His')
  await toTheEnd(eve.page)
  await eve.page.keyboard.press('ArrowLeft')
  await eve.page.keyboard.type(', and a third')
  await field(eve.page, 'Standfirst').fill('A third')
  await expect(yourWords(eve.page)).toContainText('Saved')
  for (const { page } of [ann, otto]) await expect(yourWords(page)).toHaveText('Offline, kept on this device')
  await Promise.all([ann.context.setOffline(false), otto.context.setOffline(false)])
  for (const { page } of [ann, otto, eve]) {
    await expect(body(page)).toHaveText('Hers. Middle, and a third. His.', { timeout: 30_000 })
    await expect(field(page, 'Kicker')).toHaveValue('Hers')
    await expect(field(page, 'Dateline')).toHaveValue('His')
    await expect(field(page, 'Standfirst')).toHaveValue('A third')
    await expect(yourWords(page)).toContainText('Saved')
  }
  expect(await draftAt(address)).toMatchObject({ kicker: 'Hers', dateline: 'His', standfirst: 'A third' })
  await Promise.all([close(), eve.context.close()])
})

test('words written without a network in a paragraph that another removes are kept in a version, and their writer is told', async ({
  browser,
}) => {
  const { ann, otto, close } = await twoPeople(browser)
  await toTheEnd(ann.page)
  await ann.page.keyboard.type('It sang.')
  await ann.page.keyboard.press('Enter')
  await ann.page.keyboard.type('Nobody slept.')
  await expect(body(otto.page)).toHaveText('It sang.Nobody slept.')
  await ann.context.setOffline(true)
  await ann.page.keyboard.type(' Loud as a lighthouse.')
  await expect(yourWords(ann.page)).toHaveText('Offline, kept on this device')
  await body(otto.page).getByText('Nobody slept.').click({ clickCount: 3 })
  await otto.page.keyboard.press('Delete')
  await otto.page.keyboard.press('Backspace')
  await field(otto.page, 'Kicker').fill('Harbour')
  await expect(yourWords(otto.page)).toContainText('Saved')
  await ann.context.setOffline(false)
  await expect(body(ann.page)).toHaveText('It sang.', { timeout: 30_000 })
  await ann.page.getByRole('link', { name: 'See version 1' }).click()
  await expect(ann.page.getByText('Loud as a lighthouse.')).toBeVisible()
  await close()
})

/** Whatever the page keeps on the device from now on fails, as it does where the disk is full; `freeDisk()` in the page ends it. */
const fillDisk = (page: Page) =>
  page.evaluate(() => {
    const { add } = IDBObjectStore.prototype
    IDBObjectStore.prototype.add = function (...kept) {
      const request = add.apply(this, kept)
      this.transaction.abort()
      return request
    }
    Object.assign(window, { freeDisk: () => Object.assign(IDBObjectStore.prototype, { add }) })
  })

/** Counts from now on, in `broughtToDisk` in the page, how often it asked that what it keeps be on the disk itself. */
const watchDisk = (page: Page) =>
  page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype
    const counted = Object.assign(window, { broughtToDisk: 0 })
    IDBDatabase.prototype.transaction = function (...asked) {
      if (asked[2]?.durability === 'strict') counted.broughtToDisk += 1
      return transaction.apply(this, asked)
    }
  })

test('a tab that was killed without a network loses no word, and a full disk is said while there still is a tab', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'reporter')
  const address = await beginStory(page, `Kite ${aWord()}`)
  await expect(yourWords(page)).toContainText('Saved')
  await context.setOffline(true)
  await toTheEnd(page)
  await page.keyboard.type('In')
  await expect(yourWords(page)).toHaveText('Offline, kept on this device')
  await fillDisk(page)
  await page.keyboard.type(' the')
  await expect(yourWords(page)).toHaveText('Offline. Keep this tab open: this device cannot keep your words.')
  await page.evaluate('freeDisk()')
  await watchDisk(page)
  await page.keyboard.type(' tunnel.')
  await field(page, 'Kicker').fill('Tunnel')
  await expect(yourWords(page)).toHaveText('Offline, kept on this device')
  await expect.poll(() => page.evaluate('broughtToDisk')).toBeGreaterThan(0)
  await page.close({ runBeforeUnload: false })
  expect((await draftAt(address)).bodyText).not.toContain('tunnel')
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(address)
  await expect(body(again)).toHaveText('In the tunnel.')
  await expect(field(again, 'Kicker')).toHaveValue('Tunnel')
  await expect(yourWords(again)).toContainText('Saved')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('In the tunnel.')

  // Brought back from a backup that has the story, but neither these words nor the document they stood in.
  await again.close()
  const storyId = Number(address.split('/').at(-1))
  await database().delete(draftDocuments).where(eq(draftDocuments.storyId, storyId))
  await database().update(drafts).set({ body: null, kicker: null }).where(eq(drafts.storyId, storyId))
  const after = await context.newPage()
  await after.goto(address)
  await button(after, 'Keep them as a version').click()
  await after.getByRole('link', { name: 'See version 1' }).click()
  await expect(after.getByText('In the tunnel.')).toBeVisible()
  await context.close()
})

async function endSessionsOf({ id }: Person) {
  for (const session of await database().select().from(sessions).where(eq(sessions.userId, id)))
    await dismiss(session.id)
}

test('a session that ends while somebody writes is said; they sign in beside their words, which are saved by themselves, and the caret stays', async ({
  browser,
}) => {
  const { page, context, person } = await signedIn(browser, 'reporter', 'Rae')
  const address = await beginStory(page, `Kite ${aWord()}`)
  await expect(yourWords(page)).toContainText('Saved')
  await toTheEnd(page)
  await page.keyboard.type('It sang.')
  for (let letter = 0; letter < ' sang.'.length; letter += 1) await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It sang.')
  await endSessionsOf(person)
  await page.keyboard.type(' really')
  await expect(yourWords(page)).toContainText(
    'Could not save: You were signed out. Your words are kept on this device.',
  )
  expect((await draftAt(address)).bodyText).not.toContain('really')
  const small = await signInBeside(yourWords(page), person)
  await expect.poll(() => small.isClosed()).toBe(true)
  await expect(yourWords(page)).toContainText('Saved')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It really sang.')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type(' and truly')
  await expect(body(page)).toHaveText('It really and truly sang.')
  await expect(yourWords(page)).toContainText('Saved')

  // A browser that opens no windows: then it is a tab, and the link had the focus.
  await endSessionsOf(person)
  await page.evaluate(() => {
    window.open = () => null
  })
  await page.keyboard.type(' loudly')
  await expect(yourWords(page)).toContainText('Could not save: You were signed out.')
  await yourWords(page).getByRole('link', { name: 'Sign in again' }).focus()
  const tab = await signInBeside(yourWords(page), person)
  await expect(yourWords(page)).toContainText('Saved')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It really and truly loudly sang.')
  if (!tab.isClosed()) await tab.close()
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('!')
  await expect(body(page)).toHaveText('It really and truly loudly! sang.')
  await context.close()
})

test('the words of one person are not sent under the name of another', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor', 'Ann')
  const other = await signedIn(browser, 'editor', 'Otto')
  const address = await beginStory(page, `Kite ${aWord()}`)
  await expect(yourWords(page)).toContainText('Saved')
  await context.clearCookies()
  await context.addCookies(await other.context.cookies())
  await field(page, 'Kicker').fill('Hers')
  await expect(yourWords(page)).toContainText('Could not save: Otto is signed in here now.')
  expect((await draftAt(address)).kicker).toBe(null)
  await Promise.all([context.close(), other.context.close()])
})

test('what is published right after typing is what stands on the screen, also while others write', async ({
  browser,
}) => {
  const [ann, otto] = [await signedIn(browser, 'editor', 'Ann'), await signedIn(browser, 'editor', 'Otto')]
  const address = await publishStory(ann.page, `Kite ${aWord()}`, 'It sang.')
  await otto.page.goto(address)
  await expect(yourWords(otto.page)).toContainText('Saved')
  await toTheEnd(otto.page)
  const typing = otto.page.keyboard.type(' And on and on and on.', { delay: 25 })
  const headline = `Kite at dusk ${aWord()}`
  await field(ann.page, 'Headline').fill(headline)
  await button(ann.page, 'Publish changes').click()
  await expect(answer(ann.page)).toContainText(`Published changes to “${headline}”`)
  await typing
  const portal = (await ann.page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')) ?? ''
  const reader = await ann.context.newPage()
  await reader.goto(`${newspaper()}${portal}`)
  await expect(reader.getByRole('heading', { name: headline })).toBeVisible()
  await expect(body(ann.page)).toHaveText('It sang. And on and on and on.')
  await Promise.all([ann.context.close(), otto.context.close()])
})

test('what is saved before the document is open stands there once, with what is typed after it', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor')
  const address = await beginStory(page, `Kite ${aWord()}`)
  let opens = () => {}
  const saved = new Promise<void>((resolve) => (opens = resolve))
  await page.route('**/words?*', async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const response = await route.fetch()
    await saved
    await route.fulfill({ response })
  })
  await page.goto(address)
  await field(page, 'Dateline').fill('Lower Quibble')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(dateline)')
  await field(page, 'Dateline').press('End')
  await page.keyboard.type(', at sea')
  opens()
  await expect(yourWords(page)).toContainText('Saved')
  await expect(field(page, 'Dateline')).toHaveValue('Lower Quibble, at sea')
  await expect.poll(async () => (await draftAt(address)).dateline).toBe('Lower Quibble, at sea')
  await context.close()
})

test('a version saved without script comes into the open document of others', async ({ browser }) => {
  const { ann, address, close } = await twoPeople(browser)
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.context.storageState(),
  })
  const page = await plain.newPage()
  await toTheEnd(ann.page)
  await ann.page.keyboard.type('It sang.')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It sang.')
  await page.goto(address)
  await field(page, 'Kicker').fill('Without script')
  await button(page, 'Save draft').click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved a draft' })).toBeVisible()
  await expect(field(ann.page, 'Kicker')).toHaveValue('Without script')
  await expect(body(ann.page)).toHaveText('It sang.')
  await plain.close()
  await close()
})
