import { expect, test } from 'vitest'
import type { Page } from '@playwright/test'
import { copied, useEditorPages } from './editor-page.test-support'

const open = useEditorPages()

const text = (text: string, ...marks: object[]) => ({ type: 'text', text, marks })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })
const item = (...content: object[]) => ({ type: 'listItem', content })
const row = (...cells: string[]) => ({
  type: 'tableRow',
  content: cells.map((cell) => ({ type: 'tableCell', content: cell === '' ? [] : [text(cell)] })),
})

const body = {
  type: 'doc',
  content: [
    paragraph(text('The ferry sang.'), { type: 'hardBreak' }, text('Twice.')),
    { type: 'heading', attrs: { level: 2 }, content: [text('Songs')] },
    {
      type: 'orderedList',
      attrs: { start: 3 },
      content: [
        item(paragraph(text('Three'))),
        item(paragraph(text('Four')), { type: 'bulletList', content: [item(paragraph(text('Inner')))] }),
        item(paragraph(text('Five')), paragraph(text('and more'))),
      ],
    },
    { type: 'blockquote', content: [paragraph(text('Loud')), paragraph(text('Louder'))] },
    { type: 'table', content: [row('Place', 'Songs'), row('Overley', '16'), row('', '8')] },
    paragraph(
      text('10'),
      text('6', { type: 'superscript' }),
      text(' litres '),
      text('here', { type: 'link', attrs: { href: 'https://kite.example' } }),
    ),
  ],
}
const plain = [
  'The ferry sang.\nTwice.',
  'Songs',
  '3. Three\n4. Four\n   - Inner\n5. Five\n   and more',
  'Loud',
  'Louder',
  'Place\tSongs\nOverley\t16\n\t8',
  '10⁶ litres here',
].join('\n\n')

/** Selects from the first to the last of some words. */
const select = (page: Page, from: string, to: string) =>
  page.evaluate(
    ([first, last]) => {
      const editor = window.editorPage.editors[0]
      const positions: number[] = []
      editor?.state.doc.descendants((node, pos) => {
        if (!node.isText) return
        if (node.text?.includes(first ?? '')) positions[0] ??= pos + node.text.indexOf(first ?? '')
        if (node.text?.includes(last ?? '')) positions[1] = pos + node.text.indexOf(last ?? '') + (last ?? '').length
      })
      editor?.commands.setTextSelection({ from: positions[0] ?? 0, to: positions[1] ?? 0 })
      editor?.view.focus()
    },
    [from, to],
  )

test('copied as plain text, blocks, items, rows and cells are told apart as in a word processor', async () => {
  const page = await open({ body })
  await page.keyboard.press('Control+a')
  expect((await copied(page)).text).toBe(plain)
  await select(page, 'Four', 'Louder')
  expect((await copied(page)).text).toBe('4. Four\n   - Inner\n5. Five\n   and more\n\nLoud\n\nLouder')
  await select(page, 'our', 'Inn')
  expect((await copied(page)).text).toBe('4. our\n   - Inn')
  await select(page, 'ongs', 'ongs')
  expect((await copied(page)).text).not.toContain('\n\n\n')
  await select(page, 'Five', 'Five')
  expect((await copied(page)).text).toBe('Five')
  await select(page, 'Overley', '16')
  expect((await copied(page)).text).toBe('Overley\t16')
  // Cut as copy.
  await select(page, 'Three', 'Four')
  const cut = await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    document.activeElement?.dispatchEvent(new ClipboardEvent('cut', { clipboardData, bubbles: true, cancelable: true }))
    return clipboardData.getData('text/plain')
  })
  expect(cut).toBe('3. Three\n4. Four')
  await page.close()
})

test('dragged text is that of a copy', async () => {
  const page = await open({ body })
  await select(page, 'Four', 'Louder')
  const dragged = await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    const target = document.querySelector('#editor-0 li p')
    target?.dispatchEvent(new DragEvent('dragstart', { dataTransfer, bubbles: true, cancelable: true }))
    return dataTransfer.getData('text/plain')
  })
  expect(dragged).toBe((await copied(page)).text)
  expect(dragged).toContain('4. Four')
  // What is shown of a correction is not in the document.
  await page.evaluate(() => {
    const editor = window.editorPage.editors[0]
    editor?.commands.insertContentAt(0, { type: 'correctionNote', attrs: { correctionId: 7 } })
  })
  await page.keyboard.press('Control+a')
  expect((await copied(page)).text).toMatch(/^Correction note\nLoad this page again to read its words\.\n\nThe ferry/u)
  await page.close()
})
