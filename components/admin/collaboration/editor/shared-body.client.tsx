'use client'
import Collaboration from '@tiptap/extension-collaboration'
import { uniqueBlockIds, bodyKit } from '../../body/body-extensions'
import { BodyField, useEditorOptions, useEditorInstance } from '../../body/body-field.client'
import { useField } from '../../../ui/form/form-context'
import { StableCaret } from './stable-caret'
import { remoteCarets } from './remote-carets'
import { beginUndoStep, RedoKeys, UndoSteps } from './undo-steps'
import type { DocumentSession } from '../session/session-context'

type Props = { name: string; label: string; value: string; session: DocumentSession | null }

/**
 * The body, written in the story's shared document: others' words come in beside one's own, and undoing takes back only these.
 * @param props.writing null until it is open: then the words so far are shown
 */
export function SharedBody({ name, label, value, session }: Props) {
  const field = useField(name, value)
  const look = useEditorOptions(name, field.id)
  const editor = useEditorInstance(session, ({ document, carets }) => ({
    ...look,
    extensions: [
      ...bodyKit({ undoRedo: false }),
      uniqueBlockIds,
      Collaboration.configure({ document, field: 'body' }),
      StableCaret,
      UndoSteps,
      RedoKeys,
      remoteCarets(carets),
    ],
  }))
  const asOneStep = (work: () => void) => {
    if (editor) beginUndoStep(editor.state)
    work()
    if (editor) beginUndoStep(editor.state)
  }
  return <BodyField {...{ name, label, value, field, editor, singleUndoStep: asOneStep }} />
}
