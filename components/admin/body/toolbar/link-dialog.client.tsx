'use client'
import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { isSafeLink } from '@/domain/body/inline'
import { DialogField, EditorDialog } from './editor-dialog.client'
import { ownOrigins, completeUrl, toLinkAddress } from '../link-address'
import { mayNamePerson } from '@/domain/body/link-wrappers'
import { PERSONAL_LINK } from '../paste/personal-links'

const HINT = 'https://…, a page of the portal beginning with /, mailto: or tel:'

export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const [invalid, setInvalid] = useState(false)
  const existing: unknown = editor.getAttributes('link').href
  const [isPersonal, setPersonal] = useState(() => typeof existing === 'string' && mayNamePerson(existing))

  function submit(formData: FormData): boolean {
    const address = formData.get('href')
    const href = toLinkAddress(completeUrl(typeof address === 'string' ? address : ''), ownOrigins())
    const isValid = isSafeLink(href)
    setInvalid(!isValid)
    if (isValid) setLink(editor, href)
    return isValid
  }

  return (
    <EditorDialog
      title="Link"
      onSubmit={submit}
      actions={(dismiss) => (
        <>
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
        </>
      )}
      {...{ editor, close }}
    >
      <DialogField
        label="Address"
        name="href"
        type="url"
        autoComplete="off"
        defaultValue={typeof existing === 'string' ? existing : ''}
        onChange={({ target }) => setPersonal(mayNamePerson(toLinkAddress(completeUrl(target.value), ownOrigins())))}
        invalid={invalid}
        hint={invalid ? `This is no address that readers can follow. ${HINT}` : isPersonal ? PERSONAL_LINK : HINT}
      />
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
