'use client'
import { createPortal } from 'react-dom'
import { colourOf, initialsOf, fieldPresenceSentence, type Presence } from '@/domain/collaboration/presence/presence'
import { copyFieldKeys } from '@/domain/copy/copy-fields'
import { useOthers, type DocumentSession } from '../session/session-context'

/** So many people's initials stand beside a field. */
const SHOWN = 3

/** Who else is in which field of a form, on the line of its label. For eyes: the list beside the buttons says it to everybody. */
export function FieldPresence({ session, form }: { session: DocumentSession; form: HTMLFormElement }) {
  const others = useOthers(session)
  return copyFieldKeys.map((field) => {
    const present = others.filter((other) => other.field === field)
    const control = form.elements.namedItem(field)
    const container = control instanceof Element ? control.closest('.field') : null
    return present.length > 0 && container ? createPortal(<FieldPeople present={present} />, container, field) : null
  })
}

function FieldPeople({ present }: { present: Presence[] }) {
  return (
    <span className="writing-here" aria-hidden="true">
      {present.slice(0, SHOWN).map((one) => (
        <span key={`${one.person} ${one.tab}`} className="initials" data-colour={colourOf(one)}>
          {initialsOf(one)}
        </span>
      ))}{' '}
      {fieldPresenceSentence(present)}
    </span>
  )
}
