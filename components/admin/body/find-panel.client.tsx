'use client'
import { useEditorState, type Editor } from '@tiptap/react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { goOn, replaceAll, replaceOne, search, searchIn } from './text-search'

/** Takes the next change as one of its own when it is undone, not as a part of what was typed before. */
type AsOneStep = (work: () => void) => void

/** Finds words in the body and puts others in their place. Its fields are no part of the story. */
export function FindPanel({ editor, asOneStep, close }: { editor: Editor; asOneStep: AsOneStep; close: () => void }) {
  const id = useId()
  const first = useRef<HTMLInputElement>(null)
  const [sought, setSought] = useState('')
  const [instead, setInstead] = useState('')
  const [matchCase, setMatchCase] = useState(false)
  const [said, say] = useState('')
  const { count, current } = useEditorState({
    editor,
    selector: ({ editor }) => {
      const now = searchIn(editor.state)
      return { count: now?.found.length ?? 0, current: now?.current ?? 0 }
    },
  })
  useEffect(() => {
    const toFirst = () => {
      first.current?.focus()
      first.current?.select()
    }
    toFirst()
    editor.on('findAsked', toFirst)
    return () => {
      editor.off('findAsked', toFirst)
      if (!editor.isDestroyed) search(editor.view, null)
    }
  }, [editor])

  useEffect(() => {
    // Undone, or written over: what was said of it is no longer so.
    const unsay = () => say('')
    editor.on('update', unsay)
    return () => void editor.off('update', unsay)
  }, [editor])

  function look(words: string, withCase: boolean) {
    setSought(words)
    setMatchCase(withCase)
    say('')
    search(editor.view, { sought: words, matchCase: withCase })
  }
  function done() {
    close()
    editor.commands.focus()
  }
  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') done()
    // Enter here would send the story.
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      goOn(editor.view, event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  function everywhere() {
    let places = 0
    asOneStep(() => (places = replaceAll(editor.view, instead)))
    say(`Replaced in ${places} ${places === 1 ? 'place' : 'places'}.`)
  }

  const where = count === 0 ? (sought === '' ? '' : 'Not found.') : `${current + 1} of ${count}`
  return (
    <div
      className="find-panel"
      role="search"
      aria-label="Find and replace in the body"
      onKeyDown={onKey}
      onInput={(event) => event.stopPropagation()}
    >
      <label htmlFor={`${id}-find`}>Find</label>
      <input
        ref={first}
        id={`${id}-find`}
        autoComplete="off"
        value={sought}
        onChange={({ target }) => look(target.value, matchCase)}
      />
      <label htmlFor={`${id}-replace`}>Replace with</label>
      <input
        id={`${id}-replace`}
        autoComplete="off"
        value={instead}
        onChange={({ target }) => setInstead(target.value)}
      />
      <label className="find-case">
        <input type="checkbox" checked={matchCase} onChange={({ target }) => look(sought, target.checked)} /> Match case
      </label>
      <div className="tools" role="group" aria-label="What was found">
        <FindButton off={count === 0} run={() => goOn(editor.view, -1)}>
          Previous
        </FindButton>
        <FindButton off={count === 0} run={() => goOn(editor.view, 1)}>
          Next
        </FindButton>
        <FindButton off={count === 0} run={() => asOneStep(() => replaceOne(editor.view, instead))}>
          Replace
        </FindButton>
        <FindButton off={count === 0} run={everywhere}>
          Replace all
        </FindButton>
        <FindButton run={done}>Close</FindButton>
      </div>
      <p role="status">{said || where}</p>
    </div>
  )
}

function FindButton({ off, run, children }: { off?: boolean; run: () => void; children: string }) {
  return (
    <button type="button" className="tool" aria-disabled={off} onClick={() => off || run()}>
      {children}
    </button>
  )
}
