'use client'
import { colourOf, initialsOf, writingHere } from '@/domain/writing/presence'
import { useOthers, useWriting } from './writing-context'

/** Who else is in a field, on the line of its label. For eyes: the list beside the buttons says it to everybody. */
export function WritingHere({ field }: { field: string }) {
  const here = useOthers(useWriting()).filter((other) => other.field === field)
  const [first] = here
  if (!first) return null
  return (
    <span className="writing-here" aria-hidden="true">
      <span className="initials" data-colour={colourOf(first)}>
        {initialsOf(first)}
      </span>{' '}
      {writingHere(here)}
    </span>
  )
}
