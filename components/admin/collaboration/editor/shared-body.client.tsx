'use client'
import Collaboration from '@tiptap/extension-collaboration'
import { useField } from '../../../ui/form/form-context'
import { bodyKit, uniqueBlockIds } from '../../body/body-extensions'
import { BodyField, useEditorInstance, useEditorOptions } from '../../body/body-field.client'
import type { DocumentSession } from '../session/document-session'
import { ExactText } from './exact-text'
import { remoteCarets } from './remote-carets'
import { StableCaret } from './stable-caret'
import { RedoKeys, UndoSteps } from './undo-steps'

type Props = { name: string; label: string; value: string; session: DocumentSession | null }

/**
 * The body in the story's shared document; undo reverts local changes only.
 * @param props.session null until the document is open: the value is shown meanwhile
 */
export function SharedBody({ name, label, value, session }: Props) {
  const field = useField(name, value)
  const options = useEditorOptions(name, field.id)
  const editor = useEditorInstance(session, ({ document, awareness }) => ({
    ...options,
    extensions: [
      ...bodyKit({ undoRedo: false }),
      uniqueBlockIds,
      Collaboration.configure({ document, field: 'body' }),
      ExactText,
      StableCaret,
      UndoSteps,
      RedoKeys,
      remoteCarets(awareness),
    ],
  }))
  return <BodyField {...{ name, label, value, field, editor }} />
}
