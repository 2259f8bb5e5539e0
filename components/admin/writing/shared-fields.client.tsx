'use client'
import { useContext, useEffect, useRef } from 'react'
import { isPresenceField } from '@/domain/writing/presence'
import { showing } from './showing'
import { useWriting, WritingContext, type Writing } from './writing-context'

/** Ties the fields of the form it stands in to the story's shared document. */
export function SharedFields() {
  const writing = useWriting()
  const place = useRef<HTMLSpanElement>(null)
  const typed = useTypedEarly(place)
  const early = useContext(WritingContext)?.early
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form || writing === null) return
    let untie = () => {}
    let gone = false
    void tie(form, writing, typed.current, early?.saved ?? {}).then((untied) => {
      if (gone) untied()
      else untie = untied
    })
    const stopAttending = attend(form, writing)
    return () => {
      gone = true
      untie()
      stopAttending()
    }
  }, [writing, typed, early])
  return <span ref={place} hidden />
}

async function tie(
  form: HTMLFormElement,
  { document: words }: Writing,
  typed: Set<unknown>,
  saved: Record<string, string>,
): Promise<() => void> {
  const [{ parts, textFields }, { bindSection, bindText }] = await Promise.all([
    import('@/domain/writing/story-document'),
    import('./field-binding'),
  ])
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
