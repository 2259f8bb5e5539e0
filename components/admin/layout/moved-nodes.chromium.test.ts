import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { useEditorPages } from '../body/editor-page.test-support'
import { tolerateMovedNodes } from './moved-nodes'
import type {} from './moved-nodes-page.test-support'

const open = useEditorPages()

/** What React does with three texts of an element, of which a translation has moved the middle one and an extension removed the last. */
function changeMovedTexts(): string {
  const [line, before, moved, gone] = [
    document.createElement('p'),
    new Text('before '),
    new Text('moved '),
    new Text('gone'),
  ]
  line.append(before, moved, gone)
  const [outer, inner] = [document.createElement('font'), document.createElement('font')]
  moved.replaceWith(outer)
  inner.append(moved)
  outer.append(inner)
  gone.remove()
  line.insertBefore(new Text('new '), moved)
  line.insertBefore(new Text('last'), gone)
  line.removeChild(moved)
  line.removeChild(gone)
  line.removeChild(before)
  return line.innerHTML
}

test('text that a translation has moved is replaced by its place, and one that is gone by none', async () => {
  const page = await open()
  await expect(page.evaluate(changeMovedTexts)).rejects.toThrow('NotFoundError')
  await page.evaluate(tolerateMovedNodes, undefined)
  expect(await page.evaluate(changeMovedTexts)).toBe('new last')
  await page.close()
})

/** What page translation and extensions do: each text is put into elements of its own, or is replaced, or taken out. */
const interferences = {
  'puts each text into two elements': (text: Text) => {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    text.replaceWith(outer)
    inner.append(text)
    outer.append(inner)
  },
  'replaces each text by an element with other words': (text: Text) => {
    const element = document.createElement('font')
    element.textContent = text.data.toUpperCase()
    text.replaceWith(element)
  },
  'takes each text out': (text: Text) => text.remove(),
  'puts an element beside each text': (text: Text) => text.after(document.createElement('grammar-mark')),
  'joins the texts beside each other': (text: Text) => text.parentElement?.normalize(),
}

const interfere = (page: Page, source: string) =>
  page.evaluate((body) => {
    const work = new Function('text', `(${body})(text)`) as (text: Text) => void
    const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text)
    for (const text of texts) if (text.isConnected) work(text)
  }, source)

/** @returns the errors that React throws while a page changes under interference */
async function changeUnder(interference: (text: Text) => void, tolerant: boolean): Promise<string[]> {
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL('moved-nodes-page.test-support.tsx', import.meta.url))],
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const page = await open()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.evaluate(() => document.body.replaceChildren())
  await page.addScriptTag({ content: bundled.outputFiles[0]?.text ?? '' })
  await page.evaluate((options) => window.showLines(options), { tolerant })
  await page.locator('main b').first().waitFor({ state: 'attached' })
  for (let times = 0; times < 4; times += 1) {
    await interfere(page, interference.toString())
    // The next frame comes behind React's work.
    await page.evaluate(() => {
      window.change()
      return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    })
  }
  if (errors.length === 0) expect(await page.locator('main ul').count()).toBe(1)
  await page.close()
  return errors
}

test('React changes a page whose texts a translation or an extension has moved, replaced or taken out', async () => {
  const failing: string[] = []
  for (const [name, interference] of Object.entries(interferences)) {
    expect.soft(await changeUnder(interference, true), name).toEqual([])
    if ((await changeUnder(interference, false)).length > 0) failing.push(name)
  }
  // Without the mend the page is gone: else the test would prove nothing.
  expect(failing).toContain('puts each text into two elements')
})
