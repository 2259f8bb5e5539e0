'use client'
import { useEditorState, type Editor } from '@tiptap/react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { goToMatch, replaceAll, replaceCurrent, search, findState } from './find-replace'
import { asUndoStep } from '../typing/undo-step'

type Props = {
  editor: Editor
  /** Closes the panel and focuses the body. */
  close: () => void
}

/** Find and replace in the body. Its fields are not part of the story's form. */
export function FindPanel({ editor, close }: Props) {
  const id = useId()
  const findInput = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const [replacement, setReplacement] = useState('')
  const [options, setOptions] = useState({ matchCase: false, exact: false })
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

  function updateQuery(text: string, changed: Partial<typeof options> = {}) {
    const next = { ...options, ...changed }
    setQuery(text)
    setOptions(next)
    setStatus('')
    search(editor.view, { query: text, ...next })
  }
  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') close()
    // Otherwise Enter would submit the story's form.
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      goToMatch(editor.view, event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  const replaceOne = () => asUndoStep(editor.view, () => replaceCurrent(editor.view, replacement))
  function replaceEverywhere() {
    const replaced = asUndoStep(editor.view, () => replaceAll(editor.view, replacement))
    setStatus(`Replaced in ${replaced} ${replaced === 1 ? 'place' : 'places'}.`)
  }

  const isEmpty = count === 0
  const position = isEmpty ? (query === '' ? '' : 'Not found.') : `${current + 1} of ${count}`
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
        dir="auto"
        autoComplete="off"
        value={query}
        onChange={({ target }) => updateQuery(target.value)}
      />
      <label htmlFor={`${id}-replace`}>Replace with</label>
      <input
        id={`${id}-replace`}
        dir="auto"
        autoComplete="off"
        value={replacement}
        onChange={({ target }) => setReplacement(target.value)}
      />
      <div className="find-line">
        <label>
          <input
            type="checkbox"
            checked={options.matchCase}
            onChange={({ target }) => updateQuery(query, { matchCase: target.checked })}
          />{' '}
          <span>Match case</span>
        </label>
        <label>
          <input
            type="checkbox"
            checked={options.exact}
            onChange={({ target }) => updateQuery(query, { exact: target.checked })}
          />{' '}
          <span>Exact signs</span>
        </label>
        <p role="status">{status || position}</p>
      </div>
      <div className="tools" role="group" aria-label="What was found">
        <FindButton name="Previous" disabled={isEmpty} run={() => goToMatch(editor.view, -1)} />
        <FindButton name="Next" disabled={isEmpty} run={() => goToMatch(editor.view, 1)} />
        <FindButton name="Replace" disabled={isEmpty} run={replaceOne} />
        <FindButton name="Replace all" disabled={isEmpty} run={replaceEverywhere} />
        <FindButton name="Close" run={close} />
      </div>
    </div>
  )
}

function FindButton({ name, disabled, run }: { name: string; disabled?: boolean; run: () => void }) {
  return (
    <button type="button" className="tool" aria-disabled={disabled} onClick={() => disabled || run()}>
      {name}
    </button>
  )
}
