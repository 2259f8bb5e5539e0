import { expect, test } from 'vitest'
import { paste, storedBody, useEditorPages } from './editor-page.test-support'

const open = useEditorPages()

test('text typed and pasted in a body without a document is kept', async () => {
  const page = await open()
  await page.keyboard.type('The ferry sang. ')
  await paste(page, { html: 'Then it <b>hummed</b>.' })
  expect(await storedBody(page)).toMatchObject({
    content: [
      { type: 'paragraph', content: [{ text: 'The ferry sang. Then it ' }, { text: 'hummed' }, { text: '.' }] },
    ],
  })
  await page.close()
})

test('two editors of one document see each other’s text, and what was held arrives afterwards', async () => {
  const page = await open({ shared: 2 })
  await page.evaluate(() => window.editorPage.hold(1, true))
  await page.keyboard.type('The ferry sang.')
  expect(await storedBody(page, 1)).toBeNull()
  await page.evaluate(() => window.editorPage.hold(1, false))
  expect(await storedBody(page, 1)).toEqual(await storedBody(page, 0))
  expect(await page.locator('#editor-1 [role=textbox]').innerText()).toBe('The ferry sang.')
  await page.close()
})
