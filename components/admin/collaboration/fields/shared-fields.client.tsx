'use client'
import { useContext, useEffect, useRef, useState } from 'react'
import { isPresenceField } from '@/domain/collaboration/presence/presence'
import { namesFields, sharedTypes, textFields } from '@/domain/collaboration/document/story-document'
import { bindNames, bindPicture, bindSection, bindText } from './field-binding'
import { markBound } from '../../../ui/form/bound-form'
import type { DocumentSession } from '../session/document-session'
import { StoryPageContext, useDocumentSession } from '../session/session-context'
import { FieldPresence } from '../presence/field-presence.client'

/** Binds the fields of the surrounding form to the story's shared document. */
export function SharedFields() {
  const page = useContext(StoryPageContext)
  const session = useDocumentSession(page)
  const anchor = useRef<HTMLSpanElement>(null)
  const touched = useEarlyInput(anchor)
  const [boundForm, setBoundForm] = useState<HTMLFormElement | null>(null)
  useEffect(() => {
    const form = anchor.current?.closest('form')
    if (!form || session === null) return
    const unbind = bindFields(form, session, touched.current, page?.early.saved ?? {})
    const stopTracking = trackFocus(form, session)
    setBoundForm(form)
    return () => {
      unbind()
      stopTracking()
    }
  }, [session, touched, page])
  return (
    <>
      <span ref={anchor} hidden />
      {session && boundForm && <FieldPresence session={session} form={boundForm} />}
    </>
  )
}

function bindFields(
  form: HTMLFormElement,
  { document: doc }: DocumentSession,
  touched: Set<unknown>,
  saved: Record<string, string>,
): () => void {
  const bindings: (() => void)[] = []
  const baseOf = (field: string, control: HTMLInputElement | HTMLTextAreaElement) =>
    isTouched(control, touched) ? (saved[field] ?? control.defaultValue) : control.value
  for (const field of textFields) {
    const control = form.elements.namedItem(field)
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
      bindings.push(bindText(control, sharedTypes.text(doc, field), baseOf(field, control)))
  }
  for (const field of namesFields) {
    const control = form.elements.namedItem(field)
    if (control instanceof HTMLInputElement)
      bindings.push(bindNames(control, sharedTypes.names(doc, field), baseOf(field, control)))
  }
  const section = form.elements.namedItem('sectionId')
  if (section instanceof HTMLSelectElement) {
    const chosen = saved.sectionId ?? [...section.options].find(({ defaultSelected }) => defaultSelected)?.value ?? ''
    bindings.push(bindSection(section, sharedTypes.choices(doc), isTouched(section, touched) ? chosen : section.value))
  }
  const picture = form.elements.namedItem('picture')
  if (picture instanceof HTMLInputElement)
    bindings.push(bindPicture(picture, sharedTypes.choices(doc), saved.picture ?? picture.defaultValue))
  bindings.push(markBound(form, 'fields'))
  return () => {
    for (const unbind of bindings) unbind()
  }
}

/** Whether the value was typed, and not restored by the browser at a reload: the document has that, with the changes of others. */
function isTouched(control: Element, touched: Set<unknown>): boolean {
  const [visit] = performance.getEntriesByType('navigation')
  const isNew = visit instanceof PerformanceNavigationTiming && visit.type === 'navigate'
  return isNew || touched.has(control) || document.activeElement === control
}

/** The controls that received input before the document was open. */
function useEarlyInput(anchor: { current: HTMLElement | null }) {
  const touched = useRef(new Set<unknown>())
  useEffect(() => {
    const form = anchor.current?.closest('form')
    const onInput = ({ target }: Event) => void touched.current.add(target)
    form?.addEventListener('input', onInput)
    return () => form?.removeEventListener('input', onInput)
  }, [anchor])
  return touched
}

/** Sets the field of the local presence. */
function trackFocus(form: HTMLFormElement, session: DocumentSession): () => void {
  const setField = (name: string | null) => session.setField(isPresenceField(name) ? name : null)
  const onFocusIn = ({ target }: FocusEvent) =>
    setField(target instanceof Element && target.closest('.body-field') ? 'body' : nameOf(target))
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node) || !form.contains(relatedTarget)) session.setField(null)
  }
  if (document.activeElement && form.contains(document.activeElement)) setField(nameOf(document.activeElement))
  const stopped = new AbortController()
  const { signal } = stopped
  form.addEventListener('focusin', onFocusIn, { signal })
  form.addEventListener('focusout', onFocusOut, { signal })
  return () => stopped.abort()
}

const nameOf = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    ? target.name
    : null
