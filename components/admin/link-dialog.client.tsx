'use client'
import type { Editor } from '@tiptap/react'
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react'
import { createPortal } from 'react-dom'
import { isSafeLink } from '@/domain/story/body'
import { wholeAddress } from './link-address'

/** Asks for the address of a link. It stands outside the story form, so that Enter here answers this question only. */
export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [wrong, setWrong] = useState(false)
  const id = useId()
  const present: unknown = editor.getAttributes('link').href
  useEffect(() => dialog.current?.showModal(), [])

  function back() {
    dialog.current?.close()
    editor.commands.focus()
    close()
  }
  function link(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    // React hands events on through portals: without this the story form would be sent too.
    event.stopPropagation()
    const typed = new FormData(event.currentTarget).get('href')
    const href = wholeAddress(typeof typed === 'string' ? typed : '')
    if (!isSafeLink(href)) return setWrong(true)
    placeLink(editor, href)
    back()
  }
  function unlink() {
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
    back()
  }

  return createPortal(
    <dialog
      ref={dialog}
      className="panel"
      aria-labelledby={`${id}-title`}
      onClose={close}
      onInput={(e) => e.stopPropagation()}
    >
      <form className="stack" onSubmit={link} noValidate>
        <h2 id={`${id}-title`}>Link</h2>
        <div className="field">
          <label htmlFor={id}>Address</label>
          <input
            id={id}
            name="href"
            type="url"
            autoComplete="off"
            defaultValue={typeof present === 'string' ? present : ''}
            aria-invalid={wrong}
            aria-describedby={`${id}-hint`}
          />
          <p id={`${id}-hint`} className={wrong ? 'error' : 'hint'} role={wrong ? 'alert' : undefined}>
            {wrong ? 'This is no address that readers can follow. ' : ''}
            https://…, a page of the portal beginning with /, mailto: or tel:
          </p>
        </div>
        <div className="actions">
          <button className="button primary">Set link</button>
          {present !== undefined && (
            <button type="button" className="button" onClick={unlink}>
              Remove link
            </button>
          )}
          <button type="button" className="button quiet" onClick={back}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>,
    document.body,
  )
}

/** On the words that are selected, on the link that is being changed, or as words of its own. */
function placeLink(editor: Editor, href: string) {
  if (editor.state.selection.empty && !editor.isActive('link'))
    editor
      .chain()
      .focus()
      .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] })
      .run()
  else editor.chain().focus().extendMarkRange('link').setLink({ href }).run()
}
