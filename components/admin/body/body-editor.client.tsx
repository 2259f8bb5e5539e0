'use client'
import { useContext } from 'react'
import { bodyExtensions } from './body-extensions'
import { BodyField, parseDocument, useEditorOptions, useEditorInstance } from './body-field.client'
import { useField } from '../../ui/form/form-context'
import { SharedBody } from '../collaboration/editor/shared-body.client'
import { StoryPageContext, useDocumentSession } from '../collaboration/session/session-context'

type Props = { name: string; label: string; value: string }

/**
 * The body, written in Tiptap and sent with the form it stands in as JSON under `name`. Without script the JSON travels unchanged.
 * On a story's page it is written in the shared document, as soon as that is open.
 * @param value the body as the page has it, as JSON; empty for a headline
 */
export function BodyEditor(props: Props) {
  const page = useContext(StoryPageContext)
  const session = useDocumentSession(page)
  return page === null ? <StandaloneBody {...props} /> : <SharedBody {...props} session={session} />
}

/** A body that nobody else is writing in. `value` is read once: what is being written is never replaced. */
function StandaloneBody({ name, label, value }: Props) {
  const field = useField(name, value)
  const options = useEditorOptions(name, field.id)
  const editor = useEditorInstance(name, () => ({
    ...options,
    extensions: bodyExtensions,
    content: parseDocument(field.shownValue),
    onUpdate: ({ editor }) => editor.view.dom.dispatchEvent(new Event('input', { bubbles: true })),
  }))
  return <BodyField {...{ name, label, value, field, editor }} />
}
