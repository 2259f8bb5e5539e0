import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'

/** No fault against WCAG 2.2 A and AA that axe can find on the page as it stands. */
export async function expectAccessible(page: Page) {
  const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8')
  // Evaluated by the browser's own tools, so neither the page's policy nor a switched-off script is in the way.
  await page.evaluate(axe)
  const faults = await page.evaluate(async () => {
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
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} — ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    )
  })
  expect(faults, page.url()).toEqual([])
}
