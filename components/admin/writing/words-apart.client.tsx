'use client'
import { Fragment, useEffect, useState } from 'react'
import { routes } from '@/lib/routes'
import type { Apart } from './words-apart'
import type { Writing } from './writing-context'

type Kept = { kind: 'kept'; numbers: number[] } | { kind: 'offered' | 'keeping' | 'failed' }

/** Words on this device from before the story was brought back from a backup: they wait until their writer wants them as a version. */
export function WordsApart({ storyId, writing }: { storyId: number; writing: Writing }) {
  const [found, setFound] = useState<Apart[]>([])
  const [state, set] = useState<Kept>({ kind: 'offered' })
  useEffect(() => {
    let isHere = true
    const offer = (apart: Apart[]) => {
      if (isHere) setFound(apart)
    }
    writing.apart().then(offer, () => undefined)
    return () => {
      isHere = false
    }
  }, [writing])

  async function keep() {
    set({ kind: 'keeping' })
    try {
      const numbers = await Promise.all(found.map((one) => one.keep()))
      set({ kind: 'kept', numbers: [...new Set(numbers.flatMap((number) => number ?? []))] })
    } catch {
      set({ kind: 'failed' })
    }
  }

  if (found.length === 0) return null
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
      <button type="button" className="button small" disabled={state.kind === 'keeping'} onClick={() => void keep()}>
        Keep them as a version
      </button>
      {state.kind === 'failed' && ' That did not work. They are still here: try again in a moment.'}
    </p>
  )
}
