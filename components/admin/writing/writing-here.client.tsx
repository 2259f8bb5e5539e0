'use client'
import { createPortal } from 'react-dom'
import { colourOf, initialsOf, presenceFields, writingHere, type Presence } from '@/domain/writing/presence'
import { useOthers, type Writing } from './writing-context'

/** So many people's initials stand beside a field. */
const SHOWN = 3

/** Who else is in which field of a form, on the line of its label. For eyes: the list beside the buttons says it to everybody. */
export function WritingHere({ writing, form }: { writing: Writing; form: HTMLFormElement }) {
  const others = useOthers(writing)
  return Object.keys(presenceFields).map((field) => {
    const here = others.filter((other) => other.field === field)
    const control = form.elements.namedItem(field)
    const place = control instanceof Element ? control.closest('.field') : null
    return here.length > 0 && place ? createPortal(<Here here={here} />, place, field) : null
  })
}

function Here({ here }: { here: Presence[] }) {
  return (
    <span className="writing-here" aria-hidden="true">
      {here.slice(0, SHOWN).map((one) => (
        <span key={`${one.person} ${one.tab}`} className="initials" data-colour={colourOf(one)}>
          {initialsOf(one)}
        </span>
      ))}{' '}
      {writingHere(here)}
    </span>
  )
}
