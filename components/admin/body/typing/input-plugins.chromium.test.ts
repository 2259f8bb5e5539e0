import { expect, test } from 'vitest'
import { useEditorPages } from '../editor-page.test-support'

const open = useEditorPages()

const HOOKS = [
  'handleTextInput',
  'handlePaste',
  'handleDrop',
  'clipboardTextParser',
  'transformPastedText',
  'transformPastedHTML',
  'transformPasted',
]

/** Every plugin of an editor that may change what is typed, pasted or dropped. Tiptap's rules for input and for pasting are plugins too. */
async function inputPlugins(shared: number): Promise<string[]> {
  const page = await open({ shared })
  const found = await page.evaluate((hooks) => {
    const [editor] = window.editorPage.editors
    return (editor?.state.plugins ?? []).flatMap(({ props, spec, ...plugin }) => {
      const name = (plugin as unknown as { key: string }).key.replace(/\$\d*$/u, '')
      const events = Object.keys(props.handleDOMEvents ?? {}).filter((event) =>
        /paste|drop|input|composition/u.test(event),
      )
      const used = [...hooks.filter((hook) => hook in props), ...events]
      if (spec.appendTransaction) used.push('appendTransaction')
      if ('isInputRules' in spec) used.push('input rules')
      return used.map((hook) => `${name}: ${hook}`)
    })
  }, HOOKS)
  await page.close()
  return found.sort()
}

test('what is typed, pasted or dropped is changed by the plugins listed here and by no other, none of them Tiptap’s rules', async () => {
  const everywhere = [
    'automaticChanges: appendTransaction',
    'automaticChanges: compositionend',
    'automaticChanges: compositionstart',
    'automaticChanges: handleTextInput',
    // Tiptap's: turns the emptied document into a paragraph.
    'clearDocument: appendTransaction',
    'compositionOverBlocks: compositionstart',
    'currentSelection: beforeinput',
    'currentSelection: paste',
    'foreignNotes: transformPasted',
    'largePaste: paste',
    'pasteContext: clipboardTextParser',
    'pasteContext: transformPasted',
    'pastedLinks: handlePaste',
    // Tiptap's own events, for listeners of which there are none.
    'tiptapDrop: handleDrop',
    'tiptapPaste: handlePaste',
    'typingOverCells: handleTextInput',
    'uniqueID: appendTransaction',
    'uniqueID: drop',
    'uniqueID: paste',
    'uniqueID: transformPasted',
  ]
  expect(await inputPlugins(0)).toEqual([...everywhere, 'history: beforeinput'].sort())
  expect(await inputPlugins(1)).toEqual(
    [...everywhere, 'remoteCarets: beforeinput', 'stableCaret: appendTransaction'].sort(),
  )
})
