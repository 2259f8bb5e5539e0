import type { Array as SharedArray, Map as SharedMap, Text } from 'yjs'
import { joinNames, replaceNames, parseNames, mergeNames } from '@/domain/copy/name'
import { applyEdit, namesOf, rewriteNames } from '@/domain/collaboration/document/story-document'
import { parsePictureUse, useAsForm, useFromForm } from '@/domain/picture/use'
import { caretAfter, editBetween, rebasedEdit } from '@/domain/collaboration/document/text-edit'
import { bindUndo } from './field-undo'

type Control = HTMLInputElement | HTMLTextAreaElement

/**
 * Two-way binding of a control and a shared text. Input becomes the smallest edit; remote edits keep the caret in place.
 * @param base the control's value before anything was typed in it
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
    // For the character count.
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const readControl = () => {
    // The local copy has it already: typed before the page was reloaded.
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
  return bindControl(control, text, { readControl, writeControl })
}

/**
 * Two-way binding of a line of names and a shared list. Input inserts and deletes whole names; remote edits keep the caret in place. A comma or a space
 * after the last name stays as typed.
 * @param base the control's value before anything was typed in it
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
    // For the list of suggestions.
    control.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const readControl = () => {
    const [mine, theirs] = [parseNames(control.value), namesOf(list)]
    const together = mergeNames(shown, mine, theirs)
    shown = mine
    if (joinNames(together) !== joinNames(theirs)) list.doc?.transact(() => rewriteNames(list, together), control)
  }
  return bindControl(control, list, { readControl, writeControl })
}

type Sides = {
  /** From the control to the shared type. */
  readControl: () => void
  /** From the shared type to the control. */
  writeControl: () => void
}

/**
 * Binds a control and a shared type. While an input method is composing, the control is not written to.
 * @returns removes the binding
 */
function bindControl(
  control: Control,
  shared: Text | SharedArray<unknown>,
  { readControl, writeControl }: Sides,
): () => void {
  // Before the binding, so that what was typed before the document was open can be undone.
  const stopUndo = bindUndo(control, shared)
  const unbound = new AbortController()
  const { signal } = unbound
  let composing = false
  const sharedChanged = () => {
    if (!composing) writeControl()
  }
  const onInput = () => {
    readControl()
    sharedChanged()
  }
  const onComposition = ({ type }: Event) => {
    composing = type === 'compositionstart'
    if (!composing) onInput()
  }
  control.addEventListener('input', onInput, { signal })
  control.addEventListener('compositionstart', onComposition, { signal })
  control.addEventListener('compositionend', onComposition, { signal })
  onInput()
  shared.observe(sharedChanged)
  return () => {
    unbound.abort()
    shared.unobserve(sharedChanged)
    stopUndo()
  }
}

/** Two-way binding of a select and the shared section. */
export function bindSection(control: HTMLSelectElement, choices: SharedMap<unknown>, base: string): () => void {
  return bindChoice(control, choices, base, {
    key: 'sectionId',
    shown: (id) => (typeof id === 'number' ? String(id) : ''),
    chosen: (value) => (value === '' ? null : Number(value)),
  })
}

/** Two-way binding of a control that holds the use of a picture as JSON, and the shared picture. */
export function bindPicture(control: HTMLInputElement, choices: SharedMap<unknown>, base: string): () => void {
  return bindChoice(control, choices, base, {
    key: 'picture',
    shown: (use) => useAsForm(parsePictureUse(use)),
    chosen: useFromForm,
  })
}

type Choice = { key: string; shown: (shared: unknown) => string; chosen: (value: string) => unknown }

function bindChoice(
  control: HTMLSelectElement | HTMLInputElement,
  choices: SharedMap<unknown>,
  base: string,
  { key, shown, chosen }: Choice,
): () => void {
  const current = () => shown(choices.get(key))
  const writeControl = () => {
    if (control.value === current()) return
    control.value = current()
    // For what shows the picture; a select shows its choice itself.
    if (control.type === 'hidden') control.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const choose = () => {
    if (control.value !== current()) choices.set(key, chosen(control.value))
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
