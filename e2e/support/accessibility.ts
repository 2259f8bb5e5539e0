import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'

/** CSS pixels: phone, tablet, desktop. */
const TABLET = 768
const WIDTHS = [360, TABLET, 1280]

const allRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** axe finds no violation of WCAG 2.2 A and AA on the page. */
export async function expectAccessible(page: Page) {
  await injectAxe(page)
  let faults = await violationsOf(page, allRules)
  if (faults.some(isTargetSize)) {
    // A sticky bar may cover half of a control, so a target is too small only if it is at another scroll position as well.
    await page.evaluate(() => window.scrollBy(0, window.scrollY > 200 ? -100 : 100))
    const elsewhere = await violationsOf(page, allRules)
    faults = faults.filter((fault) => !isTargetSize(fault) || elsewhere.includes(fault))
  }
  expect(faults, page.url()).toEqual([])
}

/**
 * On phone, tablet and desktop, light and dark: the page is not wider than its window, and axe finds no violation on phone and desktop.
 * @param script whether the page's script runs; without it axe does not run either, and the document is the same
 */
export async function expectGoodAtEveryWidth(page: Page, { script = true, height = 900 } = {}) {
  // Without transitions of colours.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: 'light' })
    await expectNoSidewaysScroll(page)
    // A tablet shows nothing that neither phone nor desktop has.
    if (!script || width === TABLET) continue
    await expectAccessible(page)
    // The dark scheme changes colours only.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violationsOf(page, ['cat.color']), `${page.url()}, ${width} px, dark`).toEqual([])
  }
}

export async function expectNoSidewaysScroll(page: Page) {
  const { inner, scroll } = await page
    .locator('html')
    .evaluate((root) => ({ inner: root.clientWidth, scroll: root.scrollWidth }))
  expect(scroll, `${page.url()} at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(inner)
}

async function injectAxe(page: Page) {
  if (await page.evaluate(() => 'axe' in window)) return
  // Evaluated through DevTools, so the page's CSP does not apply.
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'))
}

const isTargetSize = (fault: string) => fault.startsWith('target-size')

/** One line for each element. */
function violationsOf(page: Page, rules: string[]): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: unknown,
        ) => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>
      }
    }
    // Only the parts that are reported: the others take a quarter of the time.
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'], selectors: false })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help} — ${html.slice(0, 160)}`),
    )
  }, rules)
}
