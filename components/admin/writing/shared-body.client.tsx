'use client'
import Collaboration from '@tiptap/extension-collaboration'
import { useEditor } from '@tiptap/react'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { blockIds, bodyKit } from '../body/body-extensions'
import { BodyField, useEditorLook } from '../body/body-field.client'
import { useField } from '../form/form-context'
import { SteadyCaret } from './steady-caret'
import { theirCarets } from './their-carets'
import type { Writing } from './writing-context'

/** What y-tiptap keeps of undoing, as far as it is needed here. */
type UndoState = { undoManager?: { stopCapturing: () => void } }

type Props = { name: string; label: string; value: string; writing: Writing }

/** The body, written in the story's shared document: others' words come in beside one's own, and undoing takes back only these. */
export function SharedBody({ name, label, value, writing }: Props) {
  const field = useField(name, value)
  const editor = useEditor(
    {
      ...useEditorLook(name, field.id),
      extensions: [
        ...bodyKit({ undoRedo: false }),
        blockIds,
        Collaboration.configure({ document: writing.document, field: 'body' }),
        SteadyCaret,
        theirCarets(writing.carets),
      ],
    },
    [writing],
  )
  const asOneStep = (work: () => void) => {
    const { undoManager } = (editor === null ? {} : (yUndoPluginKey.getState(editor.state) ?? {})) as UndoState
    undoManager?.stopCapturing()
    work()
    undoManager?.stopCapturing()
  }
  return <BodyField {...{ name, label, value, field, editor, asOneStep }} />
}
