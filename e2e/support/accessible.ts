import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'

/** No fault against WCAG 2.2 A and AA that axe can find on the page as it stands. */
export async function expectAccessible(page: Page) {
  const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8')
  // Evaluated by the browser's own tools, so neither the page's policy nor a switched-off script is in the way.
  await page.evaluate(axe)
  const faults = await faultsOf(page)
  if (faults.some(isOfSize)) {
    // A bar that stays at the edge of the window may lie on half of a control. What is small is small wherever the page is scrolled to.
    await page.evaluate(() => window.scrollBy(0, window.scrollY > 200 ? -100 : 100))
    const elsewhere = await faultsOf(page)
    const both = faults.filter((fault) => !isOfSize(fault) || elsewhere.includes(fault))
    return expect(both, page.url()).toEqual([])
  }
  expect(faults, page.url()).toEqual([])
}

const isOfSize = (fault: string) => fault.startsWith('target-size')

/** One for each element that has it. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: unknown,
        ) => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>
      }
    }
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help} — ${html.slice(0, 160)}`),
    )
  })
}
