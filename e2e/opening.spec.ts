import { expect, test } from '@playwright/test'
import { aWord, beginStory, body, button, yourWords } from './support/newsroom'
import { signedIn } from './support/people'

declare global {
  interface Window {
    tracesWritten: string[]
  }
}

test('a story opens without the browser reading its scripts a second time, for a stack trace', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor')
  await page.addInitScript(() => {
    window.tracesWritten = []
    Error.prepareStackTrace = (error, places) => {
      const written = `${error}\n    at ${places.join('\n    at ')}`
      window.tracesWritten.push(written)
      return written
    }
  })
  await beginStory(page, `Kite ${aWord()}`)
  await expect(yourWords(page)).toContainText('Saved')
  await expect(body(page)).toBeEditable()
  expect(await page.evaluate(() => window.tracesWritten)).toEqual([])
  // Those that somebody asks for are written as ever.
  expect(await page.evaluate(() => new Error('A kite').stack)).toContain('A kite\n    at ')
  expect(await page.evaluate(() => window.tracesWritten.length)).toBe(1)
  await context.close()
})

test('the tools above a long body stay in sight', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor')
  await beginStory(page, `Kite ${aWord()}`)
  await body(page).click()
  for (let line = 0; line < 60; line += 1) await page.keyboard.press('Enter')
  await page.keyboard.type('The sixty-first line')
  await expect(body(page).getByText('The sixty-first line')).toBeInViewport()
  await expect(button(page, 'Bold')).toBeInViewport()
  await context.close()
})
