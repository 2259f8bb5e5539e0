import { beginStory, body, button, field, pasteInBody, uniqueWord } from './support/newsroom'
import { caretToEnd, openTogether, typeAtEnd } from './support/collaboration'
import { expect, test, type Page } from './support/test'

test('undo in a field takes back one’s own text, and leaves what others wrote in it meanwhile', async ({
  ann,
  otto,
}) => {
  await openTogether(ann, otto)
  for (const name of ['Standfirst', 'Dateline']) {
    const theirs = (page: Page) => field(page, name)
    await theirs(ann.page).fill('')
    await theirs(ann.page).pressSequentially('It sang')
    await ann.page.waitForTimeout(UNDO_STEP)
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

    // The caret is where the undo changed the text.
    await ann.page.keyboard.press('Home')
    await ann.page.keyboard.press('Control+z')
    await ann.page.keyboard.type('!')
    await expect(theirs(otto.page)).toHaveValue('Listen: It sang!')
    await otto.page.keyboard.press('Control+z')
    await expect(theirs(ann.page)).toHaveValue('It sang!')
  }
  const authors = (page: Page) => page.getByRole('combobox', { name: 'Authors' })
  await authors(ann.page).pressSequentially('Ida Quay')
  await ann.page.waitForTimeout(UNDO_STEP)
  await ann.page.keyboard.type(', Bo Salt')
  await expect(authors(otto.page)).toHaveValue('Ida Quay, Bo Salt')
  await authors(otto.page).press('Home')
  await otto.page.keyboard.type('Cy Bell, ')
  await expect(authors(ann.page)).toHaveValue('Cy Bell, Ida Quay, Bo Salt')
  await ann.page.keyboard.press('Control+z')
  // Its separator stays.
  await expect(authors(ann.page)).toHaveValue('Cy Bell, Ida Quay, ')
  await expect(authors(otto.page)).toHaveValue('Cy Bell, Ida Quay')
  await ann.page.keyboard.press('Control+Shift+z')
  await expect(authors(otto.page)).toHaveValue('Cy Bell, Ida Quay, Bo Salt')
})

test('a paste and an inserted block are undone and redone once, and the next letter is not part of them', async ({
  rae: { page },
}) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  const { keyboard } = page
  await body(page).click()
  await pasteInBody(page, '<p>The ferry sang.</p><p>Then it hummed.</p>')
  await page.waitForTimeout(UNDO_STEP)
  await keyboard.press('Enter')
  await keyboard.type('/rule')
  await keyboard.press('Enter')
  await expect(body(page).locator('hr')).toHaveCount(1)
  await keyboard.press('Control+z')
  await expect(body(page).locator('p')).toHaveText(['The ferry sang.', 'Then it hummed.', '/rule'])
  await keyboard.press('Control+z')
  await keyboard.press('Control+z')
  await expect(body(page)).toHaveText('')
  // One more than there are steps.
  for (let step = 0; step < 4; step += 1) await keyboard.press('Control+Shift+z')
  await expect(body(page).locator('p')).toHaveText(['The ferry sang.', 'Then it hummed.', ''])
  await expect(body(page).locator('hr')).toHaveCount(1)
  await keyboard.type('!')
  await expect(body(page)).toContainText('!')
  for (const text of ['The ferry sang.', 'Then it hummed.']) await expect(body(page)).toContainText(text)
})

/** As the browser's edit menu does. */
const chooseUndo = (control: Element) =>
  void control.dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true }))

/** Longer than the half second that is undone as one step. Milliseconds. */
const UNDO_STEP = 600

test('the caret in a line stays in its text while another changes the block’s type, or joins it with the one before', async ({
  ann,
  otto,
}) => {
  await openTogether(ann, otto)
  await typeAtEnd(ann.page, 'The ferry sang.')
  await ann.page.keyboard.press('Enter')
  await ann.page.keyboard.type('Nobody slept.')
  await expect(body(otto.page)).toHaveText('The ferry sang.Nobody slept.')
  for (let letter = 0; letter < ' slept.'.length; letter += 1) await ann.page.keyboard.press('ArrowLeft')
  await caretToEnd(otto.page)
  let text = 'Nobody'
  for (const [name, made] of [
    ['Subheading', ':scope > h2'],
    ['Subheading', ':scope > p'],
    ['Bulleted list', ':scope > ul'],
    ['Bulleted list', ':scope > p'],
    ['Quote', ':scope > blockquote'],
  ] as const) {
    await button(otto.page, name).click()
    await expect(body(ann.page).locator(made, { hasText: text })).toBeVisible()
    await ann.page.keyboard.type('!')
    text += '!'
    await expect.soft(body(otto.page), name).toHaveText(`The ferry sang.${text} slept.`)
  }
  await button(otto.page, 'Quote').click()
  await otto.page.keyboard.press('Home')
  await otto.page.keyboard.press('Backspace')
  await expect(body(ann.page).locator('p')).toHaveText([`The ferry sang.${text} slept.`])
  await ann.page.keyboard.type('?')
  await expect(body(otto.page)).toHaveText(`The ferry sang.${text}? slept.`)
})
