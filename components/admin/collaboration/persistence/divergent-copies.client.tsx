'use client'
import { Fragment, useEffect, useState } from 'react'
import { routes } from '@/lib/routes'
import type { DivergentCopy } from './divergent-copy'
import type { DocumentSession } from '../session/session-context'

type SaveState = { kind: 'kept'; numbers: number[] } | { kind: 'offered' | 'keeping' | 'failed' }

/** Words on this device from before the story was brought back from a backup: they wait until their writer wants them as a version. */
export function DivergentCopies({ storyId, session }: { storyId: number; session: DocumentSession }) {
  const [copies, setCopies] = useState<DivergentCopy[]>([])
  const [state, set] = useState<SaveState>({ kind: 'offered' })
  useEffect(() => {
    let isHere = true
    const show = (apart: DivergentCopy[]) => {
      if (isHere) setCopies(apart)
    }
    session.divergentCopies().then(show, () => undefined)
    return () => {
      isHere = false
    }
  }, [session])

  async function save() {
    set({ kind: 'keeping' })
    try {
      const numbers = await Promise.all(copies.map((one) => one.keep()))
      set({ kind: 'kept', numbers: [...new Set(numbers.flatMap((number) => number ?? []))] })
    } catch {
      set({ kind: 'failed' })
    }
  }

  if (copies.length === 0) return null
  if (state.kind === 'kept')
    return (
      <p role="status">
        {state.numbers.length === 0 && 'The story says all that this device had kept of it.'}
        {state.numbers.length > 0 && 'What this device had kept is a version now.'}
        {state.numbers.map((number) => (
          <Fragment key={number}>
            {' '}
            <a href={routes.admin.compared(storyId, number, 'draft')}>See version {number}</a>
          </Fragment>
        ))}
      </p>
    )
  return (
    <p role="status">
      This device keeps words of this story from before it was brought back from a backup.{' '}
      <button type="button" className="button small" disabled={state.kind === 'keeping'} onClick={() => void save()}>
        Keep them as a version
      </button>
      {state.kind === 'failed' && ' That did not work. They are still here: try again in a moment.'}
    </p>
  )
}
