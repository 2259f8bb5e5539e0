'use client'
import { useContext } from 'react'
import { bodyExtensions } from './body-extensions'
import { BodyField, documentOf, useEditorLook, useOneEditor } from './body-field.client'
import { useField } from '../form/form-context'
import { SharedBody } from '../writing/shared-body.client'
import { StoryPageContext, useWriting } from '../writing/writing-context'

type Props = { name: string; label: string; value: string }

/**
 * The body, written in Tiptap and sent with the form it stands in as JSON under `name`. Without script the JSON travels unchanged.
 * On a story's page it is written in the shared document, as soon as that is open.
 * @param value the body as the page has it, as JSON; empty for a headline
 */
export function BodyEditor(props: Props) {
  const page = useContext(StoryPageContext)
  const writing = useWriting(page)
  return page === null ? <OwnBody {...props} /> : <SharedBody {...props} writing={writing} />
}

/** A body that nobody else is writing in. `value` is read once: what is being written is never replaced. */
function OwnBody({ name, label, value }: Props) {
  const field = useField(name, value)
  const look = useEditorLook(name, field.id)
  const editor = useOneEditor(name, () => ({
    ...look,
    extensions: bodyExtensions,
    content: documentOf(field.shown),
    onUpdate: ({ editor }) => editor.view.dom.dispatchEvent(new Event('input', { bubbles: true })),
  }))
  return <BodyField {...{ name, label, value, field, editor }} />
}
