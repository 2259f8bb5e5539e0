import { useEffect, useState, type RefObject } from 'react'

export type UnsavedChanges = {
  onInput: () => void
  onSubmit: () => void
  onSaved: () => void
  discard: () => void
  hasUnsaved: () => boolean
}

/**
 * Counts the input of a form, and makes the browser prompt before the page is left with unsaved changes.
 * @param document saves the fields while they are typed, and then decides what is unsaved; null without one
 */
export function useUnsavedChanges(
  form: RefObject<HTMLFormElement | null>,
  document: { atRisk: () => boolean } | null,
): UnsavedChanges {
  const [changes] = useState(countChanges)
  useEffect(() => {
    const confirmLeaving = (event: BeforeUnloadEvent) => {
      const isUnsaved = document ? document.atRisk() : changes.hasUnsaved()
      if (form.current?.isConnected && isUnsaved) event.preventDefault()
    }
    window.addEventListener('beforeunload', confirmLeaving)
    return () => window.removeEventListener('beforeunload', confirmLeaving)
  }, [form, changes, document])
  return changes
}

/** A success saves the input up to its submission: typing continues while a form is pending. */
function countChanges(): UnsavedChanges {
  const counts = { typed: 0, sent: 0, saved: 0 }
  return {
    onInput: () => void (counts.typed += 1),
    onSubmit: () => void (counts.sent = counts.typed),
    onSaved: () => void (counts.saved = counts.sent),
    discard: () => void (counts.saved = counts.typed),
    hasUnsaved: () => counts.typed > counts.saved,
  }
}
