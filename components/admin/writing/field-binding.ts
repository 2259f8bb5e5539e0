import type { Array as SharedArray, Map as SharedMap, Text } from 'yjs'
import { inOneLine, lineAround, namesIn, rebasedNames } from '@/domain/name/name'
import { applyEdit, namesOf, rewriteNames } from '@/domain/writing/story-document'
import { caretAfter, editBetween, rebased } from '@/domain/writing/text-edit'
import { undoOwnWords } from './field-undo'

type Control = HTMLInputElement | HTMLTextAreaElement

/**
 * Ties a control to a shared text, both ways. What is typed becomes the smallest edit; what others write comes in around the caret.
 * @param base what the control showed when nobody had typed in it yet
 */
export function bindText(control: Control, text: Text, base: string): () => void {
  const show = () => {
    const words = text.toString()
    base = words
    if (control.value === words) return
    const edit = editBetween(control.value, words)
    const [start, end] = [control.selectionStart ?? 0, control.selectionEnd ?? 0]
    control.value = words
    if (document.activeElement === control)
      control.setSelectionRange(caretAfter(start, edit), caretAfter(end, edit), control.selectionDirection ?? undefined)
    // Whoever counts the characters of the field.
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const typed = () => {
    // The document has it already: typed before the page was loaded again, and kept on this device.
    if (control.value === text.toString()) {
      base = control.value
      return
    }
    const mine = editBetween(base, control.value, control.selectionEnd ?? undefined)
    const theirs = editBetween(base, text.toString())
    base = control.value
    if (mine.remove > 0 || mine.insert !== '') text.doc?.transact(() => applyEdit(text, rebased(mine, theirs)), control)
  }
  // First, so that what was typed before the document was open is undone as well.
  const endUndoing = undoOwnWords(control, text)
  const untie = tie(control, text, { typed, show })
  return () => {
    untie()
    endUndoing()
  }
}

/**
 * Ties a line of names to a shared list, both ways: what is typed changes the names that differ, whole; those that others add or take out come in
 * around the caret. A comma or a space behind the last name stays as it is typed.
 * @param base what the control showed when nobody had typed in it yet
 */
export function bindNames(control: HTMLInputElement, list: SharedArray<unknown>, base: string): () => void {
  let shown = namesIn(base)
  const show = () => {
    shown = namesOf(list)
    const line = inOneLine(shown)
    if (inOneLine(namesIn(control.value)) === line) return
    const isHere = document.activeElement === control
    const around = isHere ? lineAround(shown, control.value, control.selectionEnd ?? control.value.length) : null
    control.value = around?.line ?? line
    if (around) control.setSelectionRange(around.caret, around.caret)
    // Whoever offers names beside the field.
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const typed = () => {
    const [mine, theirs] = [namesIn(control.value), namesOf(list)]
    const together = rebasedNames(shown, mine, theirs)
    shown = mine
    if (inOneLine(together) !== inOneLine(theirs)) list.doc?.transact(() => rewriteNames(list, together), control)
  }
  const endUndoing = undoOwnWords(control, list)
  const untie = tie(control, list, { typed, show })
  return () => {
    untie()
    endUndoing()
  }
}

type Sides = {
  /** Takes what stands in the control into what is shared. */
  typed: () => void
  /** Brings what is shared into the control. */
  show: () => void
}

/**
 * Ties a control in which people type to what is shared. While an input method is composing a word, the control is let be: what others wrote
 * meanwhile comes in after it.
 * @returns unties it
 */
function tie(control: Control, shared: Text | SharedArray<unknown>, { typed, show }: Sides): () => void {
  let composing = false
  const heard = () => {
    if (!composing) show()
  }
  const take = () => {
    typed()
    heard()
  }
  const compose = () => void (composing = true)
  const composed = () => {
    composing = false
    take()
  }
  control.addEventListener('input', take)
  control.addEventListener('compositionstart', compose)
  control.addEventListener('compositionend', composed)
  take()
  shared.observe(heard)
  return () => {
    control.removeEventListener('input', take)
    control.removeEventListener('compositionstart', compose)
    control.removeEventListener('compositionend', composed)
    shared.unobserve(heard)
  }
}

/** Ties a list to the shared choice of a section. */
export function bindSection(control: HTMLSelectElement, choices: SharedMap<unknown>, base: string): () => void {
  const chosen = () => {
    const id = choices.get('sectionId')
    return typeof id === 'number' ? String(id) : ''
  }
  const show = () => {
    control.value = chosen()
  }
  const choose = () => {
    if (control.value !== chosen()) choices.set('sectionId', control.value === '' ? null : Number(control.value))
  }
  if (control.value !== base) choose()
  else show()
  control.addEventListener('input', choose)
  choices.observe(show)
  return () => {
    control.removeEventListener('input', choose)
    choices.unobserve(show)
  }
}
