'use client'
import { Fragment, useEffect, useState } from 'react'
import { routes } from '@/lib/routes'
import type { DocumentSession } from '../session/document-session'
import type { DivergentCopy } from './divergent-copy'

type SaveState = { kind: 'saved'; numbers: number[] } | { kind: 'offered' | 'saving' | 'failed' }

/** Offers to save the local copies from before a restored backup as revisions. */
export function DivergentCopies({ storyId, session }: { storyId: number; session: DocumentSession }) {
  const [copies, setCopies] = useState<DivergentCopy[]>([])
  const [state, set] = useState<SaveState>({ kind: 'offered' })
  useEffect(() => {
    let isMounted = true
    const show = (found: DivergentCopy[]) => {
      if (isMounted) setCopies(found)
    }
    session.divergentCopies().then(show, () => undefined)
    return () => {
      isMounted = false
    }
  }, [session])

  async function save() {
    set({ kind: 'saving' })
    try {
      const numbers = await Promise.all(copies.map((one) => one.saveAsRevision()))
      set({ kind: 'saved', numbers: [...new Set(numbers.flatMap((number) => number ?? []))] })
    } catch {
      set({ kind: 'failed' })
    }
  }

  if (copies.length === 0) return null
  if (state.kind === 'saved')
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
      <button type="button" className="button small" disabled={state.kind === 'saving'} onClick={() => void save()}>
        Keep them as a version
      </button>
      {state.kind === 'failed' && ' That did not work. They are still here: try again in a moment.'}
    </p>
  )
}
