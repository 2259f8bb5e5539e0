import { expect, test } from 'vitest'
import { useEditorPages } from '../../body/editor-page.test-support'

const open = useEditorPages()

/** Milliseconds: many pages, one after the other. */
const SLOW = 240_000

const line = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const bodyOf = (...lines: string[]) => ({ type: 'doc', content: lines.map(line) })

const item = { type: 'listItem', content: [line('AAAA')] }
const words = [{ type: 'text', text: 'AAAA' }]
/** Blocks that one person inserts, with words. */
const blocks: Record<string, object> = {
  paragraph: line('AAAA'),
  heading: { type: 'heading', attrs: { level: 3 }, content: words },
  blockquote: { type: 'blockquote', content: [line('AAAA')] },
  bulletList: { type: 'bulletList', content: [item] },
  'a list in a list': {
    type: 'orderedList',
    attrs: { start: 3 },
    content: [{ type: 'listItem', content: [{ type: 'bulletList', content: [item] }] }],
  },
  factBox: { type: 'factBox', content: [{ type: 'heading', attrs: { level: 2 }, content: words }] },
  table: {
    type: 'table',
    content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: words }, { type: 'tableCell' }] }],
  },
  tableCaption: {
    type: 'table',
    content: [
      { type: 'tableCaption', content: words },
      { type: 'tableRow', content: [{ type: 'tableCell' }] },
    ],
  },
  attribution: { type: 'pullQuote', content: [{ type: 'attribution', content: words }] },
}

test.each(Object.keys(blocks))('what somebody else wrote into one’s %s stays when one takes it back', async (name) => {
  const page = await open({ shared: 2, body: bodyOf('First.') })
  const { undone, redone } = await page.evaluate((block) => {
    const [one, other] = window.editorPage.editors
    if (!one || !other) throw new Error('No editors.')
    const texts = () => [one, other].map(({ state }) => state.doc.textBetween(0, state.doc.content.size, '|'))
    one.view.dispatch(one.state.tr.insert(one.state.doc.content.size, one.state.schema.nodeFromJSON(block)))
    let at = 0
    other.state.doc.descendants((node, pos) => {
      if (node.text === 'AAAA') at = pos + 2
    })
    other.view.dispatch(other.state.tr.insertText('bb', at))
    const ids: unknown[] = []
    for (let times = 0; times < 4; times += 1) one.commands.undo()
    one.state.doc.descendants((node) => void (node.isTextblock && ids.push(node.attrs.id)))
    const undone = { texts: texts(), ids }
    for (let times = 0; times < 4; times += 1) one.commands.redo()
    return { undone, redone: texts() }
  }, blocks[name] ?? {})
  expect(undone.texts).toEqual(
    ['First.|bb', 'First.|bb'].map((text) =>
      expect.stringMatching(new RegExp(`^${text.replace('|', '\\|+')}\\|*$`, 'u')),
    ),
  )
  expect(undone.ids.every((id) => typeof id === 'string' && id !== '')).toBe(true)
  expect(redone[0]).toContain('AAbbAA')
  expect(redone[1]).toBe(redone[0])
  await page.close()
})

test('a block that nobody else wrote into goes whole', async () => {
  const page = await open({ shared: 2, body: bodyOf('First.') })
  const left = await page.evaluate((all) => {
    const [one, other] = window.editorPage.editors
    if (!one || !other) throw new Error('No editors.')
    one.view.dispatch(
      one.state.tr.insert(
        one.state.doc.content.size,
        all.map((block) => one.state.schema.nodeFromJSON(block)),
      ),
    )
    one.commands.undo()
    return [one, other].map(({ state }) =>
      state.doc.children.map(({ type, textContent }) => `${type.name} ${textContent}`),
    )
  }, Object.values(blocks))
  expect(left).toEqual([['paragraph First.'], ['paragraph First.']])
  await page.close()
})

