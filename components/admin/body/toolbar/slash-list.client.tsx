'use client'
import { useEditorState, type Editor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import { selectItem, SLASH_LIST_ID, slashOptionId, slashState } from './slash-menu'

/** The slash menu's list, below its line. Keys are handled by the editor, pointers here. */
export function SlashList({ editor }: { editor: Editor }) {
  const list = useRef<HTMLUListElement>(null)
  const state = useEditorState({ editor, selector: ({ editor }) => slashState(editor.state) })
  useEffect(() => {
    const { current } = list
    const parent = current?.parentElement
    if (!state || !current || !parent) return
    const [line, frame] = [editor.view.coordsAtPos(state.from), parent.getBoundingClientRect()]
    current.style.insetBlockStart = `${line.bottom - frame.top + 4}px`
    current.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [editor, state])
  if (!state) return null
  return (
    <ul className="slash-list" role="listbox" id={SLASH_LIST_ID} aria-label="Blocks" ref={list}>
      {state.items.map((item, index) => (
        <li
          key={item.name}
          role="option"
          id={slashOptionId(index)}
          aria-selected={index === state.highlighted}
          // Keeps the focus in the editor.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => selectItem(editor, item)}
        >
          {item.name}
        </li>
      ))}
    </ul>
  )
}
