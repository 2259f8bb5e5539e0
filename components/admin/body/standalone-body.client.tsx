'use client'
import { bodyExtensions } from './body-extensions'
import { BodyField, parseDocument, useEditorInstance, useEditorOptions } from './body-field.client'
import { useField } from '../../ui/form/form-context'

type Props = { name: string; label: string; value: string }

/** A body outside a shared document. `value` is read once, so that what is being written is never replaced. */
export function StandaloneBody({ name, label, value }: Props) {
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
