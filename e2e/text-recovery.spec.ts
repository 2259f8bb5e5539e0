import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { draftDocuments, drafts } from '@/db/schema/draft'
import { sessions } from '@/db/schema/user'
import { revokeSession } from '@/domain/people/sign-in'
import { changeRole } from '@/domain/people/managing'
import { commandLineActor, type Role } from '@/domain/user/user'
import { expectAccessible } from './support/accessibility'
import {
  beginStory,
  beginSyncedStory,
  body,
  button,
  field,
  publishStory,
  syncStatus,
  typeInBody,
  uniqueWord,
} from './support/newsroom'
import { type Person, signedIn, signInInNewTab } from './support/people'
import { valueOf } from './support/rights/fixture'
import { caretToEnd, draftAt, openTogether, typeAtEnd } from './support/collaboration'
import { expect, test, type Page } from './support/test'

test('what two people write offline, and a third online, is merged when they are back', async ({
  browser,
  ann,
  otto,
}) => {
  const address = await openTogether(ann, otto)
  const eve = await signedIn(browser, 'editor', 'Eve')
  await typeAtEnd(ann.page, 'Middle.')
  await expect(body(otto.page)).toHaveText('Middle.')
  await eve.page.goto(address)
  await expect(syncStatus(eve.page)).toContainText('Saved')
  await Promise.all([ann.context.setOffline(true), otto.context.setOffline(true)])
  await caretToEnd(ann.page)
  await ann.page.keyboard.press('Control+Home')
  await ann.page.keyboard.type('Hers. ')
  await field(ann.page, 'Kicker').fill('Hers')
  await typeAtEnd(otto.page, ' His.')
  await field(otto.page, 'Dateline').fill('His')
  await caretToEnd(eve.page)
  await eve.page.keyboard.press('ArrowLeft')
  await eve.page.keyboard.type(', and a third')
  await field(eve.page, 'Standfirst').fill('A third')
  await expect(syncStatus(eve.page)).toContainText('Saved')
  for (const { page } of [ann, otto]) await expect(syncStatus(page)).toHaveText('Offline, kept on this device')
  await Promise.all([ann.context.setOffline(false), otto.context.setOffline(false)])
  for (const { page } of [ann, otto, eve]) {
    await expect(body(page)).toHaveText('Hers. Middle, and a third. His.', { timeout: 30_000 })
    await expect(field(page, 'Kicker')).toHaveValue('Hers')
    await expect(field(page, 'Dateline')).toHaveValue('His')
    await expect(field(page, 'Standfirst')).toHaveValue('A third')
    await expect(syncStatus(page)).toContainText('Saved')
  }
  expect(await draftAt(address)).toMatchObject({ kicker: 'Hers', dateline: 'His', standfirst: 'A third' })
})

test('an editor who is made a reporter while writing in somebody else’s story is told that the text is on this device, and has it when an editor again', async ({
  ann,
  otto,
}) => {
  const address = await publishStory(ann.page, `Kite ${uniqueWord()}`)
  const { page, person } = otto
  await page.goto(address)
  await typeAtEnd(page, ' Loud.')
  await expect(syncStatus(page)).toContainText('Saved')
  const make = (role: Role) => changeRole(commandLineActor, { userId: person.id, role }).then(valueOf)
  await make('reporter')
  await page.keyboard.type(' And long.')
  await expect(syncStatus(page)).toContainText('Could not save')
  await button(page, 'Save draft').click()
  const notice = page.getByRole('status').filter({ hasText: 'What you wrote is kept on this device' })
  await expect(notice).toBeVisible()
  await expectAccessible(page)
  await page.goto(await beginStory(ann.page, `Kite ${uniqueWord()}`))
  await expect(page.getByRole('heading', { name: 'There is nothing here for you' })).toBeVisible()
  await expect(notice).toHaveCount(0)
  await make('editor')
  await page.goto(address)
  await expect(body(page)).toHaveText('It sang over the harbour. Loud. And long.')
  await expect(syncStatus(page)).toContainText('Saved')
  expect(JSON.stringify((await draftAt(address)).body)).toContain('And long.')
})

test('text written offline in a paragraph that another removes is kept in a version, and its writer is notified', async ({
  ann,
  otto,
}) => {
  await openTogether(ann, otto)
  await typeAtEnd(ann.page, 'It sang.')
  await ann.page.keyboard.press('Enter')
  await ann.page.keyboard.type('Nobody slept.')
  await expect(body(otto.page)).toHaveText('It sang.Nobody slept.')
  await ann.context.setOffline(true)
  await ann.page.keyboard.type(' Loud as a lighthouse.')
  await expect(syncStatus(ann.page)).toHaveText('Offline, kept on this device')
  await body(otto.page).getByText('Nobody slept.').click({ clickCount: 3 })
  await otto.page.keyboard.press('Delete')
  await otto.page.keyboard.press('Backspace')
  await field(otto.page, 'Kicker').fill('Harbour')
  await expect(syncStatus(otto.page)).toContainText('Saved')
  await ann.context.setOffline(false)
  await expect(body(ann.page)).toHaveText('It sang.', { timeout: 30_000 })
  await ann.page.getByRole('link', { name: 'See version 1' }).click()
  await expect(ann.page.getByText('Loud as a lighthouse.')).toBeVisible()
})

