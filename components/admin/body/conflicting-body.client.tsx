'use client'
import type { Editor } from '@tiptap/react'
import { useState } from 'react'

type Props = { by: string; text: string; mine: string; latest: string; editor: Editor | null }

/** The body that another editor saved meanwhile: to read, to copy from, or to swap with one's own. */
export function ConflictingBody({ by, text, mine, latest, editor }: Props) {
  const [replaced, setReplaced] = useState<object | null>(null)
  if (mine.trim() === text.trim()) return null
  function swap() {
    if (!editor) return
    setReplaced(replaced === null ? editor.getJSON() : null)
    editor.commands.setContent(replaced ?? (latest === '' ? '' : (JSON.parse(latest) as object)), { emitUpdate: true })
  }
  return (
    <div className="conflict">
      <p>
        <b>
          <bdi>{by}</bdi> wrote this body:
        </b>
      </p>
      {text === '' ? (
        <p>
          <i>nothing</i>
        </p>
      ) : (
        <div className="conflicting-body" role="region" aria-label={`The body as ${by} wrote it`} tabIndex={0}>
          {text.split('\n').map((line, number) => (
            <p key={number}>{line}</p>
          ))}
        </div>
      )}
      <button type="button" className="button small needs-script" onClick={swap}>
        {replaced === null ? 'Use their body' : 'Keep my body'}
      </button>
    </div>
  )
}
