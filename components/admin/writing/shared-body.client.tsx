'use client'
import Collaboration from '@tiptap/extension-collaboration'
import { blockIds, bodyKit } from '../body/body-extensions'
import { BodyField, useEditorLook, useOneEditor } from '../body/body-field.client'
import { useField } from '../form/form-context'
import { SteadyCaret } from './steady-caret'
import { theirCarets } from './their-carets'
import { beginUndoStep, RedoKeys, UndoSteps } from './undo-steps'
import type { Writing } from './writing-context'

type Props = { name: string; label: string; value: string; writing: Writing | null }

/**
 * The body, written in the story's shared document: others' words come in beside one's own, and undoing takes back only these.
 * @param props.writing null until it is open: then the words so far are shown
 */
export function SharedBody({ name, label, value, writing }: Props) {
  const field = useField(name, value)
  const look = useEditorLook(name, field.id)
  const editor = useOneEditor(writing, ({ document, carets }) => ({
    ...look,
    extensions: [
      ...bodyKit({ undoRedo: false }),
      blockIds,
      Collaboration.configure({ document, field: 'body' }),
      SteadyCaret,
      UndoSteps,
      RedoKeys,
      theirCarets(carets),
    ],
  }))
  const asOneStep = (work: () => void) => {
    if (editor) beginUndoStep(editor.state)
    work()
    if (editor) beginUndoStep(editor.state)
  }
  return <BodyField {...{ name, label, value, field, editor, asOneStep }} />
}
