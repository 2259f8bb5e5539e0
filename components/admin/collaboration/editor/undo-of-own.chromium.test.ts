import { expect, test } from 'vitest'
import { useEditorPages } from '../../body/editor-page.test-support'

const open = useEditorPages()

/** Milliseconds: many pages, one after the other. */
const SLOW = 240_000

const paragraph = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] }],
})

test('undo takes back one’s own letters, however equal those of others beside them are', async () => {
  const page = await open({ shared: 2 })
  await page.keyboard.type('This is a test. ')
  await page.locator('#editor-1 [role=textbox]').click()
  await page.keyboard.press('Home')
  await page.keyboard.type('This')
  const shown = (at: number) => page.locator(`#editor-${at} [role=textbox]`).innerText()
  expect(await shown(0)).toBe('ThisThis is a test. ')
  await page.locator('#editor-0 [role=textbox]').click()
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('Control+z')
  expect([(await shown(0)).trim(), (await shown(1)).trim()]).toEqual(['This', 'This'])
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('Control+Shift+z')
  expect(await shown(1)).toBe('ThisThis is a test. ')
  await page.close()
})

test('keys that waited for a busy page act where the caret was moved to', async () => {
  const page = await open({ shared: 2 })
  await page.keyboard.type('This is a test. ')
  await page.locator('#editor-1 [role=textbox]').click()
  const shown = (at: number) => page.locator(`#editor-${at} [role=textbox]`).innerText()
  const pressTogether = async (...keys: string[]) => {
    await page.evaluate(() => {
      setTimeout(() => {
        const end = Date.now() + 300
        while (Date.now() < end);
      })
    })
    await Promise.all(keys.map((key) => page.keyboard.press(key)))
  }
  await pressTogether('Home', 'T', 'h', 'i', 's')
  await expect.poll(() => shown(0)).toBe('ThisThis is a test. ')
  await pressTogether('End', 'Enter', 'a', 'Home', 'Enter')
  await expect.poll(() => shown(0)).toMatch(/^ThisThis is a test. \n+a$/u)
  await page.locator('#editor-0 [role=textbox]').click()
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('Control+z')
  expect((await shown(1)).trim()).toMatch(/^This\n+a$/u)
  await page.close()
})

/** Random typing and deleting of few letters by everybody in one line, against a model that knows who wrote each letter. */
function writeAtRandom({ seed, writers, rounds }: { seed: number; writers: number; rounds: number }) {
  const { editors } = window.editorPage
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  type Letter = { letter: string; by: number; deletedBy: number | null }
  const model: Letter[] = []
  const visible = () => model.filter(({ deletedBy }) => deletedBy === null)
  /** The index in the model of the visible letter at an offset. */
  const indexOf = (offset: number) => {
    const letter = visible()[offset]
    return letter ? model.indexOf(letter) : model.length
  }
  for (let round = 0; round < rounds; round += 1) {
    const by = below(writers)
    const editor = editors[by]
    if (!editor) throw new Error('no editor')
    const length = visible().length
    const at = below(length + 1)
    if (length > 0 && below(4) === 0) {
      const end = Math.min(length, at + 1 + below(2))
      if (at === end) continue
      for (const letter of visible().slice(at, end)) letter.deletedBy = by
      editor.view.dispatch(editor.state.tr.delete(at + 1, end + 1))
    } else {
      const text = ['a', 'b', 'aa', 'ab', 'a '][below(5)] ?? 'a'
      // Where the letter before is deleted, the new one stands directly before the one at the offset.
      model.splice(indexOf(at), 0, ...[...text].map((letter): Letter => ({ letter, by, deletedBy: null })))
      editor.view.dispatch(editor.state.tr.insertText(text, at + 1))
    }
  }
  const textOf = (letters: Letter[]) => letters.map(({ letter }) => letter).join('')
  const texts = () => editors.map((editor) => editor.state.doc.textContent)
  const written = { texts: texts(), expected: textOf(visible()) }
  for (let times = 0; times < rounds * 2; times += 1) editors[0]?.commands.undo()
  const left = model.filter(({ by, deletedBy }) => by !== 0 && (deletedBy === null || deletedBy === 0))
  const undone = { texts: texts(), expected: textOf(left) }
  for (let times = 0; times < rounds * 2; times += 1) editors[0]?.commands.redo()
  return { written, undone, redone: texts() }
}

test.each([2, 3])(
  '%i people write the same few letters: undo and redo of one leave those of the others',
  async (writers) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const page = await open({ shared: writers, body: paragraph('') })
      const { written, undone, redone } = await page.evaluate(writeAtRandom, { seed, writers, rounds: 30 })
      const all = (text: string) => Array.from({ length: writers }, () => text)
      expect(written.texts, `written, seed ${seed}`).toEqual(all(written.expected))
      expect(undone.texts, `undone, seed ${seed}`).toEqual(all(undone.expected))
      expect(redone, `redone, seed ${seed}`).toEqual(all(written.expected))
      await page.close()
    }
  },
  SLOW,
)
