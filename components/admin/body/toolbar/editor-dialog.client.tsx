'use client'
import type { Editor } from '@tiptap/react'
import { useEffect, useId, useRef, type ComponentProps, type ReactNode, type SubmitEvent } from 'react'
import { createPortal } from 'react-dom'

type Props = {
  editor: Editor
  title: string
  close: () => void
  /** @returns whether the dialog closes */
  onSubmit: (formData: FormData) => boolean
  /** The buttons before the one that cancels. @param dismiss closes the dialog and focuses the body */
  actions: (dismiss: () => void) => ReactNode
  cancelLabel?: string
  children: ReactNode
}

/** A dialog of the editor, rendered outside the story's form, so that Enter submits the dialog only. */
export function EditorDialog({ editor, title, close, onSubmit, actions, cancelLabel = 'Cancel', children }: Props) {
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
        {children}
        <div className="actions">
          {actions(dismiss)}
          <button type="button" className="button quiet" onClick={dismiss}>
            {cancelLabel}
          </button>
        </div>
      </form>
    </dialog>,
    document.body,
  )
}

type DialogFieldProps = ComponentProps<'input'> & { label: string; hint: string; invalid?: boolean }

export function DialogField({ label, hint, invalid, ...input }: DialogFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} dir="auto" aria-invalid={invalid} aria-describedby={`${id}-hint`} {...input} />
      <DialogHint id={`${id}-hint`} isError={invalid}>
        {hint}
      </DialogHint>
    </div>
  )
}

export function DialogHint({ id, isError, children }: { id: string; isError?: boolean; children: string }) {
  return (
    <p id={id} className={isError ? 'error' : 'hint'} role={isError ? 'alert' : undefined}>
      {children}
    </p>
  )
}
