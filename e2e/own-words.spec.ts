import { expect, test, type Page } from '@playwright/test'
import { field } from './support/newsroom'
import { twoPeople } from './support/writing'

test('undoing in a field takes back one’s own words, and leaves what others wrote in it meanwhile', async ({
  browser,
}) => {
  const { ann, otto, close } = await twoPeople(browser)
  for (const name of ['Standfirst', 'Dateline']) {
    const theirs = (page: Page) => field(page, name)
    await theirs(ann.page).fill('')
    await theirs(ann.page).pressSequentially('It sang')
    await ann.page.waitForTimeout(A_STEP)
    await ann.page.keyboard.type(' loudly')
    await expect(theirs(otto.page)).toHaveValue('It sang loudly')
    await theirs(otto.page).press('Home')
    await otto.page.keyboard.type('Listen: ')
    await expect(theirs(ann.page)).toHaveValue('Listen: It sang loudly')
    await ann.page.keyboard.press('Control+z')
    await expect(theirs(ann.page)).toHaveValue('Listen: It sang')
    await expect(theirs(otto.page)).toHaveValue('Listen: It sang')
    await ann.page.keyboard.press('Control+Shift+z')
    await expect(theirs(ann.page)).toHaveValue('Listen: It sang loudly')
    await theirs(ann.page).evaluate(chooseUndo)
    await expect(theirs(ann.page)).toHaveValue('Listen: It sang')
    await ann.page.keyboard.press('Control+y')
    await expect(theirs(ann.page)).toHaveValue('Listen: It sang loudly')

    // The caret stands where it was undone, wherever it was before.
    await ann.page.keyboard.press('Home')
    await ann.page.keyboard.press('Control+z')
    await ann.page.keyboard.type('!')
    await expect(theirs(otto.page)).toHaveValue('Listen: It sang!')
    await otto.page.keyboard.press('Control+z')
    await expect(theirs(ann.page)).toHaveValue('It sang!')
  }
  await close()
})

/** As the browser's own menu does. */
const chooseUndo = (control: Element) =>
  void control.dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true }))

/** What is typed within half a second is undone at once. Milliseconds. */
const A_STEP = 600
