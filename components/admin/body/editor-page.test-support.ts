import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import process from 'node:process'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'
import { findOrInstallBrowser } from '../../../scripts/chromium.mjs'
import type {} from './editor-page-entry.test-support'

const fileBeside = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const ORIGIN = 'http://localhost:1'

/**
 * The body editor in Chromium without the portal: for tests of typing, pasting, copying and undo.
 * `open` opens a page with one editor, or with several whose documents exchange updates (`window.editorPage`).
 */
export function useEditorPages() {
  let browser: Browser
  let script: string
  let styles: string
  beforeAll(async () => {
    const bundled = await build({
      entryPoints: [fileBeside('./editor-page-entry.test-support.tsx')],
      bundle: true,
      write: false,
      target: 'es2022',
      jsx: 'automatic',
      tsconfig: fileBeside('../../../tsconfig.json'),
      define: { 'process.env.NODE_ENV': '"production"' },
    })
    script = bundled.outputFiles[0]?.text ?? ''
    styles = await readFile(fileBeside('./body-text.css'), 'utf8')
    browser = await chromium.launch({
      executablePath: await findOrInstallBrowser(() => undefined),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    })
  }, 120_000)
  afterAll(() => browser.close())

  /**
   * @param options.body the typed body that the editors begin with
   * @param options.shared how many editors with a shared document; 0 for one alone without a document
   */
  return async function open({ body = emptyBody, shared = 0 }: { body?: object; shared?: number } = {}): Promise<Page> {
    const page = await browser.newPage()
    await page.route(`${ORIGIN}/**`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!DOCTYPE html><html lang="en"><head><title>Editors</title><style>${styles}</style></head><body></body></html>`,
      }),
    )
    await page.goto(`${ORIGIN}/`)
    await page.addScriptTag({ content: script })
    await page.evaluate((options) => window.openEditors(options), { body, shared })
    await page.locator('#editor-0 [role=textbox]').click()
    return page
  }
}

const emptyBody = { type: 'doc', content: [{ type: 'paragraph' }] }

/** The body of the editor as the server would store it. */
export const storedBody = (page: Page, index = 0) => page.evaluate((at) => window.editorPage.body(at), index)

/** Pastes into the focused editor, as a browser does. */
export const paste = (page: Page, data: { html?: string; text?: string }) =>
  page.evaluate(({ html, text }) => {
    const clipboardData = new DataTransfer()
    if (html !== undefined) clipboardData.setData('text/html', html)
    if (text !== undefined) clipboardData.setData('text/plain', text)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, data)

/** What a copy of the selection puts on the clipboard. */
export const copied = (page: Page) =>
  page.evaluate(() => {
    const clipboardData = new DataTransfer()
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
    )
    return { html: clipboardData.getData('text/html'), text: clipboardData.getData('text/plain') }
  })
