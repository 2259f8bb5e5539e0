'use client'
import type { Editor } from '@tiptap/react'
import { useId, useState } from 'react'
import { isSafeLink } from '@/domain/body/body'
import { EditorDialog } from './editor-dialog.client'
import { ownOrigins, wholeAddress, withoutOrigin } from './link-address'

/** Asks for the address of a link. */
export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const [wrong, setWrong] = useState(false)
  const id = useId()
  const present: unknown = editor.getAttributes('link').href

  function link(typed: FormData): boolean {
    const address = typed.get('href')
    const href = withoutOrigin(wholeAddress(typeof address === 'string' ? address : ''), ownOrigins())
    const isFit = isSafeLink(href)
    setWrong(!isFit)
    if (isFit) placeLink(editor, href)
    return isFit
  }

  return (
    <EditorDialog title="Link" answer={link} {...{ editor, close }}>
      {(back) => (
        <>
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
              <button
                type="button"
                className="button"
                onClick={() => {
                  editor.chain().focus().extendMarkRange('link').unsetLink().run()
                  back()
                }}
              >
                Remove link
              </button>
            )}
            <button type="button" className="button quiet" onClick={back}>
              Cancel
            </button>
          </div>
        </>
      )}
    </EditorDialog>
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