test('in a line that one deleted and restored, taking back one’s own letter leaves those behind it', async () => {
  const page = await open({ shared: 2, body: bodyOf('First.', 'Second.') })
  const texts = await page.evaluate(() => {
    const [one, other] = window.editorPage.editors
    if (!one || !other) throw new Error('No editors.')
    const shown = () => one.state.doc.textBetween(0, one.state.doc.content.size, '|')
    one.view.dispatch(one.state.tr.insertText('A', 9))
    other.view.dispatch(other.state.tr.insertText('bb', 10))
    one.commands.setTextSelection(1)
    one.view.dispatch(one.state.tr.delete(8, one.state.doc.content.size))
    const texts = [shown()]
    for (let times = 0; times < 2; times += 1) {
      one.commands.undo()
      texts.push(shown())
    }
    return texts
  })
  expect(texts).toEqual(['First.', 'First.|AbbSecond.', 'First.|bbSecond.'])
  await page.close()
})

/**
 * Random splitting, joining, marking, typing and deleting. Letters are told apart: each is written once. Whoever splits a line of somebody else writes
 * its end again, so that only what nobody moved is known to go.
 */
function editAtRandom({ seed, writers, rounds }: { seed: number; writers: number; rounds: number }) {
  const { editors } = window.editorPage
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const log: string[] = []
  const written = editors.map((): string[] => [])
  let next = 0x4e00
  for (let round = 0; round < rounds; round += 1) {
    const by = below(writers)
    const editor = editors[by]
    if (!editor) throw new Error('No editor.')
    const lines: { pos: number; size: number }[] = []
    editor.state.doc.descendants((node, pos) => void (node.isTextblock && lines.push({ pos, size: node.content.size })))
    const { pos, size } = lines[below(lines.length)] ?? { pos: 0, size: 0 }
    const at = pos + 1 + below(size + 1)
    const action = below(by === 0 ? 6 : 3)
    const { tr } = editor.state
    if (action < 3) {
      const letter = String.fromCodePoint((next += 1))
      written[by]?.push(letter)
      tr.insertText(letter, at)
      log.push(`${by} types ${letter}`)
    } else if (action === 3) {
      tr.split(at)
      log.push(`${by} splits`)
    } else if (action === 4 && lines.length > 1) {
      const later = lines[1 + below(lines.length - 1)]
      if (later) tr.join(later.pos)
      log.push(`${by} joins`)
    } else if (size > 1) {
      const bold = editor.schema.marks.bold
      if (bold) tr.addMark(pos + 1, at, bold.create())
      log.push(`${by} marks`)
    }
    editor.view.dispatch(tr)
  }
  const texts = () => editors.map(({ state }) => state.doc.textBetween(0, state.doc.content.size, '\n'))
  const before = texts()
  for (let times = 0; times < rounds * 2; times += 1) editors[0]?.commands.undo()
  const undone = texts()
  for (let times = 0; times < rounds * 2; times += 1) editors[0]?.commands.redo()
  return { before, undone, redone: texts(), written, log }
}

const lettersOf = (text = '') =>
  [...text]
    .filter((letter) => letter > '\u4e00')
    .sort()
    .join('')

test.each([2, 3])(
  '%i people write while one splits, joins and marks lines: undo leaves all that the others wrote, once',
  async (writers) => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const page = await open({ shared: writers, body: bodyOf('one', 'two') })
      const { before, undone, redone, written, log } = await page.evaluate(editAtRandom, { seed, writers, rounds: 24 })
      const name = `seed ${seed}\n${log.join('\n')}`
      for (const texts of [before, undone, redone]) expect(new Set(texts).size, `all see the same, ${name}`).toBe(1)
      expect(lettersOf(before[0]), `written, ${name}`).toBe(lettersOf(written.flat().join('')))
      expect(lettersOf(undone[0]), `undone, ${name}`).toBe(lettersOf(written.slice(1).flat().join('')))
      expect(undone[0]?.replace(/[\u4e01-\uffff\n]/gu, ''), `the text before, ${name}`).toBe('onetwo')
      expect(lettersOf(redone[0]), `redone, ${name}`).toBe(lettersOf(written.flat().join('')))
      await page.close()
    }
  },
  SLOW,
)
