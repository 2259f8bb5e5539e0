import { expect, test } from 'vitest'
import { paste, useEditorPages } from '../editor-page.test-support'

const open = useEditorPages()

const manyLines = Array.from({ length: 2000 }, (_, index) => `Kite ${index} sang over the harbour of Overley.`)
const large = {
  html: { html: `<div>${manyLines.map((line) => `<p>${line}</p>`).join('')}</div>` },
  'plain text': { text: manyLines.join('\n\n') },
}

test.each([0, 1])(
  'a large paste goes in by pieces, whole and in order, and one undo takes it out (%i documents)',
  async (shared) => {
    for (const data of Object.values(large)) {
      const page = await open({ shared })
      await page.keyboard.type('Before.')
      // Pieces are separate tasks, between which the page answers.
      await page.evaluate(() => {
        const counts = new Set<number>()
        Object.assign(window, { counts })
        const count = () => {
          counts.add(window.editorPage.editors[0]?.state.doc.childCount ?? 0)
          setTimeout(count)
        }
        count()
      })
      await paste(page, data)
      await page.locator('dialog').waitFor({ state: 'detached' })
      const counts = await page.evaluate(() => [...(window as unknown as { counts: Set<number> }).counts])
      expect(counts.filter((count) => count > 1 && count <= manyLines.length).length).toBeGreaterThan(2)
      expect(
        (await page.evaluate(() => window.editorPage.editors[0]?.getText({ blockSeparator: '\n' })))?.split('\n'),
      ).toEqual(['Before.', ...manyLines])
      await page.evaluate(() => window.editorPage.editors[0]?.commands.undo())
      expect(await page.locator('#editor-0 [role=textbox]').innerText()).toBe('Before.')
      await page.close()
    }
  },
)

test('a large paste can be stopped, and the writer is told how much is there', async () => {
  const page = await open()
  await page.keyboard.type('Before.')
  await page.evaluate(() =>
    new MutationObserver(() => document.querySelector<HTMLElement>('dialog button')?.click()).observe(document.body, {
      childList: true,
    }),
  )
  await paste(page, large.html)
  await expect.poll(() => page.getByRole('status').textContent()).toMatch(/^Stopped: \d of 8 parts were pasted/u)
  expect(await page.locator('#editor-0 [role=textbox]').innerText()).toContain('Before.')
  await page.close()
})
