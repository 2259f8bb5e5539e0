'use client'
import type { Editor } from '@tiptap/react'
import { useEffect, useId, useRef, type ReactNode, type SubmitEvent } from 'react'
import { createPortal } from 'react-dom'

type Props = {
  editor: Editor
  title: string
  close: () => void
  /** What was answered. True: it is done, and the writer is back in the body. */
  onSubmit: (formData: FormData) => boolean
  /** @param dismiss to the body, without an answer */
  children: (dismiss: () => void) => ReactNode
}

/** Asks a writer something about the body. It stands outside the story form, so that Enter here answers this question only. */
export function EditorDialog({ editor, title, close, onSubmit, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])

  function dismiss() {
    dialog.current?.close()
    editor.commands.focus()
    close()
  }
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    // React hands events on through portals: without this the story form would be sent too.
    event.stopPropagation()
    if (onSubmit(new FormData(event.currentTarget))) dismiss()
  }

  return createPortal(
    <dialog ref={dialog} className="panel" aria-labelledby={id} onClose={close} onInput={(e) => e.stopPropagation()}>
      <form className="stack" onSubmit={submit} noValidate>
        <h2 id={id}>{title}</h2>
        {children(dismiss)}
      </form>
    </dialog>,
    document.body,
  )
}
