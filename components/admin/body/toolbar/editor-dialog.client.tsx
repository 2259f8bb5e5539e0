'use client'
import type { Editor } from '@tiptap/react'
import { useEffect, useId, useRef, type ReactNode, type SubmitEvent } from 'react'
import { createPortal } from 'react-dom'

type Props = {
  editor: Editor
  title: string
  close: () => void
  /** @returns whether the dialog closes */
  onSubmit: (formData: FormData) => boolean
  /** @param dismiss closes the dialog and focuses the body */
  children: (dismiss: () => void) => ReactNode
}

/** A dialog of the editor, rendered outside the story's form, so that Enter submits the dialog only. */
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
    // React events bubble through portals: the story's form would be submitted too.
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
