'use client'
import { useEditorState, type Editor } from '@tiptap/react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { goToMatch, replaceAll, replaceCurrent, search, findState } from './find-replace'

type Props = {
  editor: Editor
  /** Runs a change as an undo step of its own. */
  singleUndoStep: (work: () => void) => void
  close: () => void
}

/** Find and replace in the body. Its fields are not part of the story's form. */
export function FindPanel({ editor, singleUndoStep, close }: Props) {
  const id = useId()
  const findInput = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const [replacement, setReplacement] = useState('')
  const [matchCase, setMatchCase] = useState(false)
  const [status, setStatus] = useState('')
  const { count, current } = useEditorState({
    editor,
    selector: ({ editor }) => {
      const state = findState(editor.state)
      return { count: state?.matches.length ?? 0, current: state?.current ?? 0 }
    },
  })
  useEffect(() => {
    const focusInput = () => {
      findInput.current?.focus()
      findInput.current?.select()
    }
    focusInput()
    editor.on('findRequested', focusInput)
    return () => {
      editor.off('findRequested', focusInput)
      if (!editor.isDestroyed) search(editor.view, null)
    }
  }, [editor])

  useEffect(() => {
    // The status of a replacement is outdated by any change, such as undoing it.
    const clearStatus = () => setStatus('')
    editor.on('update', clearStatus)
    return () => void editor.off('update', clearStatus)
  }, [editor])

  function updateQuery(text: string, withCase: boolean) {
    setQuery(text)
    setMatchCase(withCase)
    setStatus('')
    search(editor.view, { query: text, matchCase: withCase })
  }
  function closePanel() {
    close()
    editor.commands.focus()
  }
  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') closePanel()
    // Otherwise Enter would submit the story's form.
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      goToMatch(editor.view, event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  function replaceEverywhere() {
    let replaced = 0
    singleUndoStep(() => (replaced = replaceAll(editor.view, replacement)))
    setStatus(`Replaced in ${replaced} ${replaced === 1 ? 'place' : 'places'}.`)
  }

  const position = count === 0 ? (query === '' ? '' : 'Not found.') : `${current + 1} of ${count}`
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
        ref={findInput}
        id={`${id}-find`}
        autoComplete="off"
        value={query}
        onChange={({ target }) => updateQuery(target.value, matchCase)}
      />
      <label htmlFor={`${id}-replace`}>Replace with</label>
      <input
        id={`${id}-replace`}
        autoComplete="off"
        value={replacement}
        onChange={({ target }) => setReplacement(target.value)}
      />
      <label className="find-case">
        <input type="checkbox" checked={matchCase} onChange={({ target }) => updateQuery(query, target.checked)} />{' '}
        Match case
      </label>
      <div className="tools" role="group" aria-label="What was found">
        <FindButton disabled={count === 0} run={() => goToMatch(editor.view, -1)}>
          Previous
        </FindButton>
        <FindButton disabled={count === 0} run={() => goToMatch(editor.view, 1)}>
          Next
        </FindButton>
        <FindButton disabled={count === 0} run={() => singleUndoStep(() => replaceCurrent(editor.view, replacement))}>
          Replace
        </FindButton>
        <FindButton disabled={count === 0} run={replaceEverywhere}>
          Replace all
        </FindButton>
        <FindButton run={closePanel}>Close</FindButton>
      </div>
      <p role="status">{status || position}</p>
    </div>
  )
}

function FindButton({ disabled, run, children }: { disabled?: boolean; run: () => void; children: string }) {
  return (
    <button type="button" className="tool" aria-disabled={disabled} onClick={() => disabled || run()}>
      {children}
    </button>
  )
}
