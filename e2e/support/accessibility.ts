import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'

/** CSS pixels: a phone, a tablet, a desk. */
const TABLET = 768
const WIDTHS = [360, TABLET, 1280]

const allRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No fault against WCAG 2.2 A and AA that axe can find on the page as it stands. */
export async function expectAccessible(page: Page) {
  await injectAxe(page)
  const faults = await violationsOf(page, allRules)
  if (faults.some(isTargetSize)) {
    // A bar that stays at the edge of the window may lie on half of a control. What is small is small wherever the page is scrolled to.
    await page.evaluate(() => window.scrollBy(0, window.scrollY > 200 ? -100 : 100))
    const elsewhere = await violationsOf(page, allRules)
    const both = faults.filter((fault) => !isTargetSize(fault) || elsewhere.includes(fault))
    return expect(both, page.url()).toEqual([])
  }
  expect(faults, page.url()).toEqual([])
}

/**
 * The page as it stands, on a phone, a tablet and a desk, by day and by night: nothing is wider than its window, and axe finds no fault on the phone
 * and on the desk.
 * @param script whether the page's script runs: without one, axe does not either, and the document is the same
 */
export async function expectGoodAtEveryWidth(page: Page, { script = true, height = 900 } = {}) {
  // A control takes a moment to change its colours, where that is not disliked.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: 'light' })
    await expectNoSidewaysScroll(page)
    // A tablet shows nothing that is neither on the phone nor on the desk.
    if (!script || width === TABLET) continue
    await expectAccessible(page)
    // Night changes colours and nothing else.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violationsOf(page, ['cat.color']), `${page.url()}, ${width} px, dark`).toEqual([])
  }
}

/** Nobody has to scroll sideways. */
export async function expectNoSidewaysScroll(page: Page) {
  const { inner, scroll } = await page
    .locator('html')
    .evaluate((root) => ({ inner: root.clientWidth, scroll: root.scrollWidth }))
  expect(scroll, `${page.url()} at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(inner)
}

async function injectAxe(page: Page) {
  if (await page.evaluate(() => 'axe' in window)) return
  // Evaluated by the browser's own tools, so neither the page's policy nor a switched-off script is in the way.
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'))
}

const isTargetSize = (fault: string) => fault.startsWith('target-size')

/** One for each element that has it. */
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
    // Only what a fault is told by is made ready: the rest takes a quarter of the time.
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'], selectors: false })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help} — ${html.slice(0, 160)}`),
    )
  }, rules)
}
