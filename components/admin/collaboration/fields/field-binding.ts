import type { Array as SharedArray, Map as SharedMap, Text } from 'yjs'
import { joinNames, replaceNames, parseNames, mergeNames } from '@/domain/taxonomy/name'
import { applyEdit, namesOf, rewriteNames } from '@/domain/collaboration/document/story-document'
import { caretAfter, editBetween, rebasedEdit } from '@/domain/collaboration/document/text-edit'
import { bindUndo } from './field-undo'

type Control = HTMLInputElement | HTMLTextAreaElement

/**
 * Ties a control to a shared text, both ways. What is typed becomes the smallest edit; what others write comes in around the caret.
 * @param base what the control showed when nobody had typed in it yet
 */
export function bindText(control: Control, text: Text, base: string): () => void {
  const writeControl = () => {
    const value = text.toString()
    base = value
    if (control.value === value) return
    const edit = editBetween(control.value, value)
    const [start, end] = [control.selectionStart ?? 0, control.selectionEnd ?? 0]
    control.value = value
    if (document.activeElement === control)
      control.setSelectionRange(caretAfter(start, edit), caretAfter(end, edit), control.selectionDirection ?? undefined)
    // Whoever counts the characters of the field.
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const readControl = () => {
    // The document has it already: typed before the page was loaded again, and kept on this device.
    if (control.value === text.toString()) {
      base = control.value
      return
    }
    const mine = editBetween(base, control.value, control.selectionEnd ?? undefined)
    const theirs = editBetween(base, text.toString())
    base = control.value
    if (mine.remove > 0 || mine.insert !== '')
      text.doc?.transact(() => applyEdit(text, rebasedEdit(mine, theirs)), control)
  }
  // First, so that what was typed before the document was open is undone as well.
  const stopUndo = bindUndo(control, text)
  const unbind = bindControl(control, text, { readControl, writeControl })
  return () => {
    unbind()
    stopUndo()
  }
}

/**
 * Ties a line of names to a shared list, both ways: what is typed changes the names that differ, whole; those that others add or take out come in
 * around the caret. A comma or a space behind the last name stays as it is typed.
 * @param base what the control showed when nobody had typed in it yet
 */
export function bindNames(control: HTMLInputElement, list: SharedArray<unknown>, base: string): () => void {
  let shown = parseNames(base)
  const writeControl = () => {
    shown = namesOf(list)
    const line = joinNames(shown)
    if (joinNames(parseNames(control.value)) === line) return
    const isHere = document.activeElement === control
    const around = isHere ? replaceNames(shown, control.value, control.selectionEnd ?? control.value.length) : null
    control.value = around?.line ?? line
    if (around) control.setSelectionRange(around.caret, around.caret)
    // Whoever offers names beside the field.
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const readControl = () => {
    const [mine, theirs] = [parseNames(control.value), namesOf(list)]
    const together = mergeNames(shown, mine, theirs)
    shown = mine
    if (joinNames(together) !== joinNames(theirs)) list.doc?.transact(() => rewriteNames(list, together), control)
  }
  const stopUndo = bindUndo(control, list)
  const unbind = bindControl(control, list, { readControl, writeControl })
  return () => {
    unbind()
    stopUndo()
  }
}

type Sides = {
  /** Takes what stands in the control into what is shared. */
  readControl: () => void
  /** Brings what is shared into the control. */
  writeControl: () => void
}

/**
 * Ties a control in which people type to what is shared. While an input method is composing a word, the control is let be: what others wrote
 * meanwhile comes in after it.
 * @returns unties it
 */
function bindControl(
  control: Control,
  shared: Text | SharedArray<unknown>,
  { readControl, writeControl }: Sides,
): () => void {
  let composing = false
  const sharedChanged = () => {
    if (!composing) writeControl()
  }
  const onInput = () => {
    readControl()
    sharedChanged()
  }
  const compositionStarted = () => void (composing = true)
  const compositionEnded = () => {
    composing = false
    onInput()
  }
  control.addEventListener('input', onInput)
  control.addEventListener('compositionstart', compositionStarted)
  control.addEventListener('compositionend', compositionEnded)
  onInput()
  shared.observe(sharedChanged)
  return () => {
    control.removeEventListener('input', onInput)
    control.removeEventListener('compositionstart', compositionStarted)
    control.removeEventListener('compositionend', compositionEnded)
    shared.unobserve(sharedChanged)
  }
}

/** Ties a list to the shared choice of a section. */
export function bindSection(control: HTMLSelectElement, choices: SharedMap<unknown>, base: string): () => void {
  const selected = () => {
    const id = choices.get('sectionId')
    return typeof id === 'number' ? String(id) : ''
  }
  const writeControl = () => {
    control.value = selected()
  }
  const choose = () => {
    if (control.value !== selected()) choices.set('sectionId', control.value === '' ? null : Number(control.value))
  }
  if (control.value !== base) choose()
  else writeControl()
  control.addEventListener('input', choose)
  choices.observe(writeControl)
  return () => {
    control.removeEventListener('input', choose)
    choices.unobserve(writeControl)
  }
}
