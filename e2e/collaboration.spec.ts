import { createID, RelativePosition } from 'yjs'
import { encodeCaret } from '@/domain/collaboration/presence/caret'
import { expectAccessible } from './support/accessibility'
import {
  beginStory,
  body,
  button,
  field,
  formStatus,
  publishStory,
  saveStory,
  syncStatus,
  uniqueWord,
} from './support/newsroom'
import { instanceUrl } from './support/people'
import { caretToEnd, draftAt, openTogether, typeAtEnd } from './support/collaboration'
import { expect, test, type Page } from './support/test'

test('two people write in one story at once, and each sees the other’s text and where they are', async ({
  ann,
  otto,
}) => {
  const address = await openTogether(ann, otto)
  await field(ann.page, 'Kicker').fill('Harbour')
  await expect(field(otto.page, 'Kicker')).toHaveValue('Harbour')
  await expect(otto.page.getByRole('list', { name: 'Also here' })).toContainText('Ann is writing in the kicker')
  await expect(otto.page.getByText('Ann is writing here')).toBeVisible()

  await typeAtEnd(ann.page, 'The ferry sang.')
  await expect(body(otto.page)).toHaveText('The ferry sang.')
  await caretToEnd(otto.page)
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

  // Names merge whole: both additions are kept, and a removal removes no other.
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

  await expect(syncStatus(ann.page)).toHaveText(/^Saved \d\d:\d\d:\d\d$/u)
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
})

/** Others' carets in somebody's body: the line, and the text before each. */
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

function caretOfAnotherDocument(): string {
  const position = new RelativePosition(null, null, createID(7, 3), -1)
  return encodeCaret({ anchor: position, head: position })
}

test('another’s caret is shown, also after text is inserted before it; it disappears with its owner and is never part of the story', async ({
  ann,
  otto,
}) => {
  const address = await openTogether(ann, otto)
  await typeAtEnd(ann.page, 'The ferry sang.')
  await expect(body(otto.page)).toHaveText('The ferry sang.')
  await caretToEnd(otto.page)
  for (let letter = 0; letter < 'sang.'.length; letter += 1) await otto.page.keyboard.press('ArrowLeft')
  const atSang = { name: 'Otto', line: 'The ferry sang.', behind: 'The ferry ' }
  await expect.poll(async () => caretsIn(ann.page)).toEqual([atSang])

  // A position outside this document is ignored.
  const caret = caretOfAnotherDocument()
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
  // Her own caret has not moved.
  await ann.page.keyboard.type('nobody looked, ')
  const merged = 'One night: nobody looked, The ferry really sang.'
  for (const { page } of [ann, otto]) await expect(body(page)).toHaveText(merged)

  await expect(body(ann.page)).toMatchAriaSnapshot(`
    - textbox "Body":
      - paragraph: "${merged}"
  `)
  await otto.page.close()
  await expect(body(ann.page).locator('.their-caret')).toHaveCount(0)
})

test('others’ text is inserted around the caret of somebody typing in the same line', async ({ ann, otto }) => {
  await openTogether(ann, otto)
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
})

test('what is published right after typing is what is on the screen, also while others write', async ({
  ann,
  otto,
}) => {
  const address = await publishStory(ann.page, `Kite ${uniqueWord()}`, 'It sang.')
  await otto.page.goto(address)
  await expect(syncStatus(otto.page)).toContainText('Saved')
  await caretToEnd(otto.page)
  const typing = otto.page.keyboard.type(' And on and on and on.', { delay: 25 })
  const headline = `Kite at dusk ${uniqueWord()}`
  await field(ann.page, 'Headline').fill(headline)
  await button(ann.page, 'Publish changes').click()
  await expect(formStatus(ann.page)).toContainText(`Published changes to “${headline}”`)
  await typing
  const portal = (await ann.page.getByRole('link', { name: 'View on the portal' }).getAttribute('href')) ?? ''
  const reader = await ann.context.newPage()
  await reader.goto(`${instanceUrl()}${portal}`)
  await expect(reader.getByRole('heading', { name: headline })).toBeVisible()
  await expect(body(ann.page)).toHaveText('It sang. And on and on and on.')
})

test('text saved before the document is open is there once, with what is typed after it', async ({
  edith: { page },
}) => {
  const address = await beginStory(page, `Kite ${uniqueWord()}`)
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
  await saveStory(page, '(dateline)')
  await field(page, 'Dateline').press('End')
  await page.keyboard.type(', at sea')
  opens()
  await expect(syncStatus(page)).toContainText('Saved')
  await expect(field(page, 'Dateline')).toHaveValue('Lower Quibble, at sea')
  await expect.poll(async () => (await draftAt(address)).dateline).toBe('Lower Quibble, at sea')
})

test('a version saved without script is merged into the open document of others', async ({ browser, ann, otto }) => {
  const address = await openTogether(ann, otto)
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.context.storageState(),
  })
  const page = await plain.newPage()
  await typeAtEnd(ann.page, 'It sang.')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It sang.')
  await page.goto(address)
  await field(page, 'Kicker').fill('Without script')
  await button(page, 'Save draft').click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved a draft' })).toBeVisible()
  await expect(field(ann.page, 'Kicker')).toHaveValue('Without script')
  await expect(body(ann.page)).toHaveText('It sang.')
})
