'use client'
import { useContext, useEffect, useRef, useState } from 'react'
import { isPresenceField } from '@/domain/writing/presence'
import { namesFields, parts, textFields } from '@/domain/writing/story-document'
import { bindNames, bindSection, bindText } from './field-binding'
import { showing } from './showing'
import { StoryPageContext, useWriting, type Writing } from './writing-context'
import { WritingHere } from './writing-here.client'

/** Ties the fields of the form it stands in to the story's shared document. */
export function SharedFields() {
  const page = useContext(StoryPageContext)
  const writing = useWriting(page)
  const place = useRef<HTMLSpanElement>(null)
  const typed = useTypedEarly(place)
  const [tied, setTied] = useState<HTMLFormElement | null>(null)
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form || writing === null) return
    const untie = tie(form, writing, typed.current, page?.early.saved ?? {})
    const stopAttending = attend(form, writing)
    setTied(form)
    return () => {
      untie()
      stopAttending()
    }
  }, [writing, typed, page])
  return (
    <>
      <span ref={place} hidden />
      {writing && tied && <WritingHere writing={writing} form={tied} />}
    </>
  )
}

function tie(
  form: HTMLFormElement,
  { document: words }: Writing,
  typed: Set<unknown>,
  saved: Record<string, string>,
): () => void {
  const ties = textFields.flatMap((field) => {
    const control = form.elements.namedItem(field)
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) return []
    return [
      bindText(
        control,
        parts.text(words, field),
        isTyped(control, typed) ? (saved[field] ?? control.defaultValue) : control.value,
      ),
    ]
  })
  for (const field of namesFields) {
    const control = form.elements.namedItem(field)
    if (!(control instanceof HTMLInputElement)) continue
    const base = isTyped(control, typed) ? (saved[field] ?? control.defaultValue) : control.value
    ties.push(bindNames(control, parts.names(words, field), base))
  }
  const section = form.elements.namedItem('sectionId')
  if (section instanceof HTMLSelectElement) {
    const chosen = saved.sectionId ?? [...section.options].find(({ defaultSelected }) => defaultSelected)?.value ?? ''
    ties.push(bindSection(section, parts.choices(words), isTyped(section, typed) ? chosen : section.value))
  }
  ties.push(showing(form, 'fields'))
  return () => {
    for (const untie of ties) untie()
  }
}

/** What a browser put back when the page was loaded again is not what somebody types now; the document has that, and what others wrote since. */
function isTyped(control: Element, typed: Set<unknown>): boolean {
  const [visit] = performance.getEntriesByType('navigation')
  const isNew = visit instanceof PerformanceNavigationTiming && visit.type === 'navigate'
  return isNew || typed.has(control) || document.activeElement === control
}

/** Fields in which somebody typed before the document was open. */
function useTypedEarly(place: { current: HTMLElement | null }) {
  const typed = useRef(new Set<unknown>())
  useEffect(() => {
    const form = place.current?.closest('form')
    const note = ({ target }: Event) => void typed.current.add(target)
    form?.addEventListener('input', note)
    return () => form?.removeEventListener('input', note)
  }, [place])
  return typed
}

/** Tells the others in which field somebody is. */
function attend(form: HTMLFormElement, writing: Writing): () => void {
  const come = ({ target }: FocusEvent) => {
    const name = target instanceof Element && target.closest('.body-field') ? 'body' : nameOf(target)
    writing.enter(isPresenceField(name) ? name : null)
  }
  const go = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node) || !form.contains(relatedTarget)) writing.enter(null)
  }
  if (document.activeElement && form.contains(document.activeElement)) {
    const name = nameOf(document.activeElement)
    writing.enter(isPresenceField(name) ? name : null)
  }
  form.addEventListener('focusin', come)
  form.addEventListener('focusout', go)
  return () => {
    form.removeEventListener('focusin', come)
    form.removeEventListener('focusout', go)
  }
}

const nameOf = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    ? target.name
    : null
