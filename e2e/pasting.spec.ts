import { beginStory, body, pasteInBody, saveStory, uniqueWord } from './support/newsroom'
import { expect, test } from './support/test'

const pasted = `<html><body><!--StartFragment--><h1 style="color:red">Title</h1><p class="MsoNormal" style="font-family:Calibri"><b>Bold</b>
and <span style="font-style:italic">slanted</span> <a href="https://harbour.example" onclick="x()">link</a> “curly”<o:p></o:p></p>
<ul><li>One</li><li>Two</li></ul><table><tr><td>Cell</td></tr></table><script>bad()</script><img src="x"><!--EndFragment--></body></html>`

test('text pasted from a word processor keeps its structure and loses its styles', async ({ rae: { page } }) => {
  const address = await beginStory(page, `Kite ${uniqueWord()}`)
  await body(page).click()
  await pasteInBody(page, pasted)
  await expect(body(page).locator('li')).toHaveText(['One', 'Two'])
  await expect(body(page).locator('strong')).toHaveText('Bold')
  await expect(body(page).locator('em')).toHaveText('slanted')
  await expect(body(page).locator('[style], [class*=Mso], table, img, script')).toHaveCount(0)
  await saveStory(page, '(body)')
  const before = await body(page).innerText()
  await page.goto(address)
  await expect(body(page).locator('li')).toHaveText(['One', 'Two'])
  expect(await body(page).innerText()).toBe(before)
  await saveStory(page, 'Nothing had changed')
})
