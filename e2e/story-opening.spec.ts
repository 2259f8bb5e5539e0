import { beginStory, beginSyncedStory, body, button, syncStatus, uniqueWord } from './support/newsroom'
import { expect, test } from './support/test'

declare global {
  interface Window {
    tracesWritten: string[]
  }
}

test('a story opens without formatting a stack trace, for which the browser would parse its scripts again', async ({
  edith: { page },
}) => {
  await page.addInitScript(() => {
    window.tracesWritten = []
    Error.prepareStackTrace = (error, places) => {
      const written = `${error}\n    at ${places.join('\n    at ')}`
      window.tracesWritten.push(written)
      return written
    }
  })
  await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  await expect(body(page)).toBeEditable()
  expect(await page.evaluate(() => window.tracesWritten)).toEqual([])
  // Other stack traces are formatted as usual.
  expect(await page.evaluate(() => new Error('A kite').stack)).toContain('A kite\n    at ')
  expect(await page.evaluate(() => window.tracesWritten.length)).toBe(1)
})

test('a story needs no script but those of its page: none is fetched after the others have run', async ({
  edith: { page },
}) => {
  const fetched: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') fetched.push(new URL(request.url()).pathname)
  })
  const address = await beginStory(page, `Kite ${uniqueWord()}`)
  await expect(body(page)).toBeEditable()
  const html = await (await page.request.get(address)).text()
  const named = [...html.matchAll(/<script src="([^"]+)"/gu)].map(([, source]) => source)
  expect(fetched.length).toBeGreaterThan(3)
  expect(fetched.filter((script) => !named.includes(script))).toEqual([])
})

test('a browser whose IndexedDB never responds opens a story, and says what that means', async ({
  edith: { page, context },
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.databases = () => new Promise(() => {})
    IDBFactory.prototype.open = () => document.createElement('i') as unknown as IDBOpenDBRequest
  })
  await beginStory(page, `Kite ${uniqueWord()}`)
  await body(page).click({ timeout: 15_000 })
  await page.keyboard.type('It sang')
  await expect(syncStatus(page)).toContainText('Saved')
  await context.setOffline(true)
  await page.keyboard.type(' and on')
  await expect(syncStatus(page)).toHaveText('Offline. Keep this tab open: this device cannot keep your words.')
})

test('the toolbar above a long body stays in sight', async ({ edith: { page } }) => {
  await beginStory(page, `Kite ${uniqueWord()}`)
  await body(page).click()
  for (let line = 0; line < 60; line += 1) await page.keyboard.press('Enter')
  await page.keyboard.type('The sixty-first line')
  await expect(body(page).getByText('The sixty-first line')).toBeInViewport()
  await expect(button(page, 'Bold')).toBeInViewport()
})
