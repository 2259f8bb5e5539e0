'use client'
import type { Editor } from '@tiptap/react'
import { useId, useState } from 'react'
import { isSafeLink } from '@/domain/body/inline'
import { EditorDialog } from './editor-dialog.client'
import { ownOrigins, completeUrl, toRelativeUrl } from '../link-address'

export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const [invalid, setInvalid] = useState(false)
  const id = useId()
  const existing: unknown = editor.getAttributes('link').href

  function submit(formData: FormData): boolean {
    const address = formData.get('href')
    const href = toRelativeUrl(completeUrl(typeof address === 'string' ? address : ''), ownOrigins())
    const isValid = isSafeLink(href)
    setInvalid(!isValid)
    if (isValid) setLink(editor, href)
    return isValid
  }

  return (
    <EditorDialog title="Link" onSubmit={submit} {...{ editor, close }}>
      {(dismiss) => (
        <>
          <div className="field">
            <label htmlFor={id}>Address</label>
            <input
              id={id}
              name="href"
              type="url"
              autoComplete="off"
              defaultValue={typeof existing === 'string' ? existing : ''}
              aria-invalid={invalid}
              aria-describedby={`${id}-hint`}
            />
            <p id={`${id}-hint`} className={invalid ? 'error' : 'hint'} role={invalid ? 'alert' : undefined}>
              {invalid ? 'This is no address that readers can follow. ' : ''}
              https://…, a page of the portal beginning with /, mailto: or tel:
            </p>
          </div>
          <div className="actions">
            <button className="button primary">Set link</button>
            {existing !== undefined && (
              <button
                type="button"
                className="button"
                onClick={() => {
                  editor.chain().focus().extendMarkRange('link').unsetLink().run()
                  dismiss()
                }}
              >
                Remove link
              </button>
            )}
            <button type="button" className="button quiet" onClick={dismiss}>
              Cancel
            </button>
          </div>
        </>
      )}
    </EditorDialog>
  )
}

/** Links the selected text, changes the link at the caret, or inserts the address as a link. */
function setLink(editor: Editor, href: string) {
  if (editor.state.selection.empty && !editor.isActive('link'))
    editor
      .chain()
      .focus()
      .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] })
      .run()
  else editor.chain().focus().extendMarkRange('link').setLink({ href }).run()
}