test('text in a line that another makes a subheading at that moment is kept in a version, and its writer is notified', async ({
  ann,
  otto,
}) => {
  await openTogether(ann, otto)
  await typeInBody(ann.page, 'The ferry sang.')
  await expect(body(otto.page)).toHaveText('The ferry sang.')
  await otto.context.setOffline(true)
  await body(otto.page).click()
  await button(otto.page, 'Subheading').click()
  await expect(body(otto.page).getByRole('heading')).toHaveText('The ferry sang.')
  await ann.page.keyboard.press('Home')
  for (let letter = 0; letter < 'The ferry'.length; letter += 1) await ann.page.keyboard.press('ArrowRight')
  await ann.page.keyboard.type(' never')
  await expect(syncStatus(ann.page)).toContainText('Saved')
  await otto.context.setOffline(false)
  await expect(body(ann.page).getByRole('heading')).toBeVisible()
  const see = ann.page.getByRole('link', { name: 'See version 1' })
  await expect(see).toBeVisible()
  await expect(otto.page.getByRole('link', { name: 'See version 1' })).toHaveCount(0)
  await see.click()
  await expect(ann.page.getByRole('main')).toContainText('never')
})

/** From now on writes to IndexedDB fail as on a full disk; `freeDisk()` in the page ends it. */
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

/** Counts, in `flushes` of the page, the IndexedDB transactions with strict durability. */
const watchDisk = (page: Page) =>
  page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype
    const counted = Object.assign(window, { flushes: 0 })
    IDBDatabase.prototype.transaction = function (...args) {
      if (args[2]?.durability === 'strict') counted.flushes += 1
      return transaction.apply(this, args)
    }
  })

test('a tab killed while offline loses no text, and a full disk is reported while the tab is open', async ({
  rae: { page, context },
}) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  await context.setOffline(true)
  await typeAtEnd(page, 'In')
  await expect(syncStatus(page)).toHaveText('Offline, kept on this device')
  await fillDisk(page)
  await page.keyboard.type(' the')
  await expect(syncStatus(page)).toHaveText('Offline. Keep this tab open: this device cannot keep your words.')
  await page.evaluate('freeDisk()')
  await watchDisk(page)
  await page.keyboard.type(' tunnel.')
  await field(page, 'Kicker').fill('Tunnel')
  await expect(syncStatus(page)).toHaveText('Offline, kept on this device')
  await expect.poll(() => page.evaluate('flushes')).toBeGreaterThan(0)
  await page.close({ runBeforeUnload: false })
  expect((await draftAt(address)).bodyText).not.toContain('tunnel')
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(address)
  await expect(body(again)).toHaveText('In the tunnel.')
  await expect(field(again, 'Kicker')).toHaveValue('Tunnel')
  await expect(syncStatus(again)).toContainText('Saved')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('In the tunnel.')

  // Restored from a backup with the story, but without this text or its document.
  await again.close()
  const storyId = Number(address.split('/').at(-1))
  await database().delete(draftDocuments).where(eq(draftDocuments.storyId, storyId))
  await database().update(drafts).set({ body: null, kicker: null }).where(eq(drafts.storyId, storyId))
  const after = await context.newPage()
  await after.goto(address)
  await button(after, 'Keep them as a version').click()
  await after.getByRole('link', { name: 'See version 1' }).click()
  await expect(after.getByText('In the tunnel.')).toBeVisible()
})

async function endSessionsOf({ id }: Person) {
  for (const session of await database().select().from(sessions).where(eq(sessions.userId, id)))
    await revokeSession(session.id)
}

test('a session that ends during writing is reported; after signing in beside the text it is saved by itself, and the caret stays', async ({
  rae: { page, person },
}) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  await typeAtEnd(page, 'It sang.')
  for (let letter = 0; letter < ' sang.'.length; letter += 1) await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It sang.')
  await endSessionsOf(person)
  await page.keyboard.type(' really')
  await expect(syncStatus(page)).toContainText(
    'Could not save: You were signed out. Your words are kept on this device.',
  )
  expect((await draftAt(address)).bodyText).not.toContain('really')
  const small = await signInInNewTab(syncStatus(page), person)
  await expect.poll(() => small.isClosed()).toBe(true)
  await expect(syncStatus(page)).toContainText('Saved')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It really sang.')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type(' and truly')
  await expect(body(page)).toHaveText('It really and truly sang.')
  await expect(syncStatus(page)).toContainText('Saved')

  // A browser that opens no windows uses a tab, and the link had the focus.
  await endSessionsOf(person)
  await page.evaluate(() => {
    window.open = () => null
  })
  await page.keyboard.type(' loudly')
  await expect(syncStatus(page)).toContainText('Could not save: You were signed out.')
  await syncStatus(page).getByRole('link', { name: 'Sign in again' }).focus()
  const tab = await signInInNewTab(syncStatus(page), person)
  await expect(syncStatus(page)).toContainText('Saved')
  await expect.poll(async () => (await draftAt(address)).bodyText).toContain('It really and truly loudly sang.')
  if (!tab.isClosed()) await tab.close()
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('!')
  await expect(body(page)).toHaveText('It really and truly loudly! sang.')
})

test('the text of one person is not sent under the name of another', async ({ ann: { page, context }, otto }) => {
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  await context.clearCookies()
  await context.addCookies(await otto.context.cookies())
  await field(page, 'Kicker').fill('Hers')
  await expect(syncStatus(page)).toContainText('Could not save: Otto is signed in here now.')
  expect((await draftAt(address)).kicker).toBe(null)
})
