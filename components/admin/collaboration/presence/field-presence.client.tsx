'use client'
import { createPortal } from 'react-dom'
import { colourOf, initialsOf, fieldPresenceSentence, type Presence } from '@/domain/collaboration/presence/presence'
import { copyFieldKeys } from '@/domain/copy/copy-fields'
import type { DocumentSession } from '../session/document-session'
import { useOthers } from '../session/session-context'

const MAX_INITIALS = 3

/** The people in each field of a form, beside its label. Hidden from screen readers, which have the list beside the buttons. */
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
    <span className="field-presence" aria-hidden="true">
      {present.slice(0, MAX_INITIALS).map((one) => (
        <span key={`${one.person} ${one.tab}`} className="initials" data-colour={colourOf(one)}>
          {initialsOf(one)}
        </span>
      ))}{' '}
      {fieldPresenceSentence(present)}
    </span>
  )
}
