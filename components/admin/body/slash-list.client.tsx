'use client'
import { useEditorState, type Editor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import { chooseBlock, SLASH_LIST, slashEntryId, slashIn } from './slash-menu'

/** The list of blocks below the line in which a slash was typed. The keys are the editor's; a finger or a pointer takes an entry here. */
export function SlashList({ editor }: { editor: Editor }) {
  const list = useRef<HTMLUListElement>(null)
  const slash = useEditorState({ editor, selector: ({ editor }) => slashIn(editor.state) })
  useEffect(() => {
    const { current } = list
    const sheet = current?.parentElement
    if (!slash || !current || !sheet) return
    const [line, frame] = [editor.view.coordsAtPos(slash.from), sheet.getBoundingClientRect()]
    current.style.insetBlockStart = `${line.bottom - frame.top + 4}px`
    current.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [editor, slash])
  if (!slash) return null
  return (
    <ul className="slash-list" role="listbox" id={SLASH_LIST} aria-label="Blocks" ref={list}>
      {slash.choices.map((choice, place) => (
        <li
          key={choice.name}
          role="option"
          id={slashEntryId(place)}
          aria-selected={place === slash.chosen}
          // The caret stays in its line.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => chooseBlock(editor, choice)}
        >
          {choice.name}
        </li>
      ))}
    </ul>
  )
}
