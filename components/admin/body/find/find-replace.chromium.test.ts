import { expect, test } from 'vitest'
import { storedBody, useEditorPages } from '../editor-page.test-support'

const open = useEditorPages()

const text = (text: string, ...marks: string[]) => ({ type: 'text', text, marks: marks.map((type) => ({ type })) })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })

test('Find counts what it finds in other signs, and Replace puts in what was typed, each an undo step', async () => {
  const body = {
    type: 'doc',
    content: [
      paragraph(text('He is'), text('n’t “he', 'bold'), text('re”, said Müller–Maier.')),
      paragraph(text("It isn't.")),
    ],
  }
  const page = await open({ shared: 1, body })
  const panel = page.getByRole('search')
  const [status, find] = [panel.getByRole('status'), panel.getByLabel('Find')]
  const shown = () => page.locator('#editor-0 [role=textbox]').innerText()
  await page.keyboard.press('Control+f')
  await find.fill('Müller-Maier')
  expect(await status.innerText()).toBe('1 of 1')
  await find.fill("isn't")
  expect(await status.innerText()).toMatch(/ of 2$/u)
  expect(await page.locator('.found').count()).toBe(3)
  await panel.getByLabel('Exact signs').check()
  expect(await status.innerText()).toBe('1 of 1')
  await panel.getByLabel('Exact signs').uncheck()
  await panel.getByLabel('Replace with').fill("'is “not”")
  await panel.getByRole('button', { name: 'Replace all' }).click()
  expect(await status.innerText()).toBe('Replaced in 2 places.')
  expect(await shown()).toBe("He 'is “not” “here”, said Müller–Maier.\n\nIt 'is “not”.")
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await shown()).toBe("He isn’t “here”, said Müller–Maier.\n\nIt isn't.")
  // One place is an undo step too.
  await panel.getByRole('button', { name: 'Replace', exact: true }).click()
  expect(await shown()).not.toContain('isn’t “')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await storedBody(page)).toMatchObject(body)
  await page.close()
})

test('what was found is drawn again only when it changes', async () => {
  const page = await open({ body: { type: 'doc', content: [paragraph(text('A kite.')), paragraph(text('A ferry.'))] } })
  await page.keyboard.press('Control+f')
  await page.getByRole('search').getByLabel('Find').fill('kite')
  const kept = await page.evaluate(() => {
    const editor = window.editorPage.editors[0]
    const plugin = editor?.state.plugins.find((one) =>
      (one as unknown as { key: string }).key.startsWith('findReplace'),
    )
    const drawn = () =>
      (editor && plugin?.props.decorations?.call(plugin, editor.state)) as { find: () => unknown[] } | null
    const before = drawn()
    editor?.commands.setTextSelection(12)
    const afterCaret = drawn()
    editor?.commands.insertContentAt(12, 'kite ')
    return { isSame: before === afterCaret, count: before?.find().length, later: drawn()?.find().length }
  })
  expect(kept).toEqual({ isSame: true, count: 1, later: 2 })
  await page.close()
})
